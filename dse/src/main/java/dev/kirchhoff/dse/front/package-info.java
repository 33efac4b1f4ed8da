/** The Pareto front, and measures of how good it is. */
package dev.kirchhoff.dse.front;
