package dev.kirchhoff.arch.result;

/** Quantile of a sample: the value that a share of it lies below. */
public final class Quantile {
  private Quantile() {}

  /**
   * The value between the two nearest of the sample, by a straight line, so that shares 0 and 1 are
   * its least and its largest value.
   *
   * @param sorted the sample in ascending order, at least one value
   * @param share share that lies below, 0 to 1
   */
  public static double of(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
