package dev.kirchhoff.mapper.duplicate;

/**
 * How many copies each layer's weights get from a budget of crossbars.
 *
 * <p><b>Pipelined</b> ({@link #slowest}): the slowest stage is made as fast as the budget allows,
 * exactly, with the fewest copies that do it. Proof: T falls with d, so for a time τ the cheapest
 * copies with every T ≤ τ are d(τ) = the fewest for each stage by itself; their cost C(τ) falls
 * with τ (crossbars rounded up to granules included: they never fall with d). So τ is within reach
 * exactly if C(τ) ≤ budget, and the optimum is the smallest such τ. From copies d(τ) for any τ
 * within reach, all stages that take longest together get the fewest copies that make them faster,
 * as long as the budget allows: these are d of every shorter τ in turn, so that none within reach
 * is passed over and the first that is not ends the walk. Estimates of τ start it close to its end;
 * they decide how long it is, not where it ends.
 *
 * <p><b>Layer by layer</b> ({@link #total}): the sum of the times is made as small as the budget
 * allows, exactly; see {@link TotalTime}.
 *
 * <p>Either way a larger budget never gives a slower chip. Not safe for several threads.
 */
public final class Duplication {
  private static final int AIMS = 2;
  private static final double NEAR = 4;
  private static final int RELAXED_ROUNDS = 4;

  private final TotalTime totalTime = new TotalTime();

  /** Minimises the slowest stage within {@code budget} crossbars, copies of all stages together. */
  public void slowest(Stages stages, double budget) {
    double one = 0;
    double cheapest = Double.POSITIVE_INFINITY;
    double upper = 0;
    for (int l = 0; l < stages.count(); l++) {
      double time_ns = stages.time_ns(l, 1);
      upper = time_ns > upper ? time_ns : upper;
      double first = stages.price(l, 1);
      one += first;
      double more = stages.price(l, 2) - first;
      cheapest = more < cheapest ? more : cheapest;
    }
    if (one + cheapest > budget) {
      return;
    }
    double limit = Math.min(upper, estimate(stages, budget));
    double cost = stages.price(limit);
    double near = NEAR * one / stages.count();
    for (int aim = 0; aim < AIMS && budget - cost > near; aim++) {
      // Cost rises at most as 1/τ.
      double nearer = limit * cost / budget;
      double more = stages.price(nearer);
      if (more > budget) {
        cost = stages.price(limit);
        break;
      }
      limit = nearer;
      cost = more;
    }
    while (cost > budget) {
      double longer = cost < Double.POSITIVE_INFINITY ? limit * cost / budget : 2 * limit;
      limit = Math.min(upper, Math.max(longer, stages.next_ns()));
      cost = stages.price(limit);
    }
    stages.reach();
    double more = stages.speedUp(budget - cost);
    while (more >= 0) {
      cost += more;
      more = stages.speedUp(budget - cost);
    }
    stages.take();
  }

  /**
   * About the shortest time of the slowest stage: copies may be fractions, then Σ A max(1, N ·
   * interval / τ) = budget, but rounding up costs half a copy for each stage that has several.
   * Stages that need no second copy at a τ need none at a longer one, so that the sum over the
   * others gives a rising sequence.
   */
  private static double estimate(Stages stages, double budget) {
    double bound = 0;
    double estimate = 0;
    for (int round = 0; round < RELAXED_ROUNDS; round++) {
      double work = 0;
      double left = budget;
      double half = 0;
      double longest = 0;
      for (int l = 0; l < stages.count(); l++) {
        double interval_ns = stages.interval_ns(l);
        double once = stages.vectors(l) * interval_ns;
        double crossbars = stages.crossbars(l);
        longest = interval_ns > longest ? interval_ns : longest;
        boolean several = once > bound;
        work += several ? crossbars * once : 0;
        half += several ? crossbars / 2 : 0;
        left -= several ? 0 : crossbars;
      }
      double next = Math.max(longest, left > 0 ? work / left : 0);
      estimate = left > half ? Math.max(longest, work / (left - half)) : Double.POSITIVE_INFINITY;
      if (next <= bound) {
        break;
      }
      bound = next;
    }
    return estimate;
  }

  /** Minimises the total time of the stages within {@code budget} crossbars. */
  public void total(Stages stages, double budget) {
    totalTime.minimise(stages, budget);
  }
}
