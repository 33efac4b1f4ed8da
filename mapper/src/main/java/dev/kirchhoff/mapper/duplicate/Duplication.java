package dev.kirchhoff.mapper.duplicate;

/**
 * How many copies each layer's weights get from a budget of crossbars.
 *
 * <p><b>Pipelined</b> ({@link #slowest}): the slowest stage is made as fast as the budget allows,
 * exactly, with the fewest copies that do it. Proof: T falls with d, so for a time τ the cheapest
 * copies with every T ≤ τ are d(τ) = the fewest for each stage by itself; their cost C(τ) falls
 * with τ (crossbars rounded up to granules included: they never fall with d). So τ is within reach
 * exactly if C(τ) ≤ budget, and the optimum is the smallest such τ. It lies between two bounds: an
 * upper one is any τ within reach, lowered to the time that its copies really take; a lower one
 * follows from any τ out of reach: some stage must have fewer copies than d(τ), and then it takes
 * at least T(d(τ) − 1), so the optimum is at least the smallest of these. Interpolation and halving
 * bring the bounds together; since times are discrete they meet.
 *
 * <p><b>Layer by layer</b> ({@link #total}): the sum of the times is made as small as the budget
 * allows, exactly; see {@link TotalTime}.
 *
 * <p>Either way a larger budget never gives a slower chip. Not safe for several threads.
 */
public final class Duplication {
  private static final int BISECT_EVERY = 3;
  private static final int RELAXED_ROUNDS = 4;

  private final TotalTime totalTime = new TotalTime();

  /** Minimises the slowest stage within {@code budget} crossbars, copies of all stages together. */
  public void slowest(Stages stages, double budget) {
    double one = 0;
    double cheapest = Double.POSITIVE_INFINITY;
    double upper = 0;
    for (int l = 0; l < stages.count(); l++) {
      upper = Math.max(upper, stages.time_ns(l, 1));
      double first = stages.price(l, 1);
      one += first;
      cheapest = Math.min(cheapest, stages.price(l, 2) - first);
    }
    if (one + cheapest > budget) {
      return;
    }
    double lower = relaxed(stages, budget);
    double upperCost = one;
    double out = 0;
    double outCost = 0;
    // Rounding up costs half a copy a stage.
    double candidate =
        Math.min(upper, relaxed(stages, Math.max(one, budget - halfCopies(stages, lower))));
    boolean isPriced = false;
    for (int round = 1; upper > lower * (1 + Stages.TOLERANCE); round++) {
      double cost = stages.price(candidate);
      isPriced = cost <= budget;
      if (isPriced) {
        upper = stages.reached();
        upperCost = cost;
        if (candidate <= lower) {
          break;
        }
      } else {
        out = candidate;
        outCost = cost;
        lower = Math.max(lower, stages.next_ns());
      }
      if (round % BISECT_EVERY == 0 || out == 0 || outCost == Double.POSITIVE_INFINITY) {
        candidate = out == 0 ? lower : Math.max(lower, 0.5 * (lower + upper));
      } else {
        // Cost is nearly linear in 1/τ.
        double share = (outCost - budget) / (outCost - upperCost);
        double inverse = 1 / out + share * (1 / upper - 1 / out);
        candidate = Math.max(lower, 1 / inverse);
        if (candidate >= upper) {
          candidate = lower;
        }
      }
    }
    if (!isPriced) {
      stages.price(upper);
    }
    stages.take();
  }

  /**
   * A lower bound: copies may be fractions. Then Σ A max(1, N · interval / τ) = budget; stages that
   * need no second copy at a τ need none at a longer one, so the sum over the others gives a rising
   * sequence of bounds.
   */
  private static double relaxed(Stages stages, double budget) {
    double bound = 0;
    for (int round = 0; round < RELAXED_ROUNDS; round++) {
      double work = 0;
      double left = budget;
      double longest = 0;
      for (int l = 0; l < stages.count(); l++) {
        double once = stages.vectors(l) * stages.interval_ns(l);
        longest = Math.max(longest, stages.interval_ns(l));
        if (once > bound) {
          work += stages.crossbars(l) * once;
        } else {
          left -= stages.crossbars(l);
        }
      }
      double next = Math.max(longest, left > 0 ? work / left : 0);
      if (next <= bound) {
        return bound;
      }
      bound = next;
    }
    return bound;
  }

  private static double halfCopies(Stages stages, double limit_ns) {
    double sum = 0;
    for (int l = 0; l < stages.count(); l++) {
      if (stages.vectors(l) * stages.interval_ns(l) > limit_ns) {
        sum += stages.crossbars(l) / 2;
      }
    }
    return sum;
  }

  /** Minimises the total time of the stages within {@code budget} crossbars. */
  public void total(Stages stages, double budget) {
    totalTime.minimise(stages, budget);
  }
}
