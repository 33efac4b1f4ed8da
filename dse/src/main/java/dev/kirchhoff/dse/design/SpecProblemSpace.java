package dev.kirchhoff.dse.design;

import dev.kirchhoff.arch.design.Condition;
import dev.kirchhoff.arch.design.DesignBinder;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Aggregation;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.Limit;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.View;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import dev.kirchhoff.mapper.evaluate.EvaluatedDesign;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A spec as a search problem. Constraints are those of the spec, then the limits that physics and
 * the spec's own sizes set; both are missed by amounts. An amount m is normalised as min(10^9,
 * m/|limit|), of a limit of zero as m in its unit; of a limit of physics as m over a scale of its
 * own: the crossbars of the design, 8 tracks, 4 levels or bits, a = 0.5, 1 mA, 0.1 V, else 1.
 * Values and misses are those of the end of the uncertainty band that the spec's objectives ask
 * for.
 *
 * <p>A sweep of which the log keeps a sample judges first what costs least ({@link FirstLimits}): a
 * design that misses one of these limits has their amounts, and nothing else of it is computed.
 */
public final class SpecProblemSpace implements Problem {
  private static final Limit[] LIMITS = Limit.values();
  private static final float[] UNRECORDED = {};

  /** Columns of a sweep that span its front where the spec has no objectives. */
  private static final int FRONT_COLUMNS = 2;

  /** Totals for conditions on knobs, which read none of them. */
  private static final Totals NONE = new Totals();

  /** A metric that a design lacks misses by everything; as a share that is a billion limits. */
  private static final double MOST_SHARE = 1e9;

  private final DesignSpec spec;
  private final DesignSpace space;
  private final List<Objective> objectives;
  private final int frontObjectives;
  private final List<String> constraints;
  private final BandEnd band;
  private final List<Metric> metrics;
  private final DesignBinder binder;

  /** Limits of a sweep that are judged first. */
  private final Optional<FirstLimits> firstLimits;

  /** Stages that all islands share. */
  private final Evaluator evaluator;

  /** The problem of a spec: its knobs, its objectives, its constraints. */
  public SpecProblemSpace(DesignSpec spec) {
    this(
        spec,
        space(spec),
        spec.objectives(),
        spec.objectives().size(),
        spec.band(),
        spec.recorded(),
        Evaluator.at(spec.band()),
        Optional.empty());
  }

  /** This problem with the constraints of another form of its spec, in a part of its space. */
  public SpecProblemSpace within(DesignSpec other, DesignSpace part) {
    return new SpecProblemSpace(
        other, part, objectives, frontObjectives, band, metrics, evaluator, firstLimits);
  }

  /**
   * Problem of a spec with other metrics as values, each better in its own direction; nominal
   * figures, means over the networks by their weights.
   */
  public static SpecProblemSpace withMetrics(DesignSpec spec, List<Metric> metrics) {
    return new SpecProblemSpace(
        spec,
        space(spec),
        objectives(metrics),
        metrics.size(),
        BandEnd.NOMINAL,
        List.of(),
        Evaluator.at(BandEnd.NOMINAL),
        Optional.empty());
  }

  /**
   * Problem of a sweep: nominal figures of the spec's objectives, which span the front, and of its
   * columns that are none of them. Without objectives the first two columns span the front.
   */
  public static SpecProblemSpace ofSweep(DesignSpec spec) {
    return ofSweep(spec, Evaluator.at(BandEnd.NOMINAL), Optional.empty());
  }

  /** Problem of a sweep of which the log keeps a sample, which judges some limits first. */
  public static SpecProblemSpace ofLargeSweep(DesignSpec spec) {
    Evaluator evaluator = Evaluator.at(BandEnd.NOMINAL);
    return ofSweep(spec, evaluator, FirstLimits.of(spec, evaluator));
  }

  private static SpecProblemSpace ofSweep(
      DesignSpec spec, Evaluator evaluator, Optional<FirstLimits> firstLimits) {
    List<Objective> values = new ArrayList<>(spec.objectives());
    for (Objective column : objectives(spec.sweepColumns())) {
      if (values.stream().noneMatch(value -> value.key().equals(column.key()))) {
        values.add(column);
      }
    }
    int front = spec.objectives().isEmpty() ? FRONT_COLUMNS : spec.objectives().size();
    return new SpecProblemSpace(
        spec,
        space(spec),
        values,
        Math.min(front, values.size()),
        BandEnd.NOMINAL,
        spec.recorded(),
        evaluator,
        firstLimits);
  }

  private static List<Objective> objectives(List<Metric> metrics) {
    return metrics.stream().map(m -> new Objective(m, m.higherIsBetter())).toList();
  }

