package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Formula;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.spec.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A constraint, {@code area <= 50 mm2}: two formulas over metrics, paths and {@code let} names. A
 * miss is an amount. A limit on {@code accuracyLoss} is held by the high end of its band, {@code
 * accuracyLossHigh}: a search finds the designs that an estimate takes for better than they are. So
 * is one on {@code agreement} by the low end, unless it is by kind of layer ({@link PlainLimit}).
 */
public final class Condition {
  /** Unit of the slack of a limit on the loss of accuracy. */
  private static final Dimension.Unit POINTS =
      new Dimension.Unit("points at the high end of the band", 0.01);

  /** Unit of the slack of a limit on agreement. */
  private static final Dimension.Unit LOW_POINTS =
      new Dimension.Unit("points at the low end of the band", 0.01);

  /** Unit of that slack where agreement is estimated by kind of layer. */
  private static final Dimension.Unit MIDDLE_POINTS =
      new Dimension.Unit("points in the middle of the band", 0.01);

  private final String text;
  private final Formula left;
  private final boolean atMost;
  private final Formula right;
  private final Dimension dimension;
  private final boolean onKnobs;
  private final Map<String, String> networks;
  private final boolean isOwn;
  private final Optional<PlainLimit> plain;
  private final Dimension.Unit reportedUnit;

  /**
   * A figure that a constraint speaks of.
   *
   * @param metric the metric
   * @param network the network that it is of, by its own name; empty for all together
   */
  public record Term(Metric metric, String network) {}

  /**
   * A constraint.
   *
   * @param networks the networks that it names, to their own names
   * @param isOwn whether the agreement of all networks that it speaks of was measured on themselves
   */
  Condition(
      String text,
      Formula left,
      boolean atMost,
      Formula right,
      Dimension dimension,
      boolean onKnobs,
      Map<String, String> networks,
      boolean isOwn) {
    this.text = text;
    this.left = left;
    this.atMost = atMost;
    this.right = right;
    this.dimension = dimension;
    this.onKnobs = onKnobs;
    this.networks = Map.copyOf(networks);
    this.isOwn = isOwn;
    Optional<Metric> metric =
        left.singleReference().map(Formula.Name::name).flatMap(Metric::ofWord);
    this.plain = PlainLimit.of(left, atMost, right, isOwn);
    Optional<Metric> judged = metric.map(of -> PlainLimit.judged(of, atMost, isOwn));
    boolean isLoss = judged.equals(Optional.of(Metric.ACCURACY_LOSS_HIGH));
    boolean isLow = judged.equals(Optional.of(Metric.AGREEMENT_LOW));
    boolean isMiddle = judged.equals(Optional.of(Metric.AGREEMENT)) && !atMost;
    this.reportedUnit =
        isLoss
            ? POINTS
            : isLow ? LOW_POINTS : isMiddle ? MIDDLE_POINTS : reportedUnit(metric, dimension);
  }

  /** As written. */
  public String text() {
    return text;
  }

  /** Text of the left side: the figure that is limited. */
  public String figure() {
    return left.text();
  }

  /** True if it depends on knobs alone, so that it can be judged before an evaluation. */
  public boolean isOnKnobs() {
    return onKnobs;
  }

  /** It as a limit of one metric by a quantity, if it is one. */
  public Optional<PlainLimit> plain() {
    return plain;
  }

  /** The single metric on its left, if it is one. */
  public Optional<Metric> metric() {
    return left.singleName().flatMap(Metric::ofWord);
  }

  /** True if the left side must not exceed the right side; else it must reach it. */
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

  /** True if it names networks, so that it needs their own totals. */
  public boolean namesNetworks() {
    return !networks.isEmpty();
  }

  /**
   * True if all networks that it names are present; networks that a choice leaves out are not
   * judged.
   */
  private boolean concerns(Totals totals) {
    for (String network : networks.values()) {
      if (totals.network(network).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Left minus right for "at most", right minus left for "at least"; negative = slack. Endless
   * slack where a network that it names is not on the chip.
   */
  public double excess(View view, Totals totals) {
    if (!networks.isEmpty() && !concerns(totals)) {
      return Double.NEGATIVE_INFINITY;
    }
    double leftValue;
    double rightValue;
    if (plain.isPresent()) {
      leftValue = coherent(plain.get().metric(), totals);
      rightValue = plain.get().bound();
    } else {
      leftValue = left.evaluate(name -> value(name, view, totals));
      rightValue = right.evaluate(name -> value(name, view, totals));
    }
    double excess = atMost ? leftValue - rightValue : rightValue - leftValue;
    return Double.isNaN(excess) ? Double.MAX_VALUE : excess;
  }

  /** The limit, in the coherent unit, for relating amounts to. */
  public double limit(View view, Totals totals) {
    return plain.isPresent()
        ? plain.get().bound()
        : right.evaluate(name -> value(name, view, totals));
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

  private static double coherent(Metric metric, Totals totals) {
    return metric.coherent(totals.value(metric));
  }

  private double value(Formula.Name name, View view, Totals totals) {
    Optional<Metric> metric = Metric.ofWord(name.name());
    if (metric.isPresent()) {
      Totals figures =
          name.subscript().isEmpty()
              ? totals
              : totals.network(networks.get(name.subscript())).orElse(totals);
      return coherent(PlainLimit.judged(metric.get(), atMost, isOwn), figures);
    }
    return view.named(name);
  }

  /** The figures that it speaks of. */
  public List<Term> terms() {
    List<Term> terms = new ArrayList<>();
    for (Formula side : List.of(left, right)) {
      for (Formula.Name name : side.names()) {
        Metric.ofWord(name.name())
            .map(metric -> new Term(metric, networks.getOrDefault(name.subscript(), "")))
            .filter(term -> !terms.contains(term))
            .ifPresent(terms::add);
      }
    }
    return terms;
  }

  @Override
  public String toString() {
    return text;
  }
}
