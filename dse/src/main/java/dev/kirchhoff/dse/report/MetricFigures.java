package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * Totals by metric key; a metric that the design lacks is left out, an endless value is the word
 * {@code unlimited}, as JSON knows no infinity.
 *
 * @param values numbers or words by key
 */
public record MetricFigures(@JsonValue Map<String, Object> values) {
  private static final String ENDLESS = "unlimited";

  /** All totals of a design. */
  public static MetricFigures of(Totals totals) {
    return of(totals, metric -> true);
  }

  /** Totals that a network has of its own. */
  public static MetricFigures ofNetwork(Totals totals) {
    return of(totals, Metric::isOfNetwork);
  }

  /** The value of a metric; empty where the design lacks it. */
  public OptionalDouble value(Metric metric) {
    Object value = values.get(metric.key());
    return value instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : value == null ? OptionalDouble.empty() : OptionalDouble.of(Double.POSITIVE_INFINITY);
  }

  /** The value of a metric in text, with its unit; {@code none} where the design lacks it. */
  public String print(Metric metric) {
    return metric.print(value(metric).orElse(Double.NaN));
  }

  private static MetricFigures of(Totals totals, Predicate<Metric> isShown) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      if (isShown.test(metric) && totals.has(metric)) {
        double value = totals.value(metric);
        values.put(metric.key(), Double.isInfinite(value) ? ENDLESS : value);
      }
    }
    return new MetricFigures(values);
  }
}
