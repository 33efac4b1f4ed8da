package dev.kirchhoff.dse.proof;

import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.bound.LayerCosts;
import dev.kirchhoff.mapper.bound.Relaxation;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The best figures that designs within bounds can have, on the objectives' axes, less is better.
 */
final class BestFigures {
  private static final Set<Metric> LEAST = EnumSet.of(Metric.AREA, Metric.ENERGY, Metric.LATENCY);
  private static final Set<Metric> MOST = EnumSet.of(Metric.TOPS_PER_W);

  /** Share of a limit within which rounding lies. */
  private static final double ROUNDING = 1e-9;

  private final List<Objective> objectives;
  private final List<Condition> limits;

  private BestFigures(List<Objective> objectives, List<Condition> limits) {
    this.objectives = objectives;
    this.limits = limits;
  }

  /**
   * The figures of a spec's objectives, and those of its limits that have a bound.
   *
   * @throws Unprovable if an objective has none
   */
  static BestFigures of(DesignSpec spec) throws Unprovable {
    for (Objective objective : spec.objectives()) {
      boolean isBounded =
          LEAST.contains(objective.metric()) && !objective.maximise()
              || MOST.contains(objective.metric()) && objective.maximise();
      if (!isBounded) {
        throw new Unprovable("objectives: " + objective.name() + " has no bound yet");
      }
    }
    return new BestFigures(
        spec.objectives(), spec.conditions().stream().filter(BestFigures::isBounded).toList());
  }

  private static boolean isBounded(Condition limit) {
    return limit.plain().isPresent()
        && (limit.isAtMost() ? LEAST : MOST).contains(limit.plain().get().metric());
  }

  /** The figures of a relaxation. */
  Totals of(LayerCosts costs, Relaxation within) {
    return of(costs, within.leastArea_um2(), within.leastEnergy_fJ(), within.leastLatency_ns());
  }

  /** The figures at least areas, energies and times. */
  Totals of(LayerCosts costs, double area_um2, double energy_fJ, double latency_ns) {
    Totals best = new Totals();
    best.set(Metric.AREA, area_um2 * Units.MM2_PER_UM2);
    best.set(Metric.ENERGY, energy_fJ * Units.UJ_PER_FJ);
    best.set(Metric.LATENCY, latency_ns * Units.MS_PER_NS);
    best.set(Metric.TOPS_PER_W, Evaluator.topsPerW(costs.macs(), energy_fJ));
    return best;
  }

  /** True if the best figures miss a limit, so that all designs do. */
  boolean miss(Totals best) {
    for (Condition limit : limits) {
      double bound = limit.plain().orElseThrow().bound();
      double figure = limit.plain().get().metric().coherent(best.value(limit.metric().get()));
      double excess = limit.isAtMost() ? figure - bound : bound - figure;
      if (excess > ROUNDING * Math.abs(bound)) {
        return true;
      }
    }
    return false;
  }

  /** The figures on the objectives' axes. */
  double[] coordinates(Totals best) {
    double[] coordinates = new double[objectives.size()];
    for (int m = 0; m < coordinates.length; m++) {
      Objective objective = objectives.get(m);
      coordinates[m] = objective.coordinate(best.value(objective.metric()));
    }
    return coordinates;
  }
}
