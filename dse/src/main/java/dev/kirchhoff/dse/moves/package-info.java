/** Steps from one design to another. */
package dev.kirchhoff.dse.moves;
