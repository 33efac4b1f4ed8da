package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.LatinHypercube;
import dev.kirchhoff.mapper.evaluate.CostTerm;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.FamilyCosts;
import dev.kirchhoff.peripherals.PriceTable;
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
 * Costs by {@link CostTerm} that a run keeps of every design: energy of an inference, area and peak
 * power; static power and energy of programming where the spec names them. Terms are those that
 * some designs of a spread over the space have. A term that none of them has, or that is less than
 * a millionth of a cost, counts as {@code fixed}.
 */
final class CostColumns {
  /** Designs whose prices tell the terms that a space has; a chosen number. */
  private static final int SPREAD = 512;

  private static final long SEED = 20261128;

  /** Smallest share of a cost that is kept by itself; a factor of ten moves less by 1e-5. */
  private static final double LEAST_SHARE = 1e-6;

  /** Position of the term without factors. */
  private static final int FIXED =
      CostTerm.values().stream().map(CostTerm::word).toList().indexOf("fixed");

  private final List<Metric> metrics;

  /** By metric and term the column's position in its metric. */
  private final int[][] positions;

  private final int[] first;
  private final List<RunEvent.Column> columns;

  private CostColumns(Map<Metric, Set<CostTerm>> terms, Calibration calibration) {
    metrics = List.copyOf(terms.keySet());
    positions = new int[metrics.size()][CostTerm.values().size()];
    first = new int[metrics.size() + 1];
    List<RunEvent.Column> made = new ArrayList<>();
    for (int m = 0; m < metrics.size(); m++) {
      Metric metric = metrics.get(m);
      first[m] = made.size();
      for (int t = 0; t < positions[m].length; t++) {
        CostTerm term = CostTerm.values().get(t);
        boolean isKept = terms.get(metric).contains(term);
        positions[m][t] = isKept ? made.size() - first[m] : -1;
        if (isKept) {
          made.add(column(metric, term, calibration));
        }
      }
    }
    first[metrics.size()] = made.size();
    columns = List.copyOf(made);
  }

  private static RunEvent.Column column(Metric metric, CostTerm term, Calibration calibration) {
    Quantity quantity = metric == Metric.AREA ? Quantity.AREA : Quantity.ENERGY;
    double factor = term.family().map(family -> calibration.factor(family, quantity)).orElse(1.0);
    return new RunEvent.Column(
        "parts." + metric.key() + "." + term.word(),
        metric.word() + " of " + term.title(),
        metric.unit(),
        factor == 1 ? null : factor);
  }

  /** Columns of a spec. */
  static CostColumns of(DesignSpec spec) {
    Map<Metric, Set<CostTerm>> terms = new EnumMap<>(Metric.class);
    for (Metric metric : metrics(spec)) {
      terms.put(metric, new HashSet<>(Set.of(CostTerm.values().get(FIXED))));
    }
    DesignBinder binder = spec.newBinder();
    DesignSpace space = new DesignSpace(spec.knobs());
    Prices.Pricer pricer = new Prices.Pricer();
    List<int[]> designs = new ArrayList<>(LatinHypercube.designs(space, SPREAD, SEED));
    designs.add(space.start());
    for (int[] ordinals : designs) {
      PriceTable prices = pricer.price(binder.bind(ordinals));
      terms.forEach((metric, found) -> found.addAll(FamilyCosts.terms(prices, metric)));
    }
    Design start = binder.bind(space.start());
    return new CostColumns(terms, Calibration.of(start.calibration()));
  }

  private static Set<Metric> metrics(DesignSpec spec) {
    Set<Metric> kept = EnumSet.of(Metric.LEAKAGE, Metric.PROGRAMMING_ENERGY);
    kept.retainAll(named(spec));
    kept.add(Metric.AREA);
    kept.add(Metric.PEAK_POWER);
    if (spec.hasWorkload()) {
      kept.add(Metric.ENERGY);
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
    FamilyCosts costs = FamilyCosts.of(evaluated);
    for (int m = 0; m < metrics.size(); m++) {
      double[] byTerm = costs.of(metrics.get(m));
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
