/** Searches compared at equal work: fronts at checkpoints, as shares of a reference set. */
package dev.kirchhoff.dse.bench;
