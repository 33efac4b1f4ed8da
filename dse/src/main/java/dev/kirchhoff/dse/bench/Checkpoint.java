package dev.kirchhoff.dse.bench;

import dev.kirchhoff.arch.spec.Units;

/**
 * Amount of work at which the front of a search is taken.
 *
 * @param unit unit of the work
 * @param amount unique designs, or seconds of processor time
 */
public record Checkpoint(Unit unit, double amount) {

  /** Unit of work. */
  public enum Unit {
    /** Unique designs: the same front on any machine. */
    DESIGNS,
    /** Processor time of the process in seconds, its compiler and collector included. */
    SECONDS
  }

  /** Checkpoint after a number of designs. */
  public static Checkpoint ofDesigns(long designs) {
    return new Checkpoint(Unit.DESIGNS, designs);
  }

  /** Checkpoint after a processor time. */
  public static Checkpoint ofSeconds(double seconds) {
    return new Checkpoint(Unit.SECONDS, seconds);
  }

  /**
   * @throws IllegalArgumentException if the amount is not above zero
   */
  public Checkpoint {
    if (!(amount > 0)) {
      throw new IllegalArgumentException("The amount (" + amount + ") must be positive.");
    }
  }

  /** True if a search has done the work. */
  boolean isPassed(long designs, double processor_s) {
    return unit == Unit.DESIGNS ? designs >= amount : processor_s >= amount;
  }

  /** Text: {@code 1,000 designs}, {@code 10 s}. */
  public String text() {
    return unit == Unit.DESIGNS
        ? Units.count((long) amount) + " designs"
        : Units.number(amount) + " s";
  }
}
