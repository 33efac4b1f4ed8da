package dev.kirchhoff.arch.result;

import java.util.List;

/**
 * Description of a metric for readers of results: {@code catalog metrics}, the page and {@code
 * docs/metrics.md}.
 *
 * @param name word in objectives, constraints and {@code expect}
 * @param key key in results
 * @param unit unit of the values; empty for counts and ratios
 * @param better {@code higher} or {@code lower}; {@code of its measure} where that depends on a
 *     kernel
 * @param scale {@code linear} or {@code logarithmic} axis
 * @param scope {@code network} if each network on a chip has a value of its own, else {@code chip}
 * @param format format of the values in text
 * @param title noun phrase for tables
 */
public record MetricDescription(
    String name,
    String key,
    String unit,
    String better,
    String scale,
    String scope,
    String format,
    String title) {

  /** The description of a metric. */
  public static MetricDescription of(Metric metric) {
    return new MetricDescription(
        metric.word(),
        metric.key(),
        metric.unit(),
        metric.direction().word(),
        metric.axis().scale().word(),
        metric.scope().word(),
        metric.format().word(),
        metric.title());
  }

  /** Descriptions of all metrics, in the order of results. */
  public static List<MetricDescription> all() {
    return List.of(Metric.values()).stream().map(MetricDescription::of).toList();
  }

  /** Descriptions of all metrics, group by group. */
  public static List<MetricDescription> inReadingOrder() {
    return Metric.inReadingOrder().stream().map(MetricDescription::of).toList();
  }
}
