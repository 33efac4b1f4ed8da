package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.FormulaParser;
import java.util.Optional;

/**
 * Limit of one metric by a quantity, {@code area <= 250 mm2}. A limit on {@code accuracyLoss} is
 * held by the high end of its band, {@code accuracyLossHigh}, one on {@code agreement} by the low
 * end, {@code agreementLow}, of networks that were measured themselves.
 *
 * @param metric the metric that is judged
 * @param atMost whether it must not exceed the bound; else it must reach it
 * @param bound the bound, in the coherent unit of the metric
 */
public record PlainLimit(Metric metric, boolean atMost, double bound) {

  /**
   * Limit that the text of a constraint states; empty for one of several figures, of a network, of
   * knobs, and for a text that is no constraint.
   */
  public static Optional<PlainLimit> of(String text) {
    int position = comparison(text);
    if (position < 0) {
      return Optional.empty();
    }
    try {
      Formula left = FormulaParser.parse(text.substring(0, position), MetricNames.WORDS);
      Formula right = FormulaParser.parse(text.substring(position + 2).trim(), MetricNames.WORDS);
      return of(left, text.startsWith("<=", position), right, true);
    } catch (Formula.FormulaException e) {
      return Optional.empty(); // of a log: its spec was checked when the run began
    }
  }

  /** Offset of the comparison in the text of a constraint; negative without one. */
  static int comparison(String text) {
    return Math.max(text.indexOf("<="), text.indexOf(">="));
  }

  static Optional<PlainLimit> of(Formula left, boolean atMost, Formula right, boolean isOwn) {
    return left.singleName()
        .flatMap(Metric::ofWord)
        .filter(metric -> right.names().isEmpty())
        .map(
            metric ->
                new PlainLimit(
                    judged(metric, atMost, isOwn), atMost, right.evaluate(name -> Double.NaN)));
  }

  /**
   * Metric that a limit is held by: of an estimate the worse end of its band, as chips differ, and
   * a search finds those that it flatters.
   *
   * @param isOwn whether the estimate is of measurements of the network itself; else its band says
   *     how networks differ, which is the same for all designs, and its middle judges
   */
  static Metric judged(Metric metric, boolean atMost, boolean isOwn) {
    if (metric == Metric.ACCURACY_LOSS && atMost) {
      return Metric.ACCURACY_LOSS_HIGH;
    }
    return metric == Metric.AGREEMENT && !atMost && isOwn ? Metric.AGREEMENT_LOW : metric;
  }

  /** True if a value, in the coherent unit, meets it; NaN does not. */
  public boolean isMet(double value) {
    return atMost ? value <= bound : value >= bound;
  }

  /** True if every value that meets another limit meets this one, and not the reverse. */
  public boolean isLooserThan(PlainLimit other) {
    return metric == other.metric
        && atMost == other.atMost
        && (atMost ? bound > other.bound : bound < other.bound);
  }
}
