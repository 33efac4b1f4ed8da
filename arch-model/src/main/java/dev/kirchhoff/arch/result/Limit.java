package dev.kirchhoff.arch.result;

/**
 * Physical or structural limit of a design, beside the user's constraints; its violation is an
 * amount (shortage).
 */
public enum Limit {
  /** Crossbars that the workload needs and the chip does not have. */
  CROSSBARS("crossbars missing", ""),
  /** Tracks that connections of a fabric need in a channel and the channel does not have. */
  TRACKS("tracks missing in a channel of the fabric", ""),
  /** Levels that a cell of so many bits needs and the device does not have. */
  CELL_LEVELS("cell levels missing", ""),
  /** Input bits of a pulse that exceed the input precision. */
  INPUT_BITS("input bits per pulse beyond the precision", ""),
  /** Width of an array's lines beyond what pitch and layer allow. */
  LINE_WIDTH("line width beyond the rules of its layer", "nm"),
  /** Column current beyond what a bitline and its front end carry. */
  COLUMN_CURRENT("column current too large", "uA"),
  /** Time that circuits need over the time that is given for it, less 1. */
  TIMING("circuits slower than the given time", "of it"),
  /** Supply that a front end lacks above read voltage, overdrives and 0.1 V of signal. */
  HEADROOM("headroom of the front end missing", "V"),
  /** Peak power density beyond what a package removes. */
  POWER_DENSITY("power density too large", "W/mm2"),
  /** Kernels that diverge, stall above their tolerance, or never find a solution. */
  CONVERGENCE("kernels without a solution", ""),
  /** Kernels whose transpose reads, loops or random numbers the chip has no part for. */
  KERNEL_PARTS("parts that a kernel needs missing", "");

  private final String sentence;
  private final String unit;

  Limit(String sentence, String unit) {
    this.sentence = sentence;
    this.unit = unit;
  }

  /** Explanation of a miss, in words. */
  public String sentence() {
    return sentence;
  }

  /** Unit of the amount. */
  public String unit() {
    return unit;
  }
}
