package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.LatinHypercube;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
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

/**
 * Costs by {@link PriceTerm} that a run keeps of every design: energy of an inference, area and
 * peak power; static power and energy of programming where the spec names them. Terms are those
 * that some designs of a spread over the space have. A term that none of them has, or that is less
 * than a millionth of a cost, counts as {@code fixed}.
 */
final class CostColumns {
  /** Designs whose prices tell the terms that a space has; a chosen number. */
  private static final int SPREAD = 512;

  private static final long SEED = 20261128;

  /** Smallest share of a cost that is kept by itself; a factor of ten moves less by 1e-5. */
  private static final double LEAST_SHARE = 1e-6;

  /** Position of the term without factors. */
  private static final int FIXED = PriceTerm.FIXED.index();

  private final List<Cost> costs;

  /** By cost and term the column's position in its cost. */
  private final int[][] positions;

  private final int[] first;
  private final List<RunEvent.Column> columns;

  private CostColumns(Map<Cost, Set<PriceTerm>> terms, Calibration calibration) {
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

  /** Columns of a spec. */
  static CostColumns of(DesignSpec spec) {
    Map<Cost, Set<PriceTerm>> terms = new EnumMap<>(Cost.class);
    for (Cost cost : costs(spec)) {
      terms.put(cost, new HashSet<>(Set.of(PriceTerm.FIXED)));
    }
    DesignBinder binder = spec.newBinder();
    DesignSpace space = new DesignSpace(spec.knobs());
    Prices.Pricer pricer = new Prices.Pricer();
    List<int[]> designs = new ArrayList<>(LatinHypercube.designs(space, SPREAD, SEED));
    designs.add(space.start());
    for (int[] ordinals : designs) {
      PriceTable prices = pricer.price(binder.bind(ordinals));
      terms.forEach((cost, found) -> found.addAll(Ledger.terms(prices, cost)));
    }
    Design start = binder.bind(space.start());
    return new CostColumns(terms, Calibration.of(start.calibration()));
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

  /** All columns, metric by metric. */
  List<RunEvent.Column> all() {
    return columns;
  }

  /** Writes the costs of a design from a position on; NaN where it has no such term. */
  void record(EvaluatedDesign evaluated, float[] into, int from) {
    List<double[]> terms = evaluated.ledger().byTerm(costs);
    for (int m = 0; m < costs.size(); m++) {
      double[] byTerm = terms.get(m);
      int at = from + first[m];
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
  }

  private static float figure(double value) {
    float figure = (float) value;
    return Float.isFinite(figure) && figure != 0 ? figure : Float.NaN;
  }
}
