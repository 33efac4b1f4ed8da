package dev.kirchhoff.arch.chip;

/**
 * What turns a column's current into a code.
 *
 * @param kind converter architecture
 * @param bits bits of the code
 * @param range how the code's range is chosen
 * @param columnsPerAdc columns that share one converter through the column mux
 * @param model which model prices it
 */
public record Readout(
    ReadoutKind kind, int bits, Range range, int columnsPerAdc, ComponentModel model) {

  public Readout {
    if (columnsPerAdc < 1) {
      throw new IllegalArgumentException(
          "The columnsPerAdc (" + columnsPerAdc + ") of a readout must be positive.");
    }
  }

  /** Converter architecture. */
  public enum ReadoutKind {
    SAR("sar"),
    FLASH("flash"),
    SENSE_AMPLIFIER("senseAmplifier"),
    ADDER_TREE("adderTree"),
    ADDER_CHAIN("adderChain");

    private final String word;

    ReadoutKind(String word) {
      this.word = word;
    }

    /** The word of the spec language. */
    public String word() {
      return word;
    }

    /** Whether it adds bits instead of converting an analogue sum. */
    public boolean isDigital() {
      return this == ADDER_TREE || this == ADDER_CHAIN;
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
