package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.budget.EvaluatedDesigns;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.engine.Niches;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.FrontChanges;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.front.NearMisses;
import dev.kirchhoff.dse.space.Packing;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * State of a search: the memo of unique designs, the fronts, the counts, the hypervolume. It grows
 * by merging islands in their order, or by replaying the log, with equal content.
 */
final class SearchState {
  private static final int BATCH = 1_024;

  private final RunSink sink;
  private final RunEvent.Recorded recorded;
  private final Packing packing;
  private final VolumeTrack volume;
  private SearchTerms terms;
  private Problem problem;
  private EvaluatedDesigns memo;
  private Fronts fronts;
  private long[] missed;
  private long valueless;
  private long feasible;
  private long requested;
  private int examined;
  private Session replaying;
  private final FrontChanges changes = new FrontChanges();

  private final int[] design;
  private final double[] values;
  private double[] violations;
  private final long[] key;

  SearchState(SearchTerms terms, RunSink sink) {
    this.terms = terms;
    this.problem = terms.problem();
    this.sink = sink;
    this.recorded = problem.recorded();
    this.packing = new Packing(problem.space());
    this.memo =
        new EvaluatedDesigns(
            packing, problem.objectives().size(), problem.constraints().size(), false);
    this.fronts =
        new Fronts(
            problem.objectives().subList(0, problem.frontObjectives()), Niches.of(problem.space()));
    this.volume = new VolumeTrack(problem.frontObjectives());
    this.missed = new long[problem.constraints().size()];
    this.design = new int[problem.space().dimension()];
    this.values = new double[problem.objectives().size()];
    this.violations = new double[problem.constraints().size()];
    this.key = new long[packing.words()];
  }

  EvaluatedDesigns memo() {
    return memo;
  }

  Fronts fronts() {
    return fronts;
  }

  double hypervolume() {
    return volume.volume();
  }

  Counts counts() {
    return new Counts(memo.size(), requested, feasible);
  }

  List<Long> missed() {
    return Arrays.stream(missed).boxed().toList();
  }

  long valueless() {
    return valueless;
  }

  /**
   * Merges the new designs of an island, in its order, and publishes them. Designs that an earlier
   * island found in the same round are not counted again.
   *
   * @return unique designs added
   */
  int merge(IslandEvaluator island, int round, int number) {
    requested += island.requested();
    EvaluatedDesigns fresh = island.fresh();
    int before = memo.size();
    List<Integer> batch = new ArrayList<>();
    for (int i = 0; i < fresh.size(); i++) {
      fresh.key(i, key);
      if (memo.find(key).isEmpty()) {
        memo.addFrom(fresh, i);
        batch.add(i);
        fresh.ordinals(i, design);
        for (int m = 0; m < values.length; m++) {
          values[m] = fresh.objective(i, m);
        }
        for (int c = 0; c < violations.length; c++) {
          violations[c] = fresh.violation(i, c);
        }
        count(memo.size() - 1, fresh.relativeTotal(i));
        if (batch.size() == BATCH) {
          publish(fresh, batch, round, number);
          batch.clear();
        }
      }
    }
    if (!batch.isEmpty()) {
      publish(fresh, batch, round, number);
    }
    return memo.size() - before;
  }

  /** Counts the design in the buffers, which has just been added to the memo. */
  private void count(int index, float relativeTotal) {
    boolean met = true;
    for (int c = 0; c < missed.length; c++) {
      missed[c] += violations[c] > 0 ? 1 : 0;
      met &= violations[c] == 0;
    }
    valueless += met && relativeTotal > 0 ? 1 : 0;
    feasible += relativeTotal == 0 ? 1 : 0;
    fronts.offer(index, design, values, relativeTotal);
  }

  private void publish(EvaluatedDesigns fresh, List<Integer> batch, int round, int island) {
    int count = batch.size();
    int[][] knobs = new int[design.length][count];
    Double[][] columns = new Double[values.length][count];
    double[][] amounts = new double[terms.columns().size()][count];
    for (int j = 0; j < count; j++) {
      int i = batch.get(j);
      fresh.ordinals(i, design);
      for (int k = 0; k < design.length; k++) {
        knobs[k][j] = design[k];
      }
      for (int m = 0; m < values.length; m++) {
        double value = fresh.objective(i, m);
        columns[m][j] = Double.isNaN(value) ? null : value;
      }
      for (int c = 0; c < violations.length; c++) {
        amounts[terms.column(c)][j] = fresh.violation(i, c);
      }
    }
    sink.evaluations(
        new RunEvent.Evaluations(
            (long) memo.size() - count,
            count,
            round,
            island,
            knobs,
            columns,
            amounts,
            figures(fresh, batch)));
  }

