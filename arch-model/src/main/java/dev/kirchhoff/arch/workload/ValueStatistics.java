package dev.kirchhoff.arch.workload;

/**
 * Statistics of a tensor's values, normalised to [-1, 1].
 *
 * @param zeroShare share of values that are zero, 0..1
 * @param meanAbs mean of |x|
 * @param rms root of the mean of x²
 * @param negativeShare share of values below zero, 0..1
 */
public record ValueStatistics(double zeroShare, double meanAbs, double rms, double negativeShare) {
  public ValueStatistics {
    requireShare("zeroShare", zeroShare);
    requireShare("meanAbs", meanAbs);
    requireShare("rms", rms);
    requireShare("negativeShare", negativeShare);
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("The " + name + " (" + value + ") must be in 0..1.");
    }
  }

  /**
   * The statistics of the same values in units of a smaller full scale. Neglected: values beyond
   * it, which are clipped.
   *
   * @param range the full scale over the largest value, above 0, at most 1
   */
  public ValueStatistics within(double range) {
    return range == 1
        ? this
        : new ValueStatistics(
            zeroShare, Math.min(1, meanAbs / range), Math.min(1, rms / range), negativeShare);
  }

  /**
   * The statistics of the same values in units of a larger full scale.
   *
   * @param factor the present full scale over the larger one, above 0, at most 1
   */
  ValueStatistics times(double factor) {
    return factor == 1
        ? this
        : new ValueStatistics(zeroShare, meanAbs * factor, rms * factor, negativeShare);
  }

  /** The statistics of these and other values together, in proportion to their numbers. */
  ValueStatistics mixedWith(ValueStatistics other, double count, double others) {
    double a = count / (count + others);
    double b = 1 - a;
    return new ValueStatistics(
        a * zeroShare + b * other.zeroShare,
        a * meanAbs + b * other.meanAbs,
        Math.sqrt(a * rms * rms + b * other.rms * other.rms),
        a * negativeShare + b * other.negativeShare);
  }

  /** True if values are signed, so that a bit-serial input needs a second pass. */
  public boolean signed() {
    return negativeShare > 0;
  }
}
