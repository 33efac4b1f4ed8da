package dev.kirchhoff.arch.chip;

import java.util.OptionalDouble;

/**
 * Conversion of a column's current to a code.
 *
 * @param kind converter architecture
 * @param bits bits of the code
 * @param range how the code's range is chosen
 * @param columnsPerAdc columns that share one converter through the column mux
 * @param stated errors that the design states; the others are those of its circuits
 * @param step_ns time of one step, count, bit or decision of a converter; empty = that of its model
 * @param frontEnd amplifier that holds a bitline at virtual ground in front of the converter
 * @param model which model prices it
 */
public record Readout(
    ReadoutKind kind,
    int bits,
    Range range,
    int columnsPerAdc,
    StatedErrors stated,
    OptionalDouble step_ns,
    FrontEnd frontEnd,
    ComponentModel model) {

  /**
   * A readout with the mismatch of its circuits and its model's step behind a transimpedance
   * amplifier.
   */
  public Readout(ReadoutKind kind, int bits, Range range, int columnsPerAdc, ComponentModel model) {
    this(
        kind,
        bits,
        range,
        columnsPerAdc,
        StatedErrors.NONE,
        OptionalDouble.empty(),
        FrontEnd.TIA,
        model);
  }

  /** Copy of this readout with another mismatch of its converters. */
  public Readout with(ConverterMismatch other) {
    return new Readout(
        kind, bits, range, columnsPerAdc, stated.with(other), step_ns, frontEnd, model);
  }

  /** This readout with steps of another time. */
  public Readout withStep(double other_ns) {
    return new Readout(
        kind, bits, range, columnsPerAdc, stated, OptionalDouble.of(other_ns), frontEnd, model);
  }

  public Readout {
    if (columnsPerAdc < 1) {
      throw new IllegalArgumentException(
          "The columnsPerAdc (" + columnsPerAdc + ") of a readout must be positive.");
    }
  }

  /** Circuit between a bitline and a converter that takes a voltage. */
  public enum FrontEnd {
    /** A transimpedance amplifier holds the bitline at virtual ground. */
    TIA("tia"),
    /** An integrator holds the bitline at virtual ground and collects its charge. */
    INTEGRATOR("integrator"),
    /** Nothing: the column is a voltage divider. */
    NONE("none");

    private final String word;

    FrontEnd(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }
  }

  /** Converter range. */
  public enum Range {
    /** Covers the largest sum that a column can deliver. */
    FULL,
    /** Covers what the layer's data produce; costs a trimmed reference per converter. */
    CALIBRATED
  }
}
