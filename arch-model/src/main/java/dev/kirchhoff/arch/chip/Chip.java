package dev.kirchhoff.arch.chip;

import java.util.OptionalDouble;

/**
 * A compute-in-memory chip: chip ⊃ tile ⊃ PE ⊃ crossbar ⊃ cell, with every choice made.
 *
 * @param technology process, supply, temperature
 * @param clock_GHz clock of the digital parts; empty = as fast as the slowest stage of a pass lets
 *     it be
 * @param tile tile
 * @param pe processing element
 * @param crossbar crossbar
 * @param cell cell
 * @param uncore interconnect, global buffer, I/O, control
 */
public record Chip(
    Technology technology,
    OptionalDouble clock_GHz,
    Tile tile,
    ProcessingElement pe,
    Crossbar crossbar,
    Cell cell,
    Uncore uncore) {

  /** This chip with another PE. */
  public Chip with(ProcessingElement other) {
    return new Chip(technology, clock_GHz, tile, other, crossbar, cell, uncore);
  }

  /** This chip with another crossbar. */
  public Chip with(Crossbar other) {
    return new Chip(technology, clock_GHz, tile, pe, other, cell, uncore);
  }
}
