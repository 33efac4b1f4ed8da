package dev.kirchhoff.mapper.duplicate;

import java.util.OptionalDouble;

/**
 * Copies for which the slowest stage of a pipeline is as fast as a budget of crossbars allows: the
 * cheapest copies of each stage for a limit of time, and the walk to shorter limits ({@link
 * Duplication#slowest}). One object for each search.
 */
final class SlowestStage {
  private static final int AIMS = 2;
  private static final double NEAR = 4;
  private static final int RELAXED_ROUNDS = 4;

  private final Stages stages;
  private final double budget;

  /** By stage, the fewest copies for the limit that was priced last. */
  private final double[] wanted;

  private final double[] time_ns;
  private final double[] faster;

  private SlowestStage(Stages stages, double budget) {
    this.stages = stages;
    this.budget = budget;
    wanted = new double[stages.count()];
    time_ns = new double[stages.count()];
    faster = new double[stages.count()];
  }

  /** The fewest copies that make the slowest stage as fast as a budget of crossbars allows. */
  static Copies minimise(Stages stages, double budget) {
    double one = 0;
    double cheapest = Double.POSITIVE_INFINITY;
    double upper_ns = 0;
    for (int s = 0; s < stages.count(); s++) {
      double time_ns = stages.time_ns(s, 1);
      upper_ns = time_ns > upper_ns ? time_ns : upper_ns;
      double first = stages.price(s, 1);
      one += first;
      double more = stages.price(s, 2) - first;
      cheapest = more < cheapest ? more : cheapest;
    }
    return one + cheapest > budget
        ? Copies.oneEach(stages.count())
        : new SlowestStage(stages, budget).search(one, upper_ns);
  }

  private Copies search(double one, double upper_ns) {
    double limit_ns = Math.min(upper_ns, estimate_ns());
    double cost = price(limit_ns);
    double near = NEAR * one / stages.count();
    for (int aim = 0; aim < AIMS && budget - cost > near; aim++) {
      // Cost rises at most as 1/τ.
      double nearer_ns = limit_ns * cost / budget;
      double more = price(nearer_ns);
      if (more > budget) {
        cost = price(limit_ns);
        break;
      }
      limit_ns = nearer_ns;
      cost = more;
    }
    while (cost > budget) {
      double longer_ns = cost < Double.POSITIVE_INFINITY ? limit_ns * cost / budget : 2 * limit_ns;
      limit_ns = Math.min(upper_ns, Math.max(longer_ns, next_ns()));
      cost = price(limit_ns);
    }
    for (int s = 0; s < time_ns.length; s++) {
      time_ns[s] = time_ns(s, wanted[s]);
    }
    OptionalDouble more = speedUp(budget - cost);
    while (more.isPresent()) {
      cost += more.getAsDouble();
      more = speedUp(budget - cost);
    }
    int[] copies = new int[wanted.length];
    for (int s = 0; s < copies.length; s++) {
      copies[s] = (int) wanted[s];
    }
    return Copies.ofStages(copies);
  }

  /**
   * About the shortest time of the slowest stage: copies may be fractions, then Σ A max(1, N ·
   * interval / τ) = budget, but rounding up costs half a copy for each stage that has several.
   * Stages that need no second copy at a τ need none at a longer one, so that the sum over the
   * others gives a rising sequence.
   */
  private double estimate_ns() {
    double bound_ns = 0;
    double estimate_ns = 0;
    for (int round = 0; round < RELAXED_ROUNDS; round++) {
      double work = 0;
      double left = budget;
      double half = 0;
      double longest_ns = 0;
      for (int s = 0; s < stages.count(); s++) {
        double interval_ns = stages.interval_ns(s);
        double once_ns = stages.vectors(s) * interval_ns;
        double crossbars = stages.crossbars(s);
        longest_ns = interval_ns > longest_ns ? interval_ns : longest_ns;
        boolean several = once_ns > bound_ns;
        work += several ? crossbars * once_ns : 0;
        half += several ? crossbars / 2 : 0;
        left -= several ? 0 : crossbars;
      }
      double next_ns = Math.max(longest_ns, left > 0 ? work / left : 0);
      estimate_ns =
          left > half ? Math.max(longest_ns, work / (left - half)) : Double.POSITIVE_INFINITY;
      if (next_ns <= bound_ns) {
        break;
      }
      bound_ns = next_ns;
    }
    return estimate_ns;
  }

