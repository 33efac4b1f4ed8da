package dev.kirchhoff.dse.survey;

import java.util.Arrays;

/** Order statistics and rank correlation of small samples. */
final class Statistics {
  private Statistics() {}

  /** The median; the mean of the middle two of an even number. */
  static double median(double... values) {
    return quantile(0.5, values);
  }

  /** A quantile, linear between neighbours (Hyndman and Fan, Am. Stat. 1996, definition 7). */
  static double quantile(double share, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  static double mean(double... values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
