/** How designs are chosen: engines, and what they share. */
package dev.kirchhoff.dse.engine;