  private SpecProblemSpace(
      DesignSpec spec,
      DesignSpace space,
      List<Objective> objectives,
      int frontObjectives,
      BandEnd band,
      List<Metric> metrics,
      Evaluator evaluator,
      Optional<FirstLimits> firstLimits) {
    this.spec = spec;
    this.space = space;
    this.objectives = List.copyOf(objectives);
    this.frontObjectives = frontObjectives;
    this.band = band;
    List<String> texts = new ArrayList<>();
    spec.conditions().forEach(c -> texts.add(c.text()));
    for (Limit limit : LIMITS) {
      texts.add(limit.sentence());
    }
    this.constraints = List.copyOf(texts);
    this.metrics = List.copyOf(metrics);
    binder = spec.newBinder();
    this.evaluator = evaluator;
    this.firstLimits = firstLimits;
  }

  @Override
  public RunEvent.Recorded recorded() {
    List<RunEvent.Column> slacks = new ArrayList<>();
    for (int c = 0; c < constraints.size(); c++) {
      int limit = c - spec.conditions().size();
      String unit = limit < 0 ? spec.unit(spec.conditions().get(c)) : LIMITS[limit].unit();
      slacks.add(new RunEvent.Column("slack." + c, constraints.get(c), unit));
    }
    return new RunEvent.Recorded(
        metrics.stream().map(m -> new RunEvent.Column(m.key(), m.word(), spec.unit(m))).toList(),
        slacks);
  }

  /** The space that a spec's knobs span. */
  public static DesignSpace space(DesignSpec spec) {
    return new DesignSpace(spec.knobs());
  }

  @Override
  public DesignSpace space() {
    return space;
  }

  @Override
  public List<Objective> objectives() {
    return objectives;
  }

  @Override
  public int frontObjectives() {
    return frontObjectives;
  }

  /** End of the uncertainty band that the values are of. */
  public BandEnd band() {
    return band;
  }

  @Override
  public List<String> constraints() {
    return constraints;
  }

  @Override
  public Session newSession() {
    return new SpecSession();
  }

