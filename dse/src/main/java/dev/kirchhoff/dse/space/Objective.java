package dev.kirchhoff.dse.space;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.MetricAxis;

/**
 * An objective of a search.
 *
 * <p>Designs are compared by {@link #minimised}, which keeps every bit of the value. Distances and
 * volumes are taken in {@link #coordinate}, on the metric's axis.
 *
 * @param name name for people, {@code TOPS/W}, {@code worst TOPS/W}
 * @param key key in results
 * @param metric metric of the values
 * @param maximise direction
 */
public record Objective(String name, String key, Metric metric, boolean maximise) {

  /** Axis of the values. */
  public MetricAxis axis() {
    return metric.axis();
  }

  /** The value with a sign such that less is better. */
  public double minimised(double value) {
    return maximise ? -value : value;
  }

  /** The value on its axis, with a sign such that less is better. */
  public double coordinate(double value) {
    return axis().minimised(value, maximise);
  }
}
