package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Dimension;
import java.util.EnumMap;
import java.util.Map;

/** The dimension of each metric and the size of its unit in the coherent unit. */
public final class MetricScale {
  private static final Map<Metric, Dimension> DIMENSIONS = new EnumMap<>(Metric.class);
  private static final double[] FACTORS = new double[Metric.values().length];

  static {
    for (Metric metric : Metric.values()) {
      Dimension dimension = dimensionOf(metric);
      DIMENSIONS.put(metric, dimension);
      FACTORS[metric.ordinal()] =
          dimension == Dimension.NUMBER || dimension == Dimension.RATIO
              ? 1
              : dimension.unit(metric.unit()).orElseThrow().factor();
    }
  }

  private MetricScale() {}

  private static Dimension dimensionOf(Metric metric) {
    return switch (metric) {
      case AREA -> Dimension.AREA;
      case POWER, PEAK_POWER, LEAKAGE -> Dimension.POWER;
      case ENERGY, PROGRAMMING_ENERGY -> Dimension.ENERGY;
      case LATENCY,
          BATCH_LATENCY,
          PROGRAMMING_TIME,
          LIFETIME,
          REFRESH_INTERVAL,
          RECONFIGURATION_TIME ->
          Dimension.TIME;
      case THROUGHPUT -> Dimension.RATE;
      case SNR -> Dimension.LEVEL;
      case UTILIZATION, ACCURACY_LOSS, ACCURACY_LOSS_HIGH -> Dimension.RATIO;
      case TOPS,
          TOPS_PER_W,
          TOPS_PER_MM2,
          PEAK_TOPS,
          PEAK_TOPS_PER_W,
          PEAK_TOPS_PER_MM2,
          CROSSBARS,
          TILES,
          CHIPS,
          IDEAL_TOPS_PER_W,
          IDEAL_TOPS_PER_MM2 ->
          Dimension.NUMBER;
    };
  }

  /** Dimension of a metric; figures of TOPS are plain numbers in a spec. */
  public static Dimension dimension(Metric metric) {
    return DIMENSIONS.get(metric);
  }

  /** A metric's value in the coherent unit of its dimension. */
  public static double coherent(Metric metric, Totals totals) {
    return totals.value(metric) * FACTORS[metric.ordinal()];
  }

  /** A value in the metric's unit from one in the coherent unit. */
  public static double inUnit(Metric metric, double coherent) {
    return coherent / FACTORS[metric.ordinal()];
  }
}
