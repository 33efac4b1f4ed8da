/** Placement of the units of a mapping on the fabric: refinement by OptaPlanner. */
package dev.kirchhoff.dse.engine.place;
