package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.LatinHypercube;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.evaluate.Ledger;
import dev.kirchhoff.mapper.evaluate.Ledger.Cost;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.PriceTerm;
import dev.kirchhoff.peripherals.Prices;
import dev.kirchhoff.peripherals.calibration.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Costs by {@link PriceTerm} of the designs of a spec: energy of an inference, area and peak power;
 * static power and energy of programming where the spec names them. Terms are those that some
 * designs of a spread over the space have. A term that none of them has, or that is less than a
 * millionth of a cost, counts as {@code fixed}. Designs are evaluated on all processors, which
 * share the stages of one evaluator.
 */
final class CostColumns implements Explainer.FamilyCosts {
  /** Designs whose prices tell the terms that a space has; a chosen number. */
  private static final int SPREAD = 512;

  private static final long SEED = 20261128;

  /** Smallest share of a cost that is kept by itself; a factor of ten moves less by 1e-5. */
  private static final double LEAST_SHARE = 1e-6;

  /** Position of the term without factors. */
  private static final int FIXED = PriceTerm.FIXED.index();

  private final DesignBinder binder;
  private final Evaluator evaluator;
  private final List<Cost> costs;

  /** By cost and term the column's position in its cost. */
  private final int[][] positions;

  private final int[] first;
  private final List<RunEvent.Column> columns;

  /**
   * Columns of a spec.
   *
   * @param end end of the band that the costs are of
   */
  CostColumns(DesignSpec spec, BandEnd end) {
    binder = spec.newBinder();
    evaluator = Evaluator.at(end);
    DesignSpace space = SpecProblemSpace.space(spec);
    Map<Cost, Set<PriceTerm>> terms = terms(spec, space);
    Calibration calibration = Calibration.of(binder.bind(space.start()).calibration());
    costs = List.copyOf(terms.keySet());
    positions = new int[costs.size()][PriceTerm.values().size()];
    first = new int[costs.size() + 1];
    List<RunEvent.Column> made = new ArrayList<>();
    for (int m = 0; m < costs.size(); m++) {
      Cost cost = costs.get(m);
      first[m] = made.size();
      for (int t = 0; t < positions[m].length; t++) {
        PriceTerm term = PriceTerm.values().get(t);
        boolean isKept = terms.get(cost).contains(term);
        positions[m][t] = isKept ? made.size() - first[m] : -1;
        if (isKept) {
          made.add(column(cost, term, calibration));
        }
      }
    }
    first[costs.size()] = made.size();
    columns = List.copyOf(made);
  }

  private static RunEvent.Column column(Cost cost, PriceTerm term, Calibration calibration) {
    Metric metric = cost.metric();
    Quantity quantity = cost == Cost.AREA ? Quantity.AREA : Quantity.ENERGY;
    double factor = term.family().map(family -> calibration.factor(family, quantity)).orElse(1.0);
    return new RunEvent.Column(
        "parts." + metric.key() + "." + term.word(),
        metric.word() + " of " + term.title(),
        metric.unit(),
        factor == 1 ? null : factor);
  }

  private Map<Cost, Set<PriceTerm>> terms(DesignSpec spec, DesignSpace space) {
    Map<Cost, Set<PriceTerm>> terms = new EnumMap<>(Cost.class);
    for (Cost cost : costs(spec)) {
      terms.put(cost, new HashSet<>(Set.of(PriceTerm.FIXED)));
    }
    Prices.Pricer pricer = new Prices.Pricer();
    List<int[]> designs = new ArrayList<>(LatinHypercube.designs(space, SPREAD, SEED));
    designs.add(space.start());
    for (int[] ordinals : designs) {
      PriceTable prices = pricer.price(binder.bind(ordinals));
      terms.forEach((cost, found) -> found.addAll(Ledger.terms(prices, cost)));
    }
    return terms;
  }

  private static Set<Cost> costs(DesignSpec spec) {
    Set<Metric> named = named(spec);
    Set<Cost> kept = EnumSet.of(Cost.LEAKAGE, Cost.PROGRAMMING_ENERGY);
    kept.removeIf(cost -> !named.contains(cost.metric()));
    kept.add(Cost.AREA);
    kept.add(Cost.PEAK_POWER);
    if (spec.hasWorkload()) {
      kept.add(Cost.ENERGY);
    }
    return kept;
  }

  /** Metrics that a spec names as figures. */
  private static Set<Metric> named(DesignSpec spec) {
    Set<Metric> named = EnumSet.copyOf(spec.sweepColumns());
    spec.objectives().forEach(objective -> named.add(objective.metric()));
    spec.conditions().forEach(c -> c.terms().forEach(term -> named.add(term.metric())));
    named.addAll(spec.recorded());
    return named;
  }

  @Override
  public List<RunEvent.Column> columns() {
    return columns;
  }

  @Override
  public float[][] of(List<int[]> designs) {
    float[][] figures = new float[designs.size()][];
    IntStream.range(0, figures.length)
        .parallel()
        .forEach(i -> figures[i] = of(evaluator.evaluated(binder.bind(designs.get(i)))));
    return figures;
  }

  private float[] of(EvaluatedDesign evaluated) {
    float[] into = new float[columns.size()];
    List<double[]> terms = evaluated.ledger().byTerm(costs);
    for (int m = 0; m < costs.size(); m++) {
      double[] byTerm = terms.get(m);
      int at = first[m];
      double least = LEAST_SHARE * Arrays.stream(byTerm).sum();
      double fixed = 0;
      for (int t = 0; t < byTerm.length; t++) {
        int position = positions[m][t];
        boolean isKept = position >= 0 && t != FIXED && byTerm[t] >= least;
        fixed += isKept ? 0 : byTerm[t];
        if (position >= 0) {
          into[at + position] = isKept ? figure(byTerm[t]) : Float.NaN;
        }
      }
      into[at + positions[m][FIXED]] = figure(fixed);
    }
    return into;
  }

  private static float figure(double value) {
    float figure = (float) value;
    return Float.isFinite(figure) && figure != 0 ? figure : Float.NaN;
  }
}
