package dev.kirchhoff.dse.budget;

import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.space.Packing;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/**
 * Evaluation on one island in one round: the shared memo, frozen at the start of the round, and the
 * new designs of the island.
 *
 * <p>A design is known by a number: its index if the shared memo has it, else the memo's size plus
 * its place among the island's new ones. Only new designs are computed and count; every question
 * counts as requested. When the round's quota is used up nothing new is computed any more, and
 * {@link #evaluate} gives no number.
 */
public final class IslandEvaluator {

  /** Thrown out of an evaluation when the run is to stop; the round is then void. */
  public static final class StopRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The request. */
    public StopRequest() {
      super("The search was asked to stop.", null, false, false);
    }
  }

  private final DesignSpace space;
  private final Packing packing;
  private final Session session;
  private final EvaluatedDesigns shared;
  private final EvaluatedDesigns fresh;
  private final BooleanSupplier stop;
  private final BooleanSupplier enough;
  private final double[] objectives;
  private final double[] violations;
  private final double[] relative;
  private final float[] recorded;
  private final long[] key;

  private int base;
  private int quota;
  private int uniqueLimit;
  private int unique;
  private long requested;
  private boolean cut;
  private volatile int reached;
  private List<IslandEvaluator> earlier = List.of();

  /** An evaluator whose rounds nothing but their quota ends. */
  public IslandEvaluator(Problem problem, EvaluatedDesigns shared, BooleanSupplier stop) {
    this(problem, shared, stop, () -> false);
  }

  /**
   * An evaluator of one island.
   *
   * @param problem the problem
   * @param shared the memo of all islands
   * @param stop asked before each computation
   * @param enough asked after each computation: true ends the round as if its quota were used up
   */
  public IslandEvaluator(
      Problem problem, EvaluatedDesigns shared, BooleanSupplier stop, BooleanSupplier enough) {
    this.space = problem.space();
    this.packing = new Packing(space);
    this.session = problem.newSession();
    this.shared = shared;
    this.stop = stop;
    this.enough = enough;
    this.objectives = new double[problem.objectives().size()];
    this.violations = new double[problem.constraints().size()];
    this.relative = new double[problem.constraints().size()];
    this.recorded = new float[problem.recorded().size()];
    this.key = new long[packing.words()];
    this.fresh =
        EvaluatedDesigns.ofRound(packing, objectives.length, violations.length, recorded.length);
  }

  /**
   * Begins a round.
   *
   * @param quota new designs that the island may compute
   * @param uniqueLimit new designs that are in none of the earlier islands' either
   * @param earlier islands that are merged before this one and have finished their round; only read
   *     to count
   */
  public void begin(int quota, int uniqueLimit, List<IslandEvaluator> earlier) {
    this.base = shared.size();
    this.quota = quota;
    this.uniqueLimit = uniqueLimit;
    this.earlier = List.copyOf(earlier);
    this.unique = 0;
    this.cut = false;
    this.requested = 0;
    fresh.clear();
    reached = base;
  }

  /** The space of the designs. */
  public DesignSpace space() {
    return space;
  }

  /** Number of objectives. */
  public int objectives() {
    return objectives.length;
  }

  /** True if the round's quota of new designs is used up. */
  public boolean exhausted() {
    return fresh.size() >= quota || unique >= uniqueLimit;
  }

  /** True if the round began with a quota of none: the island takes no part in it. */
  public boolean isLeftOut() {
    return quota == 0;
  }

  /** Designs known: the shared ones, then the island's new ones. */
  public int known() {
    return base + fresh.size();
  }

  /** Designs known when the round began. */
  public int knownBefore() {
    return base;
  }

  /**
   * New designs of the round in hand, before they are merged. From the thread that merges rounds,
   * while the island's own goes on.
   */
  public int inHand() {
    return Math.max(0, reached - shared.size());
  }

  /** Questions asked in this round. */
  public long requested() {
    return requested;
  }

  /** New designs of this round that none of the earlier islands has. */
  public int unique() {
    return unique;
  }

  /** The island's new designs, by their place in this round. */
  public EvaluatedDesigns fresh() {
    return fresh;
  }

  /** True if a design has been evaluated; not counted as a request. */
  public boolean isKnown(int[] ordinals) {
    return number(ordinals).isPresent();
  }

  /** The number of a design that has been evaluated; not counted as a request. */
  public OptionalInt number(int[] ordinals) {
    packing.pack(ordinals, key, 0);
    return find();
  }

  private OptionalInt find() {
    OptionalInt index = shared.find(key);
    if (index.isPresent()) {
      return index;
    }
    OptionalInt local = fresh.find(key);
    return local.isPresent() ? OptionalInt.of(base + local.getAsInt()) : local;
  }

  /**
   * Evaluates a design, or remembers it.
   *
   * @return its number; empty for a new design once the quota is used up
   * @throws StopRequest if the run is to stop
   * @throws IllegalStateException if the model gives a violation that is negative, not a number or
   *     infinite
   */
  public OptionalInt evaluate(int[] ordinals) {
    packing.pack(ordinals, key, 0);
    OptionalInt number = find();
    if (number.isPresent()) {
      requested++;
      return number;
    }
    if (exhausted()) {
      return OptionalInt.empty();
    }
    checkStop();
    requested++;
    float total = compute(session, ordinals, objectives, violations, relative, recorded);
    return add(objectives, violations, relative, total, recorded);
  }

  /**
   * Takes a design that was computed elsewhere, as {@link #compute} does, or remembers it.
   *
   * @return its number; empty for a new design once the quota is used up
   * @throws StopRequest if the run is to stop
   */
  public OptionalInt take(
      int[] ordinals,
      double[] objectiveValues,
      double[] amounts,
      double[] shares,
      float total,
      float[] figures) {
    packing.pack(ordinals, key, 0);
    OptionalInt number = find();
    if (number.isEmpty() && exhausted()) {
      return OptionalInt.empty();
    }
    checkStop();
    requested++;
    return number.isPresent() ? number : add(objectiveValues, amounts, shares, total, figures);
  }

  /** Adds the new design of the key. */
  private OptionalInt add(
      double[] objectiveValues, double[] amounts, double[] shares, float total, float[] figures) {
    if (isUnique()) {
      unique++;
    }
    int added = fresh.add(key, objectiveValues, amounts, shares, total, figures);
    reached = base + fresh.size();
    if (!exhausted() && enough.getAsBoolean()) {
      quota = fresh.size();
      cut = true;
    }
    return OptionalInt.of(base + added);
  }

  /**
   * Checks whether the run is to go on.
   *
   * @throws StopRequest if it is to stop
   */
  public void checkStop() {
    if (stop.getAsBoolean()) {
      throw new StopRequest();
    }
  }

  /**
   * New designs after which the round was ended; empty if nothing ended it. A round with this quota
   * repeats it.
   */
  public OptionalInt cut() {
    return cut ? OptionalInt.of(quota) : OptionalInt.empty();
  }

  private boolean isUnique() {
    for (IslandEvaluator island : earlier) {
      if (island.fresh.find(key).isPresent()) {
        return false;
      }
    }
    return true;
  }

  /** Computes a design outside a round, without recorded figures. */
  public static float compute(
      Session session,
      int[] ordinals,
      double[] objectives,
      double[] violations,
      double[] relative) {
    return compute(
        session, ordinals, objectives, violations, relative, EvaluatedDesigns.UNRECORDED);
  }

  /**
   * Computes a design.
   *
   * @param recorded receives recorded figures; NaN of a design that limits on knobs rule out
   * @return sum of its relative violations; a missing objective counts as 1, so that a design which
   *     is ruled out unpriced ranks behind one that is priced
   * @throws IllegalStateException if the model gives a violation that is negative, not a number or
   *     infinite
   */
  public static float compute(
      Session session,
      int[] ordinals,
      double[] objectives,
      double[] violations,
      double[] relative,
      float[] recorded) {
    Arrays.fill(violations, 0);
    Arrays.fill(relative, 0);
    if (session.prune(ordinals, violations, relative)) {
      Arrays.fill(objectives, Double.NaN);
      Arrays.fill(recorded, Float.NaN);
    } else {
      Arrays.fill(violations, 0);
      Arrays.fill(relative, 0);
      session.evaluate(ordinals, objectives, violations, relative, recorded);
    }
    for (int c = 0; c < relative.length; c++) {
      if (!(violations[c] >= 0 && relative[c] >= 0 && relative[c] < Double.POSITIVE_INFINITY)) {
        throw new IllegalStateException(
            "The violation ("
                + violations[c]
                + ", relative "
                + relative[c]
                + ") of constraint ("
                + c
                + ") of design "
                + Arrays.toString(ordinals)
                + " must be a finite amount.");
      }
      // A miss so small that its share rounds to nothing is still a miss.
      relative[c] = violations[c] > 0 ? Math.max(relative[c], Float.MIN_NORMAL) : 0;
    }
    if (Arrays.stream(objectives).anyMatch(Double::isInfinite)) {
      throw new IllegalStateException(
          "An objective of design " + Arrays.toString(ordinals) + " is infinite.");
    }
    return total(objectives, relative);
  }

  /**
   * Sum of the violations of a design as shares of the limits, each as the memo and the log keep
   * it, in 32 bits; a missing objective counts as 1.
   */
  public static float total(double[] objectives, double[] relative) {
    double total = 0;
    for (double share : relative) {
      total += (float) share;
    }
    for (double value : objectives) {
      total += Double.isNaN(value) ? 1 : 0;
    }
    return (float) Math.min(total, Float.MAX_VALUE);
  }

  /** Copies the ordinals of a known design. */
  public void ordinals(int number, int[] into) {
    if (number < base) {
      shared.ordinals(number, into);
    } else {
      fresh.ordinals(number - base, into);
    }
  }

  /** An objective of a known design; NaN = no value. */
  public double objective(int number, int objective) {
    return number < base
        ? shared.objective(number, objective)
        : fresh.objective(number - base, objective);
  }

  /** Number of constraints. */
  public int constraints() {
    return violations.length;
  }

  /** A violation of a known design as a share of the limit. */
  public float relative(int number, int constraint) {
    return number < base
        ? shared.relative(number, constraint)
        : fresh.relative(number - base, constraint);
  }

  /** Sum of the relative violations of a known design; 0 = feasible. */
  public float relativeTotal(int number) {
    return number < base ? shared.relativeTotal(number) : fresh.relativeTotal(number - base);
  }

  /** True if a known design meets every constraint and has every objective. */
  public boolean isFeasible(int number) {
    return relativeTotal(number) == 0;
  }
}
