package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.MetricScale;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;

/** Prints metrics. */
final class Metrics {
  private static final double YEAR_NS = 31557600e9;
  private static final double LONGEST_YEARS = 1000;

  private Metrics() {}

  /** A metric of a design with its unit. */
  static String print(Metric metric, Totals totals) {
    return print(metric, totals.value(metric));
  }

  /** A value of a metric with its unit. */
  static String print(Metric metric, double value) {
    Dimension dimension = MetricScale.dimension(metric);
    if (dimension == Dimension.NUMBER) {
      boolean isCount =
          metric == Metric.CROSSBARS || metric == Metric.TILES || metric == Metric.CHIPS;
      return isCount && Double.isFinite(value)
          ? Units.count(Math.round(value))
          : Units.significant(value);
    }
    if (metric == Metric.ACCURACY_LOSS || metric == Metric.ACCURACY_LOSS_HIGH) {
      return Units.significant(100 * value) + " points";
    }
    if (dimension == Dimension.RATIO) {
      return Units.significant(value);
    }
    double coherent = value / MetricScale.inUnit(metric, 1);
    if (metric == Metric.LIFETIME || metric == Metric.REFRESH_INTERVAL) {
      return span(coherent);
    }
    if (metric == Metric.THROUGHPUT) {
      return Units.significant(value) + " inferences/s";
    }
    return Units.print(coherent, dimension);
  }

  /** A long time; beyond a thousand years the number means nothing more. */
  private static String span(double time_ns) {
    if (Double.isFinite(time_ns) && time_ns > LONGEST_YEARS * YEAR_NS) {
      return "over 1,000 years";
    }
    String text = Units.brief(time_ns, Dimension.TIME);
    boolean several = text.matches(".* (hour|day|month|year)") && !text.startsWith("1 ");
    return several ? text + "s" : text;
  }
}