  /**
   * Finds for each stage the fewest copies that bring it to at most {@code limit_ns}.
   *
   * @return their crossbars; infinite if some stage cannot be so fast
   */
  private double price(double limit_ns) {
    want(limit_ns * (1 + Stages.TOLERANCE));
    double cost = 0;
    for (int s = 0; s < wanted.length; s++) {
      if (wanted[s] > stages.vectors(s)) {
        wanted[s] = Double.POSITIVE_INFINITY;
      }
      cost += stages.price(s, wanted[s]);
    }
    return cost;
  }

  /**
   * Writes the fewest copies that bring each stage to a limit: ⌈N / ⌊limit / interval⌋⌉, and
   * ⌈shared / limit · Q / A⌉ where shared is longer than the limit; more than N where none can.
   * Without branches, so that several stages are computed at once.
   */
  private void want(double limit_ns) {
    double perTile = stages.crossbarsPerTile();
    for (int s = 0; s < wanted.length; s++) {
      double reads = Math.floor(limit_ns / stages.interval_ns(s));
      double tiles = stages.shared_ns(s) / limit_ns;
      double isLonger = Math.min(1, Math.ceil(tiles) - 1);
      double forTiles = isLonger * Math.ceil(tiles * perTile / stages.crossbars(s));
      wanted[s] = Math.max(Math.ceil(stages.vectors(s) / reads), forTiles);
    }
  }

  /**
   * Gives the slowest of all stages, those that take as long together, the fewest copies that make
   * them faster.
   *
   * @param left crossbars that this may take
   * @return crossbars that it takes; empty if it takes too many and nothing has changed
   */
  private OptionalDouble speedUp(double left) {
    double least_ns = slowest_ns() / (1 + Stages.TOLERANCE);
    double limit_ns = least_ns * (1 - Stages.TOLERANCE);
    double more = 0;
    for (int s = 0; s < wanted.length; s++) {
      if (time_ns[s] >= least_ns) {
        faster[s] = stages.copiesFor(s, limit_ns);
        more += stages.price(s, faster[s]) - stages.price(s, wanted[s]);
        if (!(more <= left)) {
          return OptionalDouble.empty();
        }
      }
    }
    for (int s = 0; s < wanted.length; s++) {
      if (time_ns[s] >= least_ns) {
        wanted[s] = faster[s];
        time_ns[s] = time_ns(s, wanted[s]);
      }
    }
    return OptionalDouble.of(more);
  }

  /** Time of a stage with d copies; infinite without any. */
  private double time_ns(int s, double d) {
    double tiles = stages.crossbars(s) * d / stages.crossbarsPerTile();
    return Math.max(stages.reads_ns(s, d), stages.shared_ns(s) / Math.max(1, tiles));
  }

  private double slowest_ns() {
    double slowest_ns = 0;
    for (double stage_ns : time_ns) {
      slowest_ns = stage_ns > slowest_ns ? stage_ns : slowest_ns;
    }
    return slowest_ns;
  }

  /** The shortest time at which some stage needs fewer copies than those priced last. */
  private double next_ns() {
    double next_ns = Double.POSITIVE_INFINITY;
    for (int s = 0; s < wanted.length; s++) {
      // A copy less; as many as there are vectors where no number was enough.
      double less_ns = time_ns(s, Math.min(wanted[s] - 1, stages.vectors(s)));
      next_ns = less_ns < next_ns ? less_ns : next_ns;
    }
    return next_ns;
  }
}
