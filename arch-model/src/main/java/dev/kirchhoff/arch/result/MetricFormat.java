package dev.kirchhoff.arch.result;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import java.util.Locale;

/** Format of a metric's values in text. */
public enum MetricFormat {
  /** Three significant digits; the unit is the metric's name. */
  NUMBER,
  /** Three significant digits with the fitting prefix. */
  QUANTITY,
  /** Whole number. */
  COUNT,
  /** Hundredths of a ratio, as points. */
  POINTS,
  /** Ratio of 0 to 1. */
  SHARE,
  /** Ratio of 0 to 1, in percent. */
  PERCENT,
  /** Seconds to years. */
  SPAN,
  /** Inferences per second. */
  PER_SECOND;

  private static final double YEAR_NS = 31557600e9;

  /** Beyond this many years a number means nothing more (assumed). */
  private static final double LONGEST_YEARS = 1000;

  /** Name in results. */
  public String word() {
    return this == PER_SECOND ? "perSecond" : name().toLowerCase(Locale.ROOT);
  }

  /** Dimension of values without a unit. */
  Dimension unitless() {
    return this == POINTS || this == SHARE || this == PERCENT ? Dimension.RATIO : Dimension.NUMBER;
  }

  /** True if values of this format are outcomes of a cost model. */
  boolean isModelled() {
    return switch (this) {
      case NUMBER, QUANTITY, PER_SECOND -> true;
      case COUNT, POINTS, SHARE, PERCENT, SPAN -> false;
    };
  }

  /**
   * A value in text, with its unit.
   *
   * @param value in the metric's unit
   * @param coherent the value in the coherent unit of its dimension
   */
  String print(double value, double coherent, Dimension dimension) {
    return switch (this) {
      case NUMBER, SHARE -> Units.significant(value);
      case COUNT ->
          Double.isFinite(value) ? Units.count(Math.round(value)) : Units.significant(value);
      case POINTS -> Units.significant(100 * value) + " points";
      case PERCENT -> String.format(Locale.ROOT, "%.1f %%", 100 * value);
      case SPAN -> span(coherent);
      case PER_SECOND -> Units.significant(value) + " inferences/s";
      case QUANTITY -> Units.print(coherent, dimension);
    };
  }

  private static String span(double time_ns) {
    if (Double.isFinite(time_ns) && time_ns > LONGEST_YEARS * YEAR_NS) {
      return "over 1,000 years";
    }
    String text = Units.brief(time_ns, Dimension.TIME);
    boolean isPlural = text.matches(".* (hour|day|month|year)") && !text.startsWith("1 ");
    return isPlural ? text + "s" : text;
  }
}
