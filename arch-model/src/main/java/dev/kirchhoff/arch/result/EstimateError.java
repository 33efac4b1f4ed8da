package dev.kirchhoff.arch.result;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * Error of the estimates of one metric against measurements of the same designs. Differences are
 * estimate less measurement. The correlation is that of ranks ({@link RankCorrelation}). Neglected:
 * that measurements are of samples and vary themselves.
 *
 * @param metric the metric that was estimated
 * @param pairs estimates with a measurement
 * @param different pairs that differ from each other; designs that compute alike have equal ones
 * @param bias mean difference
 * @param absolute mean absolute difference
 * @param rankCorrelation −1 to 1; empty for fewer than three different pairs, or where all
 *     estimates or all measurements are equal
 */
public record EstimateError(
    Metric metric,
    @JsonProperty("designs") int pairs,
    int different,
    double bias,
    double absolute,
    OptionalDouble rankCorrelation) {
  private static final int LEAST_DIFFERENT = 3;

  /** An estimate and what was measured. */
  public record Pair(double estimate, double measured) {}

  /**
   * The error of a metric over some pairs.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static EstimateError of(Metric metric, List<Pair> pairs) {
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("The error of estimates needs a pair at least.");
    }
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
    OptionalDouble correlation =
        different.size() < LEAST_DIFFERENT
            ? OptionalDouble.empty()
            : RankCorrelation.of(
                pairs.stream().mapToDouble(Pair::estimate).toArray(),
                pairs.stream().mapToDouble(Pair::measured).toArray());
    return new EstimateError(metric, n, different.size(), bias / n, absolute / n, correlation);
  }
}
