package dev.kirchhoff.arch.result;

import java.util.Optional;

/**
 * Aggregation of the figures of several networks on one chip. The figures of the chip itself (area,
 * tiles) are the same for all networks. Totals hold {@link #WEIGHTED}: means over inferences in
 * proportion to the networks' weights, and the worst network's signal-to-noise ratio.
 */
public enum Aggregation {
  /** The totals: means over inferences in the proportion of the networks' weights. */
  WEIGHTED("weighted"),
  /** The figure of the network whose figure is worst. */
  WORST("worst"),
  /** The plain mean of the networks' figures. */
  MEAN("mean");

  private final String word;

  Aggregation(String word) {
    this.word = word;
  }

  /** Name in {@code objectives: {over: ...}}. */
  public String word() {
    return word;
  }

  /** Aggregation by its word in the spec language. */
  public static Optional<Aggregation> ofWord(String word) {
    for (Aggregation over : values()) {
      if (over.word.equals(word)) {
        return Optional.of(over);
      }
    }
    return Optional.empty();
  }

  /**
   * Key of a figure in results; a figure that is no total has the word as prefix, {@code worst.}.
   */
  public String key(Metric metric) {
    return this == WEIGHTED ? metric.key() : word + "." + metric.key();
  }

  /** The metric of a {@link #key}. */
  public static Optional<Metric> metricOf(String key) {
    int dot = key.indexOf('.');
    return dot >= 0 && ofWord(key.substring(0, dot)).isPresent()
        ? Metric.ofKey(key.substring(dot + 1))
        : Metric.ofKey(key);
  }

  /**
   * The figure of all networks together.
   *
   * @param isHigherBetter whether more is better
   * @param totals totals with those of their networks
   */
  public double value(Metric metric, boolean isHigherBetter, Totals totals) {
    if (this == WEIGHTED || !metric.isOfNetwork() || totals.networks() == 0) {
      return totals.value(metric);
    }
    double sum = 0;
    double worst = totals.network(0).value(metric);
    for (int n = 0; n < totals.networks(); n++) {
      double value = totals.network(n).value(metric);
      sum += value;
      worst = isHigherBetter ? Math.min(worst, value) : Math.max(worst, value);
    }
    return this == WORST ? worst : sum / totals.networks();
  }
}
