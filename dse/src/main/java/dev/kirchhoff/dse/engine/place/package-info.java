/** Where the units of a mapping stand on the fabric: refinement by OptaPlanner. */
package dev.kirchhoff.dse.engine.place;
