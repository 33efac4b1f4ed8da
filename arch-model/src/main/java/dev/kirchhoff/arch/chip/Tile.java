package dev.kirchhoff.arch.chip;

import java.util.List;
import java.util.OptionalInt;

/**
 * A tile: PEs with a buffer, a bus between them and digital units.
 *
 * @param count tiles on the chip; empty = as many as the workload needs
 * @param buffer activation buffer
 * @param bus bus between buffer and PEs
 * @param outputRegister register behind the shift-and-add, or none
 * @param units digital units
 * @param others parts that the language has no word for
 */
public record Tile(
    OptionalInt count,
    Memory buffer,
    Bus bus,
    Memory outputRegister,
    Units units,
    List<OtherPart> others) {
  public Tile {
    others = List.copyOf(others);
  }

  /** A tile without other parts. */
  public Tile(OptionalInt count, Memory buffer, Bus bus, Memory outputRegister, Units units) {
    this(count, buffer, bus, outputRegister, units, List.of());
  }

  /**
   * Bus between the tile's buffer and its PEs.
   *
   * @param width_bits wires
   * @param model which model prices it
   */
  public record Bus(int width_bits, ComponentModel model) {}

  /**
   * Digital units of one tile.
   *
   * @param relu rectifiers
   * @param sigmoid look-up units for sigmoid, tanh and other non-linear functions
   * @param maxPool maximum comparators
   * @param shiftAdd adders for partial sums of several crossbars, bias and residual additions
   * @param vector multiply-accumulate lanes for dynamic matrices, scaling, normalisation, softmax
   *     and averages
   */
  public record Units(
      DigitalUnit relu,
      DigitalUnit sigmoid,
      DigitalUnit maxPool,
      DigitalUnit shiftAdd,
      DigitalUnit vector) {}
}
