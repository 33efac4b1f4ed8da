package dev.kirchhoff.arch.result;

/**
 * Objective of a search: a metric with a direction, over the networks of a chip.
 *
 * <p>Designs are compared by {@link #minimised}, which keeps every bit of the value. Distances and
 * volumes are taken in {@link #coordinate}, on the metric's axis.
 *
 * @param metric the metric
 * @param maximise its direction
 * @param aggregation combination of the figures of several networks into one
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

  /** Axis of the values. */
  public MetricAxis axis() {
    return metric.axis();
  }

  /** The value of a design whose networks' own totals are known. */
  public double value(Totals totals) {
    boolean isHigherBetter =
        metric.direction() == Metric.Direction.OF_MEASURE ? maximise : metric.higherIsBetter();
    return aggregation.value(metric, isHigherBetter, totals);
  }

  /** A value with a sign such that less is better. */
  public double minimised(double value) {
    return maximise ? -value : value;
  }

  /** A value on its axis, with a sign such that less is better. */
  public double coordinate(double value) {
    return axis().minimised(value, maximise);
  }
}
