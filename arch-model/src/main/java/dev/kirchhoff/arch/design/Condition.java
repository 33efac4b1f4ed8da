package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.View;
import java.util.List;
import java.util.Optional;

/**
 * A constraint, {@code area <= 50 mm2}: two formulas over metrics, paths and {@code let} names. A
 * miss is an amount.
 */
public final class Condition {
  private final String text;
  private final Formula left;
  private final boolean atMost;
  private final Formula right;
  private final Dimension dimension;
  private final boolean onKnobs;
  private final Metric plainMetric;
  private final double plainLimit;
  private final Dimension.Unit reportedUnit;

  Condition(
      String text,
      Formula left,
      boolean atMost,
      Formula right,
      Dimension dimension,
      boolean onKnobs) {
    this.text = text;
    this.left = left;
    this.atMost = atMost;
    this.right = right;
    this.dimension = dimension;
    this.onKnobs = onKnobs;
    Optional<Metric> metric = left.singleName().flatMap(Metric::ofWord);
    boolean plain = metric.isPresent() && right.names().isEmpty();
    this.plainMetric = plain ? metric.get() : null;
    this.plainLimit = plain ? right.evaluate(name -> Double.NaN) : Double.NaN;
    this.reportedUnit = reportedUnit(metric, dimension);
  }

  /** As written. */
  public String text() {
    return text;
  }

  /** Whether it holds of knobs alone, so that it can be judged before an evaluation. */
  public boolean isOnKnobs() {
    return onKnobs;
  }

  /** The single metric on its left, if it is one. */
  public Optional<Metric> metric() {
    return left.singleName().flatMap(Metric::ofWord);
  }

  /** Whether the left side must not exceed the right side; else it must reach it. */
  public boolean isAtMost() {
    return atMost;
  }

  /**
   * By how much it is missed, in the coherent unit; 0 = met. A metric that the design lacks misses
   * by everything.
   */
  public double miss(View view, Totals totals) {
    double excess = excess(view, totals);
    return excess > 0 ? excess : 0;
  }

  /** Left minus right for "at most", right minus left for "at least"; negative = slack. */
  public double excess(View view, Totals totals) {
    double leftValue;
    double rightValue;
    if (plainMetric != null) {
      leftValue = MetricScale.coherent(plainMetric, totals);
      rightValue = plainLimit;
    } else {
      leftValue = left.evaluate(name -> value(name, view, totals));
      rightValue = right.evaluate(name -> value(name, view, totals));
    }
    double excess = atMost ? leftValue - rightValue : rightValue - leftValue;
    return Double.isNaN(excess) ? Double.MAX_VALUE : excess;
  }

  /** The limit, in the coherent unit, for relating amounts to. */
  public double limit(View view, Totals totals) {
    return plainMetric != null ? plainLimit : right.evaluate(name -> value(name, view, totals));
  }

  /** An amount in the unit that amounts are reported in. */
  public double reported(double amount) {
    return amount / reportedUnit.factor();
  }

  /** The unit that amounts are reported in; empty for numbers. */
  public String unit() {
    return reportedUnit.text();
  }

  private static Dimension.Unit reportedUnit(Optional<Metric> metric, Dimension dimension) {
    if (metric.isPresent() && dimension.unit(metric.get().unit()).isPresent()) {
      return dimension.unit(metric.get().unit()).get();
    }
    return dimension == Dimension.NUMBER || dimension == Dimension.RATIO
        ? new Dimension.Unit("", 1)
        : dimension.units().get(dimension.units().size() / 2);
  }

  /** An amount in words: {@code 12.0 mm2 too much}. */
  public String describe(double amount) {
    return Units.print(amount, dimension) + (atMost ? " too much" : " too little");
  }

  private static double value(Formula.Name name, View view, Totals totals) {
    Optional<Metric> metric = Metric.ofWord(name.name());
    if (metric.isPresent()) {
      return MetricScale.coherent(metric.get(), totals);
    }
    return view.named(name);
  }

  /** Names of the metrics that it needs. */
  public List<Metric> metrics() {
    return java.util.stream.Stream.concat(left.names().stream(), right.names().stream())
        .map(name -> Metric.ofWord(name.name()))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
