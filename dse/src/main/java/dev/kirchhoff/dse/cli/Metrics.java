package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.MetricScale;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;

/** Prints metrics. */
final class Metrics {
  private Metrics() {}

  /** A metric of a design with its unit. */
  static String print(Metric metric, Totals totals) {
    return print(metric, totals.value(metric));
  }

  /** A value of a metric with its unit. */
  static String print(Metric metric, double value) {
    Dimension dimension = MetricScale.dimension(metric);
    if (dimension == Dimension.NUMBER) {
      boolean isCount = metric == Metric.CROSSBARS || metric == Metric.TILES;
      return isCount && Double.isFinite(value) ? Units.count(Math.round(value)) : Units.significant(value);
    }
    if (dimension == Dimension.RATIO) {
      return Units.significant(value);
    }
    return Units.print(value / MetricScale.inUnit(metric, 1), dimension);
  }
}
