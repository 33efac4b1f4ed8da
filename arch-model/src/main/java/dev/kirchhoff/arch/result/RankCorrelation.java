package dev.kirchhoff.arch.result;

import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * Spearman's rank correlation: Pearson's correlation of ranks, equal values with the mean of the
 * ranks they share. Empty where one side has no two different values (Spearman, Am. J. Psychol. 15
 * (1904) 72, doi 10.2307/1412159).
 */
public final class RankCorrelation {
  private RankCorrelation() {}

  /**
   * The correlation of pairs.
   *
   * @throws IllegalArgumentException if the sides differ in length
   */
  public static OptionalDouble of(double[] one, double[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(
          "The values (" + one.length + ") and (" + other.length + ") must be pairs.");
    }
    double[] x = ranks(one);
    double[] y = ranks(other);
    double mean = (one.length + 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mean) * (y[i] - mean);
      xx += (x[i] - mean) * (x[i] - mean);
      yy += (y[i] - mean) * (y[i] - mean);
    }
    double size = Math.sqrt(xx * yy);
    return size > 0 ? OptionalDouble.of(xy / size) : OptionalDouble.empty();
  }

  /** Ranks from 1. */
  private static double[] ranks(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    double[] ranks = new double[values.length];
    for (int i = 0; i < order.length; ) {
      int j = i;
      while (j < order.length && values[order[j]] == values[order[i]]) {
        j++;
      }
      for (int k = i; k < j; k++) {
        ranks[order[k]] = (i + 1 + j) / 2.0;
      }
      i = j;
    }
    return ranks;
  }
}
