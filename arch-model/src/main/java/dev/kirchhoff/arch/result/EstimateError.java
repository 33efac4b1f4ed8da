package dev.kirchhoff.arch.result;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * How far estimates are off what was measured on the same designs. Differences are estimate less
 * measurement. The correlation is Spearman's: Pearson's of the ranks, equal values sharing the mean
 * of theirs. Neglected: that measurements are of samples and vary themselves.
 *
 * @param pairs estimates with a measurement
 * @param different pairs that differ from each other; designs that compute alike have equal ones
 * @param bias mean difference
 * @param absolute mean size of the difference
 * @param rankCorrelation −1 to 1; NaN for fewer than three different pairs, or where all estimates
 *     or all measurements are equal
 */
public record EstimateError(
    int pairs, int different, double bias, double absolute, double rankCorrelation) {
  private static final int LEAST_DIFFERENT = 3;

  /** An estimate and what was measured. */
  public record Pair(double estimate, double measured) {}

  /** The error over some pairs; of none it is NaN. */
  public static EstimateError of(List<Pair> pairs) {
    double bias = 0;
    double absolute = 0;
    for (Pair pair : pairs) {
      bias += pair.estimate() - pair.measured();
      absolute += Math.abs(pair.estimate() - pair.measured());
    }
    int n = pairs.size();
    TreeSet<Pair> different =
        new TreeSet<>(Comparator.comparingDouble(Pair::estimate).thenComparing(Pair::measured));
    different.addAll(pairs);
    double correlation =
        different.size() < LEAST_DIFFERENT
            ? Double.NaN
            : pearson(
                ranks(pairs.stream().mapToDouble(Pair::estimate).toArray()),
                ranks(pairs.stream().mapToDouble(Pair::measured).toArray()));
    return new EstimateError(n, different.size(), bias / n, absolute / n, correlation);
  }

  /** Ranks from 1; equal values share the mean of theirs. */
  private static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int below = 0;
      int equal = 0;
      for (double other : sorted) {
        below += other < values[i] ? 1 : 0;
        equal += other == values[i] ? 1 : 0;
      }
      ranks[i] = below + (equal + 1) / 2.0;
    }
    return ranks;
  }

  private static double pearson(double[] x, double[] y) {
    double meanX = Arrays.stream(x).sum() / x.length;
    double meanY = Arrays.stream(y).sum() / y.length;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Double.NaN;
  }
}
