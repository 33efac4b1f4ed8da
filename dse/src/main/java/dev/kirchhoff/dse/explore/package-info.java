/** The loop that explores a space, and the sweep over it. */
package dev.kirchhoff.dse.explore;
