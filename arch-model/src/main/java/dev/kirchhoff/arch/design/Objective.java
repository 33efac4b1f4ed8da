package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Over;
import dev.kirchhoff.arch.result.Totals;

/**
 * Figure of merit that a search improves, with its direction.
 *
 * @param metric the metric
 * @param maximise its direction
 * @param over how the figures of several networks become one
 */
public record Objective(Metric metric, boolean maximise, Over over) {
  public Objective {
    over = metric.isOfNetwork() ? over : Over.WEIGHTED;
  }

  /** An objective of totals. */
  public Objective(Metric metric, boolean maximise) {
    this(metric, maximise, Over.WEIGHTED);
  }

  /** Name for people: {@code TOPS/W}, {@code worst TOPS/W}. */
  public String name() {
    return over == Over.WEIGHTED ? metric.word() : over.word() + " " + metric.word();
  }

  /** Key in results; of what is no total the word of {@code over} stands in front. */
  public String key() {
    return over.key(metric);
  }

  /** The value of a design whose networks' own totals are known. */
  public double value(Totals totals) {
    return over.value(metric, totals);
  }
}
