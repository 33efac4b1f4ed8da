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

  /** True if values are signed, so that a bit-serial input needs a second pass. */
  public boolean signed() {
    return negativeShare > 0;
  }
}
