package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.result.Aggregation;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;

/**
 * Figure of merit that a search improves, with its direction.
 *
 * @param metric the metric
 * @param maximise its direction
 * @param aggregation how the figures of several networks become one
 */
public record Objective(Metric metric, boolean maximise, Aggregation aggregation) {
  public Objective {
    aggregation = metric.isOfNetwork() ? aggregation : Aggregation.WEIGHTED;
  }

  /** An objective of totals. */
  public Objective(Metric metric, boolean maximise) {
    this(metric, maximise, Aggregation.WEIGHTED);
  }

  /** Name for people: {@code TOPS/W}, {@code worst TOPS/W}. */
  public String name() {
    return aggregation == Aggregation.WEIGHTED
        ? metric.word()
        : aggregation.word() + " " + metric.word();
  }

  /** Key in results; of what is no total the word of {@code over} stands in front. */
  public String key() {
    return aggregation.key(metric);
  }

  /** The value of a design whose networks' own totals are known. */
  public double value(Totals totals) {
    return aggregation.value(metric, totals);
  }
}
