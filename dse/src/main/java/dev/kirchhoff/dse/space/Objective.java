package dev.kirchhoff.dse.space;

import java.util.Set;

/**
 * What is made large or small.
 *
 * <p>Designs are compared by {@link #minimised}, which keeps every bit of the value. Distances and
 * volumes are taken in {@link #coordinate}: decades for quantities that are positive and span
 * decades, the value itself for those that are already logarithms or shares.
 *
 * @param name metric word of the spec, {@code TOPS/W}
 * @param key key in results
 * @param unit unit of the values; empty for counts and ratios
 * @param maximise direction
 * @param logarithmic whether distances are decades
 */
public record Objective(
    String name, String key, String unit, boolean maximise, boolean logarithmic) {

  /** Units of figures that are logarithms or shares, where a decade means nothing. */
  private static final Set<String> LINEAR_UNITS = Set.of("dB", "%");

  /**
   * Values at or below this count as this on a logarithmic axis, so that a zero has a place. It
   * lies below every figure of a chip in its unit (assumed).
   */
  private static final double SMALLEST = 1e-18;

  /**
   * An objective whose axis is chosen by its unit: dB and percent are linear, all others
   * logarithmic.
   */
  public Objective(String name, String key, String unit, boolean maximise) {
    this(name, key, unit, maximise, !LINEAR_UNITS.contains(unit));
  }

  /** The value with a sign such that less is better. */
  public double minimised(double value) {
    return maximise ? -value : value;
  }

  /** The value on its axis, with a sign such that less is better. */
  public double coordinate(double value) {
    double placed = logarithmic ? StrictMath.log10(Math.max(value, SMALLEST)) : value;
    return maximise ? -placed : placed;
  }
}