  /**
   * Recorded figures of a batch, in the columns of the run's header; a column without a figure has
   * no entries.
   */
  private RunEvent.Figures figures(EvaluatedDesigns fresh, List<Integer> batch) {
    float[][] columns = new float[recorded.size()][];
    for (int k = 0; k < columns.length; k++) {
      OptionalInt source = recordedAt(k);
      float[] column = new float[batch.size()];
      boolean isEmpty = true;
      for (int j = 0; j < column.length; j++) {
        column[j] = source.isEmpty() ? Float.NaN : fresh.recorded(batch.get(j), source.getAsInt());
        isEmpty &= Float.isNaN(column[j]);
      }
      columns[k] = isEmpty ? new float[0] : column;
    }
    int slacks = recorded.metrics().size();
    int parts = slacks + recorded.slacks().size();
    return new RunEvent.Figures(
        Arrays.copyOfRange(columns, 0, slacks),
        Arrays.copyOfRange(columns, slacks, parts),
        Arrays.copyOfRange(columns, parts, columns.length));
  }

  /**
   * The present problem's figure of a column of the header; empty if there is none. Of constraints
   * that commands replaced the slack is that to the limit of now; those that they added have none.
   */
  private OptionalInt recordedAt(int column) {
    int metrics = recorded.metrics().size();
    int slacks = recorded.slacks().size();
    if (column < metrics) {
      return OptionalInt.of(column);
    }
    if (column >= metrics + slacks) {
      return OptionalInt.of(column - slacks + violations.length);
    }
    int constraint = terms.columnOf().indexOf(column - metrics);
    return constraint < 0 ? OptionalInt.empty() : OptionalInt.of(metrics + constraint);
  }

  /**
   * Takes the hypervolume at the end of a round. Its reference is fixed by the designs of the first
   * round in which some have values.
   */
  void measure() {
    if (!volume.isFixed()) {
      List<double[]> first = new ArrayList<>();
      for (; examined < memo.size(); examined++) {
        double[] objectives = new double[values.length];
        for (int m = 0; m < objectives.length; m++) {
          objectives[m] = memo.objective(examined, m);
        }
        first.add(objectives);
      }
      volume.fix(first, fronts);
    }
    volume.update(fronts);
  }

  /**
   * Publishes the changes of the front since the last time: members that left, then members that
   * entered.
   */
  void publishFront() {
    if (changes.look(fronts.whole())) {
      publish(changes.left(), "left");
      publish(changes.entered(), "entered");
    }
  }

  private void publish(long[] indices, String change) {
    for (long index : indices) {
      memo.ordinals((int) index, design);
      sink.front(
          new RunEvent.Front(sink.designId(design.clone()), index, change, values((int) index)));
    }
  }

  private List<Double> values(int index) {
    List<Double> list = new ArrayList<>();
    for (int m = 0; m < values.length; m++) {
      list.add(memo.objective(index, m));
    }
    return list;
  }

  List<FrontMember> front() {
    List<FrontMember> members = new ArrayList<>();
    Archive front = fronts.whole();
    for (int place : front.placesByIndex()) {
      members.add(member((int) front.index(place)));
    }
    return members;
  }

  /** Designs near the front, at most a number from each niche, by rising index. */
  List<FrontMember> rivals(int most) {
    return Arrays.stream(fronts.rivals(most)).mapToObj(index -> member((int) index)).toList();
  }

  /** The infeasible design of least violation; empty without one. */
  Optional<FrontMember> nearest() {
    NearMisses misses = fronts.nearMisses();
    return misses.size() == 0 ? Optional.empty() : Optional.of(member((int) misses.index(0)));
  }

  private FrontMember member(int index) {
    memo.ordinals(index, design);
    return new FrontMember(index, Arrays.stream(design).boxed().toList(), values(index));
  }

