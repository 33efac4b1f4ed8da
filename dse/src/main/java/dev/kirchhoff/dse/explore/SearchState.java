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

  /** Rivals of a niche (chosen): those of a dozen niches are drawn within a second. */
  private static final int RIVALS = 20;

  private final RunSink sink;
  private final RunEvent.Recorded recorded;
  private final Packing packing;
  private final VolumeTrack volume;
  private SearchTerms terms;
  private EvaluatedDesigns memo;
  private Fronts fronts;
  private long[] missed;
  private long valueless;
  private long feasible;
  private long requested;
  private int examined;
  private final FrontChanges changes = new FrontChanges();

  SearchState(SearchTerms terms, RunSink sink) {
    this.terms = terms;
    Problem problem = terms.problem();
    this.sink = sink;
    this.recorded = problem.recorded();
    this.packing = new Packing(problem.space());
    this.memo =
        new EvaluatedDesigns(
            packing, problem.objectives().size(), problem.constraints().size(), false);
    this.fronts = newFronts(problem);
    this.volume = new VolumeTrack(problem.frontObjectives());
    this.missed = new long[problem.constraints().size()];
  }

  private static Fronts newFronts(Problem problem) {
    return new Fronts(
        problem.objectives().subList(0, problem.frontObjectives()), Niches.of(problem.space()));
  }

  private Problem problem() {
    return terms.problem();
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

  /**
   * Merges the new designs of an island, in its order, and publishes them. Designs that an earlier
   * island found in the same round are not counted again.
   *
   * @return unique designs added
   */
  int merge(IslandEvaluator island, int round, int number) {
    long[] key = new long[packing.words()];
    int[] design = new int[problem().space().dimension()];
    double[] values = new double[problem().objectives().size()];
    double[] violations = new double[missed.length];
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
        count(memo.size() - 1, design, values, violations, fresh.relativeTotal(i));
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

  /** Counts a design, which has just been added to the memo. */
  private void count(
      int index, int[] design, double[] values, double[] violations, float relativeTotal) {
    boolean met = true;
    for (int c = 0; c < missed.length; c++) {
      missed[c] += violations[c] > 0 ? 1 : 0;
      met &= violations[c] == 0;
    }
    valueless += met && relativeTotal > 0 ? 1 : 0;
    feasible += relativeTotal == 0 ? 1 : 0;
    if (!terms.excluded().contains((long) index)) {
      fronts.offer(index, design, values, relativeTotal);
    }
  }

  private void publish(EvaluatedDesigns fresh, List<Integer> batch, int round, int island) {
    int count = batch.size();
    int[] design = new int[problem().space().dimension()];
    int[][] knobs = new int[design.length][count];
    double[][] columns = new double[problem().objectives().size()][count];
    double[][] amounts = new double[terms.columns().size()][count];
    float[][] shares = new float[amounts.length][count];
    for (int j = 0; j < count; j++) {
      int i = batch.get(j);
      fresh.ordinals(i, design);
      for (int k = 0; k < design.length; k++) {
        knobs[k][j] = design[k];
      }
      for (int m = 0; m < columns.length; m++) {
        columns[m][j] = fresh.objective(i, m);
      }
      for (int c = 0; c < missed.length; c++) {
        amounts[terms.column(c)][j] = fresh.violation(i, c);
        shares[terms.column(c)][j] = fresh.relative(i, c);
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
            shares,
            figures(fresh, batch)));
  }

  /** Recorded figures of a batch, in the columns of the run's header. */
  private RunEvent.Figures figures(EvaluatedDesigns fresh, List<Integer> batch) {
    float[][] columns = new float[recorded.size()][batch.size()];
    for (int k = 0; k < columns.length; k++) {
      OptionalInt source = recordedAt(k);
      for (int j = 0; j < batch.size(); j++) {
        columns[k][j] =
            source.isEmpty() ? Float.NaN : fresh.recorded(batch.get(j), source.getAsInt());
      }
    }
    int slacks = recorded.metrics().size();
    return new RunEvent.Figures(
        Arrays.copyOfRange(columns, 0, slacks),
        Arrays.copyOfRange(columns, slacks, columns.length));
  }

  /**
   * The present problem's figure of a column of the header; empty if there is none. Of constraints
   * that commands replaced the slack is that to the limit of now; those that they added have none.
   */
  private OptionalInt recordedAt(int column) {
    int metrics = recorded.metrics().size();
    if (column < metrics) {
      return OptionalInt.of(column);
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
        double[] objectives = new double[problem().objectives().size()];
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
      sink.front(
          new RunEvent.Front(sink.designId(ordinals(index)), index, change, values((int) index)));
    }
  }

  private List<Double> values(int index) {
    List<Double> list = new ArrayList<>();
    for (int m = 0; m < problem().objectives().size(); m++) {
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

  /** Designs near the front, some from each niche, by rising index. */
  private List<FrontMember> rivals() {
    return Arrays.stream(fronts.rivals(RIVALS)).mapToObj(index -> member((int) index)).toList();
  }

  /**
   * Result of a search so far.
   *
   * @param swept rows of a large sweep, of which the designs are a sample
   */
  ExploreResult result(ExploreResult.End end, int rounds, Optional<RunEvent.Swept> swept) {
    return new ExploreResult(
        front(),
        rivals(),
        excluded(),
        nearest(),
        swept.map(Counts::of).orElseGet(this::counts),
        hypervolume(),
        swept.map(RunEvent.Swept::missed).orElseGet(this::missed),
        swept.map(RunEvent.Swept::valueless).orElse(valueless),
        end,
        rounds,
        memo.size());
  }

  /** Designs that are not to be on a front, by rising index. */
  private List<Long> excluded() {
    return terms.excluded().stream().sorted().toList();
  }

  /** The infeasible design of least violation; empty without one. */
  Optional<FrontMember> nearest() {
    NearMisses misses = fronts.nearMisses();
    return misses.size() == 0 ? Optional.empty() : Optional.of(member((int) misses.index(0)));
  }

  private FrontMember member(int index) {
    return new FrontMember(index, Arrays.stream(ordinals(index)).boxed().toList(), values(index));
  }

  /**
   * Takes logged evaluations again, without telling them.
   *
   * @throws IllegalArgumentException if the event does not continue this run
   */
  void replay(RunEvent.Evaluations event) {
    if (event.first() != memo.size()) {
      throw new IllegalArgumentException(
          "Evaluations " + event.first() + ".. do not follow " + memo.size() + " designs.");
    }
    int[] design = new int[problem().space().dimension()];
    double[] values = new double[problem().objectives().size()];
    double[] violations = new double[missed.length];
    double[] relative = new double[violations.length];
    checkColumns(event, "knobs", event.knobs().length, design.length);
    checkColumns(event, "values", event.values().length, values.length);
    checkColumns(event, "violations", event.violations().length, terms.columns().size());
    for (int j = 0; j < event.count(); j++) {
      for (int k = 0; k < design.length; k++) {
        design[k] = event.knobs()[k][j];
      }
      for (int m = 0; m < values.length; m++) {
        values[m] = event.values()[m][j];
      }
      for (int c = 0; c < violations.length; c++) {
        violations[c] = event.violations()[terms.column(c)][j];
        relative[c] = event.shares()[terms.column(c)][j];
      }
      if (!add(design, values, violations, relative, IslandEvaluator.total(values, relative))) {
        throw new IllegalArgumentException(
            "Design " + (event.first() + j) + " of the log is no new design of this space.");
      }
    }
  }

  private static void checkColumns(RunEvent.Evaluations event, String name, int columns, int of) {
    if (columns != of) {
      throw new IllegalArgumentException(
          "Evaluations "
              + event.first()
              + ".. have "
              + columns
              + " columns of "
              + name
              + ", not "
              + of
              + ".");
    }
  }

  /**
   * Adds a design whose figures were computed outside a search.
   *
   * @return false if it is no new design of this space, and was not added
   */
  boolean add(
      int[] ordinals, double[] objectives, double[] amounts, double[] relative, float total) {
    if (!problem().space().isValid(ordinals)) {
      return false;
    }
    long[] key = new long[packing.words()];
    packing.pack(ordinals, key, 0);
    if (memo.find(key).isPresent()) {
      return false;
    }
    int index = memo.add(key, objectives, amounts, relative, total);
    count(index, ordinals, objectives, amounts, total);
    return true;
  }

  /** Index of a design; empty if it has not been evaluated. */
  OptionalInt find(int[] ordinals) {
    long[] key = new long[packing.words()];
    packing.pack(ordinals, key, 0);
    return memo.find(key);
  }

  /** The ordinals of an evaluated design. */
  int[] ordinals(long index) {
    int[] ordinals = new int[problem().space().dimension()];
    memo.ordinals((int) index, ordinals);
    return ordinals;
  }

  /** True if every design of the space, as far as its knobs are free, has been evaluated. */
  boolean isExhausted() {
    if (problem().space().size().compareTo(BigInteger.valueOf(memo.size())) > 0) {
      return false;
    }
    long inside = 0;
    int[] design = new int[problem().space().dimension()];
    for (int index = 0; index < memo.size(); index++) {
      memo.ordinals(index, design);
      inside += problem().space().contains(design) ? 1 : 0;
    }
    return problem().space().size().equals(BigInteger.valueOf(inside));
  }

  /**
   * Goes on under other terms. If the constraints differ, all designs are judged by the new ones;
   * then, or if other designs are excluded, fronts and counts are made anew, and nothing of the
   * designs is lost.
   *
   * @param next the terms from here on
   * @param threads threads that may evaluate designs whose objectives do not tell the judgement
   * @param stop asked between evaluations
   * @throws IslandEvaluator.StopRequest if it is to stop; nothing has changed then
   */
  void restate(SearchTerms next, int threads, BooleanSupplier stop) {
    boolean sameConstraints = next.problem().constraints().equals(problem().constraints());
    boolean sameExcluded = next.excluded().equals(terms.excluded());
    if (!sameConstraints) {
      memo = new Rejudgement(problem(), next.problem(), memo).judged(packing, threads, stop);
    }
    terms = next;
    if (!sameConstraints || !sameExcluded) {
      countAnew();
    }
  }

  private void countAnew() {
    int[] design = new int[problem().space().dimension()];
    double[] values = new double[problem().objectives().size()];
    double[] violations = new double[problem().constraints().size()];
    missed = new long[violations.length];
    fronts = newFronts(problem());
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
      count(index, design, values, violations, memo.relativeTotal(index));
    }
    changes.replace();
    volume.replace();
    measure();
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