  /**
   * The objective that is the figure of a constraint; empty if none is. Of a loss of accuracy the
   * high end is judged, which is no objective.
   */
  private OptionalInt objectiveOf(Condition.Term term) {
    for (int m = 0; m < objectives.size(); m++) {
      Objective objective = objectives.get(m);
      if (objective.metric() == term.metric()
          && objective.aggregation() == Aggregation.WEIGHTED
          && term.network().isEmpty()
          && term.metric() != Metric.ACCURACY_LOSS) {
        return OptionalInt.of(m);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Room that a design leaves to each constraint: the distance to the limit as a share of it; NaN
   * for limits of physics.
   */
  public double[] slack(int[] ordinals, Totals totals) {
    double[] slack = new double[constraints().size()];
    Arrays.fill(slack, Double.NaN);
    View view = spec.tree().view(ordinals);
    for (int i = 0; i < spec.conditions().size(); i++) {
      Condition condition = spec.conditions().get(i);
      slack[i] = -SpecSession.share(condition, condition.excess(view, totals), view, totals);
    }
    return slack;
  }

  private final class SpecSession implements Session {
    private final boolean judgesNetworks = spec.judgesNetworks();

    @Override
    public boolean prune(int[] ordinals, double[] violations, double[] relativeViolations) {
      View view = spec.tree().view(ordinals);
      boolean missed = false;
      for (int i = 0; i < spec.conditions().size(); i++) {
        Condition condition = spec.conditions().get(i);
        if (condition.isOnKnobs()) {
          missed |= judge(condition, i, view, NONE, violations, relativeViolations);
        }
      }
      return missed;
    }

    @Override
    public void evaluate(
        int[] ordinals, double[] values, double[] violations, double[] relativeViolations) {
      evaluate(ordinals, values, violations, relativeViolations, UNRECORDED);
    }

    @Override
    public void evaluate(
        int[] ordinals,
        double[] values,
        double[] violations,
        double[] relativeViolations,
        float[] recorded) {
      View view = spec.tree().view(ordinals);
      if (firstLimits.isPresent()
          && misses(firstLimits.get(), ordinals, view, violations, relativeViolations, recorded)) {
        Arrays.fill(values, Double.NaN);
        return;
      }
      EvaluatedDesign evaluated = evaluator.evaluated(binder.bind(ordinals));
      Totals totals = totals(evaluated);
      for (int i = 0; i < values.length; i++) {
        values[i] = objectives.get(i).value(totals);
      }
      if (recorded.length > 0) {
        record(evaluated, totals, view, recorded);
      }
      int next = 0;
      for (Condition condition : spec.conditions()) {
        judge(condition, next++, view, totals, violations, relativeViolations);
      }
      for (Limit limit : LIMITS) {
        double amount = totals.shortage(limit);
        violations[next] = amount;
        relativeViolations[next++] = amount > 0 ? relative(limit, amount, totals) : 0;
      }
    }

    /**
     * Judges a design by the limits that are first.
     *
     * @return true if it misses one, with all amounts set, those of limits that are not judged to
     *     0, and the recorded figures to what is known
     */
    private boolean misses(
        FirstLimits limits,
        int[] ordinals,
        View view,
        double[] violations,
        double[] relativeViolations,
        float[] recorded) {
      Totals noise = limits.noise(ordinals);
      boolean missed = false;
      for (int c : limits.conditions()) {
        missed |= spec.conditions().get(c).miss(view, noise) > 0;
      }
      if (!missed) {
        return false;
      }
      Arrays.fill(violations, 0);
      Arrays.fill(relativeViolations, 0);
      Arrays.fill(recorded, Float.NaN);
      for (int c : limits.conditions()) {
        judge(spec.conditions().get(c), c, view, noise, violations, relativeViolations);
      }
      if (recorded.length > 0) {
        for (int m = 0; m < metrics.size(); m++) {
          recorded[m] = figure(noise.value(metrics.get(m)));
        }
        for (int c : limits.conditions()) {
          recorded[metrics.size() + c] = slack(spec.conditions().get(c), view, noise);
        }
      }
      return true;
    }

    private static float slack(Condition condition, View view, Totals totals) {
      return figure(-condition.reported(condition.excess(view, totals)));
    }

    @Override
    public boolean isJudgedFirst(int constraint) {
      return constraint < spec.conditions().size()
          && (spec.conditions().get(constraint).isOnKnobs()
              || firstLimits
                  .filter(limits -> limits.conditions().contains(constraint))
                  .isPresent());
    }

    @Override
    public double judge(int constraint, int[] ordinals, double[] values) {
      if (constraint >= spec.conditions().size()) {
        return Double.NaN;
      }
      Condition condition = spec.conditions().get(constraint);
      Totals known = new Totals();
      for (Condition.Term term : condition.terms()) {
        OptionalInt objective = objectiveOf(term);
        if (objective.isEmpty() || Double.isNaN(values[objective.getAsInt()])) {
          return Double.NaN;
        }
        known.set(term.metric(), values[objective.getAsInt()]);
      }
      View view = spec.tree().view(ordinals);
      double miss = condition.miss(view, known);
      return miss > 0 ? share(condition, miss, view, known) : 0;
    }

    private Totals totals(EvaluatedDesign evaluated) {
      return judgesNetworks ? Evaluator.totalsByNetwork(evaluated) : evaluated.totals();
    }

    private void record(EvaluatedDesign evaluated, Totals totals, View view, float[] into) {
      int next = 0;
      for (Metric metric : metrics) {
        into[next++] = figure(totals.value(metric));
      }
      for (Condition condition : spec.conditions()) {
        into[next++] = slack(condition, view, totals);
      }
      for (Limit limit : LIMITS) {
        into[next++] = slack(limit, evaluated, totals);
      }
    }

    /** Of a limit the miss alone, of the power density, which prices move, the distance to it. */
    private static float slack(Limit limit, EvaluatedDesign evaluated, Totals totals) {
      double shortage = totals.shortage(limit);
      return shortage > 0
          ? figure(-shortage)
          : limit == Limit.POWER_DENSITY
              ? figure(evaluated.densitySlack_WperMm2().orElse(Double.NaN))
              : Float.NaN;
    }

    /** A figure that is endless, or beyond 32 bits, is none. */
    private static float figure(double value) {
      float figure = (float) value;
      return Float.isFinite(figure) ? figure : Float.NaN;
    }

    private boolean judge(
        Condition condition,
        int i,
        View view,
        Totals totals,
        double[] violations,
        double[] relativeViolations) {
      double miss = condition.miss(view, totals);
      violations[i] = condition.reported(miss);
      relativeViolations[i] = miss > 0 ? share(condition, miss, view, totals) : 0;
      return miss > 0;
    }

    /** An amount as a share of the limit; of a limit of zero, in the unit it is reported in. */
    private static double share(Condition condition, double amount, View view, Totals totals) {
      double limit = Math.abs(condition.limit(view, totals));
      double share = limit > 0 ? amount / limit : condition.reported(amount);
      return Math.max(-MOST_SHARE, Math.min(MOST_SHARE, share));
    }

    private static double relative(Limit limit, double amount, Totals totals) {
      return switch (limit) {
        case CROSSBARS -> amount / Math.max(1, totals.value(Metric.CROSSBARS));
        case TRACKS -> amount / 8;
        case CELL_LEVELS, INPUT_BITS -> amount / 4;
        case LINE_WIDTH -> amount / 100;
        case COLUMN_CURRENT -> amount / 1000;
        case POWER_DENSITY, TIMING, CONVERGENCE, KERNEL_PARTS -> amount;
        case HEADROOM -> amount / 0.1;
      };
    }
  }
}
