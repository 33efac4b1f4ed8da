package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.result.ErrorSource;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.dse.front.DrawnDesigns;
import dev.kirchhoff.mapper.evaluate.ErrorShares;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Designs of a spec in joint draws of the models' errors. Each design is evaluated once, at nominal
 * prices whatever end of the band the spec's objectives ask for; a draw is a sum over its sources
 * of error ({@link ErrorShares}). Objectives and constraints are judged as in the search; figures
 * that are no cost (noise, accuracy, times, counts) keep their values.
 */
public final class SpecDraws implements DrawnDesigns {
  private final DesignSpec spec;
  private final List<Objective> objectives;
  private final JointDraws draws;
  private final List<DrawnDesign> designs = new ArrayList<>();

  /**
   * A design.
   *
   * @param factors for each source of error the factor in each draw; sources share these between
   *     designs
   * @param scratch totals of the draw that is looked at
   */
  private record DrawnDesign(
      View view, ErrorShares shares, double[][] factors, double[] now, Totals scratch) {}

  /** Designs of a spec, by their knobs. */
  public SpecDraws(DesignSpec spec, List<int[]> designs, JointDraws draws) {
    this.spec = spec;
    this.draws = draws;
    this.objectives = new SpecProblemSpace(spec).objectives();
    DesignBinder binder = spec.newBinder();
    Evaluator evaluator = new Evaluator();
    Map<ErrorSource, double[]> factors = new LinkedHashMap<>();
    for (int[] ordinals : designs) {
      ErrorShares shares = ErrorShares.of(evaluator.evaluated(binder.bind(ordinals)));
      double[][] own =
          shares.sources().stream()
              .map(source -> factors.computeIfAbsent(source, draws::factors))
              .toArray(double[][]::new);
      Totals scratch = spec.judgesNetworks() ? shares.copy() : shares.whole();
      this.designs.add(
          new DrawnDesign(
              spec.tree().view(ordinals), shares, own, new double[own.length], scratch));
    }
  }

  @Override
  public List<Objective> objectives() {
    return objectives;
  }

  @Override
  public int designs() {
    return designs.size();
  }

  @Override
  public int draws() {
    return draws.count();
  }

  /** The nominal totals of a design, with those of its networks. */
  public Totals nominal(int design) {
    return designs.get(design).shares().nominal();
  }

  /**
   * The sources that the ratio of two designs errs by in a figure of the whole workload.
   *
   * @param a a design of these
   * @param other draws of B's spec, of one seed with these
   * @param b a design of those
   */
  public List<RatioError> errors(int a, SpecDraws other, int b, Metric metric) {
    return RatioError.of(designs.get(a).shares(), other.designs.get(b).shares(), metric);
  }

  /** The sources of error of either of two designs, in the order of the first, then the second. */
  public Set<ErrorSource> sources(int a, int b) {
    Set<ErrorSource> sources = new LinkedHashSet<>(designs.get(a).shares().sources());
    sources.addAll(designs.get(b).shares().sources());
    return sources;
  }

  /** An objective of a design, nominal. */
  public double objective(int design, int place) {
    return spec.objectives().get(place).value(nominal(design));
  }

  /** An objective of a design whose one source of error has a factor, all others one. */
  public double objective(int design, int place, ErrorSource source, double factor) {
    DrawnDesign drawn = designs.get(design);
    for (int k = 0; k < drawn.now().length; k++) {
      drawn.now()[k] = drawn.shares().sources().get(k).equals(source) ? factor : 1;
    }
    drawn.shares().draw(drawn.now(), drawn.scratch());
    return spec.objectives().get(place).value(drawn.scratch());
  }

  /** True if some source of error moves a figure of a design. */
  public boolean isModelled(int design, Metric metric) {
    return designs.get(design).shares().shares(metric).stream().anyMatch(share -> share != 0);
  }

  /** Share of draws in which a design misses each limit of its spec and of physics, in words. */
  public Map<String, Double> missed(int design) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    View view = designs.get(design).view();
    for (int draw = 0; draw < draws.count(); draw++) {
      Totals totals = totals(design, draw);
      for (Condition condition : spec.conditions()) {
        boolean isMissed = !condition.isOnKnobs() && condition.miss(view, totals) > 0;
        counts.merge(condition.text(), isMissed ? 1 : 0, Integer::sum);
      }
      for (Limit limit : Limit.values()) {
        counts.merge(ErrorShares.rule(limit), totals.shortage(limit) > 0 ? 1 : 0, Integer::sum);
      }
    }
    Map<String, Double> missed = new LinkedHashMap<>();
    counts.forEach((limit, count) -> missed.put(limit, (double) count / draws.count()));
    return missed;
  }

  /** Totals of a design in a draw, until the next draw of it. */
  private Totals totals(int design, int draw) {
    DrawnDesign drawn = designs.get(design);
    for (int k = 0; k < drawn.now().length; k++) {
      drawn.now()[k] = drawn.factors()[k][draw];
    }
    drawn.shares().draw(drawn.now(), drawn.scratch());
    return drawn.scratch();
  }

  @Override
  public boolean draw(int design, int draw, double[] values) {
    DrawnDesign drawn = designs.get(design);
    Totals totals = totals(design, draw);
    for (int m = 0; m < values.length; m++) {
      values[m] = spec.objectives().get(m).value(totals);
    }
    boolean met = totals.isFeasible();
    for (Condition condition : spec.conditions()) {
      met &= condition.isOnKnobs() || condition.miss(drawn.view(), totals) == 0;
    }
    return met;
  }
}