  /**
   * Reads logged evaluations again, without telling them. The log does not hold relative
   * violations, so the infeasible designs are computed once more.
   *
   * @throws IllegalArgumentException if the event does not continue this run, or the model no
   *     longer gives the amounts that it gave
   */
  void replay(RunEvent.Evaluations event) {
    if (event.first() != memo.size()) {
      throw new IllegalArgumentException(
          "Evaluations " + event.first() + ".. do not follow " + memo.size() + " designs.");
    }
    if (replaying == null) {
      replaying = problem.newSession();
    }
    double[] again = new double[values.length];
    double[] relative = new double[violations.length];
    if (event.violations().length != terms.columns().size()) {
      throw new IllegalArgumentException(
          "Evaluations "
              + event.first()
              + ".. have "
              + event.violations().length
              + " columns of violations, not "
              + terms.columns().size()
              + ".");
    }
    for (int j = 0; j < event.count(); j++) {
      boolean met = true;
      for (int k = 0; k < design.length; k++) {
        design[k] = event.knobs()[k][j];
      }
      for (int m = 0; m < values.length; m++) {
        Double value = event.values()[m][j];
        values[m] = value == null ? Double.NaN : value;
        met &= value != null;
      }
      float total = 0;
      Arrays.fill(relative, 0);
      for (int c = 0; c < violations.length; c++) {
        met &= event.violations()[terms.column(c)][j] == 0;
      }
      if (!met) {
        total = IslandEvaluator.compute(replaying, design, again, violations, relative);
      }
      for (int c = 0; c < violations.length; c++) {
        double logged = event.violations()[terms.column(c)][j];
        if (!met && violations[c] != logged) {
          throw new IllegalArgumentException(
              "Design "
                  + (event.first() + j)
                  + " of the log misses "
                  + problem.constraints().get(c)
                  + " by "
                  + logged
                  + ", now by "
                  + violations[c]
                  + ".");
        }
        violations[c] = logged;
      }
      packing.pack(design, key, 0);
      if (!problem.space().isValid(design) || memo.find(key).isPresent()) {
        throw new IllegalArgumentException(
            "Design " + (event.first() + j) + " of the log is no new design of this space.");
      }
      count(memo.add(key, values, violations, relative, total), total);
    }
  }

  /**
   * Adds a design whose figures were computed outside a search.
   *
   * @return false if it is no new design of this space, and was not added
   */
  boolean add(
      int[] ordinals, double[] objectives, double[] amounts, double[] relative, float total) {
    if (!problem.space().isValid(ordinals)) {
      return false;
    }
    packing.pack(ordinals, key, 0);
    if (memo.find(key).isPresent()) {
      return false;
    }
    System.arraycopy(ordinals, 0, design, 0, design.length);
    System.arraycopy(objectives, 0, values, 0, values.length);
    System.arraycopy(amounts, 0, violations, 0, violations.length);
    count(memo.add(key, values, violations, relative, total), total);
    return true;
  }

  /** Index of a design; empty if it has not been evaluated. */
  OptionalInt find(int[] ordinals) {
    packing.pack(ordinals, key, 0);
    return memo.find(key);
  }

  /** The ordinals of an evaluated design. */
  int[] ordinals(long index) {
    int[] ordinals = new int[design.length];
    memo.ordinals((int) index, ordinals);
    return ordinals;
  }

  /** True if every design of the space, as far as its knobs are free, has been evaluated. */
  boolean isExhausted() {
    if (problem.space().size().compareTo(BigInteger.valueOf(memo.size())) > 0) {
      return false;
    }
    long inside = 0;
    for (int index = 0; index < memo.size(); index++) {
      memo.ordinals(index, design);
      inside += problem.space().contains(design) ? 1 : 0;
    }
    return problem.space().size().equals(BigInteger.valueOf(inside));
  }

  /**
   * Goes on under other terms. If the constraints differ, all designs are judged by the new ones:
   * fronts and counts are made anew, and nothing of the designs is lost.
   *
   * @param next the terms from here on
   * @param threads threads that may evaluate designs whose objectives do not tell the judgement
   * @param stop asked between evaluations
   * @throws IslandEvaluator.StopRequest if it is to stop; nothing has changed then
   */
  void restate(SearchTerms next, int threads, BooleanSupplier stop) {
    boolean sameConstraints = next.problem().constraints().equals(problem.constraints());
    if (!sameConstraints) {
      EvaluatedDesigns judged =
          new Rejudgement(problem, next.problem(), memo).judged(packing, threads, stop);
      memo = judged;
      violations = new double[next.problem().constraints().size()];
      missed = new long[violations.length];
      fronts = new Fronts(next.problem().objectives(), Niches.of(next.problem().space()));
      valueless = 0;
      feasible = 0;
      for (int index = 0; index < memo.size(); index++) {
        memo.ordinals(index, design);
        for (int m = 0; m < values.length; m++) {
          values[m] = memo.objective(index, m);
        }
        for (int c = 0; c < violations.length; c++) {
          violations[c] = memo.relative(index, c);
        }
        count(index, memo.relativeTotal(index));
      }
      changes.replace();
      volume.replace();
    }
    terms = next;
    problem = next.problem();
    replaying = null;
    if (!sameConstraints) {
      measure();
    }
  }

  /** Takes the changes of the front so far as published. */
  void published() {
    changes.look(fronts.whole());
  }

  /** Reads the end of a logged round again. */
  void replay(RunEvent.Round event) {
    if (event.evaluated() != memo.size()) {
      throw new IllegalArgumentException(
          "Round "
              + event.round()
              + " of the log ends at "
              + event.evaluated()
              + " designs, but "
              + memo.size()
              + " are there.");
    }
    requested = event.requested();
    measure();
    changes.look(fronts.whole());
  }
}
