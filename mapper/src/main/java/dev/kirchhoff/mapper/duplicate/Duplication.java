package dev.kirchhoff.mapper.duplicate;

import java.util.Arrays;

/**
 * How many copies each layer's weights get from a budget of crossbars.
 *
 * <p><b>Pipelined</b> ({@link #slowest}): the slowest stage is made as fast as the budget allows,
 * exactly, with the fewest copies that do it. Proof: T falls with d, so for a time τ the cheapest
 * copies with every T ≤ τ are d(τ) = the fewest for each stage by itself; their cost C(τ) falls
 * with τ. So τ is within reach exactly if C(τ) ≤ budget, and the optimum is the smallest such τ. It
 * lies between two bounds: an upper one is any τ within reach, lowered to the time that its copies
 * really take; a lower one follows from any τ out of reach: some stage must have fewer copies than
 * d(τ), and then it takes at least T(d(τ) − 1), so the optimum is at least the smallest of these.
 * Interpolation and halving bring the bounds together; since times are discrete they meet.
 *
 * <p><b>Layer by layer</b> ({@link #total}): the sum of ⌈N/d⌉ · interval is lowered by marginal
 * gains: always the step with the largest gain for each crossbar, along the lower convex hull of
 * (d, ⌈N/d⌉), until the next step does not fit. Proof (Fox, Operations Research 14 (1966), doi
 * 10.1287/opre.14.2.210): on hulls gains fall, so after each step the copies minimise the sum of
 * time + λ · crossbars with λ = that step's gain; no other copies of the same or lower cost are
 * faster. So it is exact for the crossbars that it spends. What remains of the budget is less than
 * the next step needs and stays unspent (spending it is a knapsack problem, and would let a larger
 * budget give a slower chip). A stage that its tile's buffer or units bound gets no more copies.
 *
 * <p>Hulls are kept per N; an instance is not safe for several threads.
 */
public final class Duplication {
  private static final int HULLS = 256;
  private static final int BISECT_EVERY = 3;
  private static final int RELAXED_ROUNDS = 4;

  private final int[] hullVectors = new int[HULLS];
  private final int[][] hulls = new int[HULLS][];
  private int hullCount;
  private int[] vertex = new int[32];

  /** Minimises the slowest stage within {@code budget} crossbars, copies of all stages together. */
  public void slowest(Stages stages, double budget) {
    double one = 0;
    double cheapest = Double.POSITIVE_INFINITY;
    double upper = 0;
    for (int l = 0; l < stages.count(); l++) {
      upper = Math.max(upper, stages.time_ns(l, 1));
      one += stages.crossbars(l);
      cheapest = Math.min(cheapest, stages.crossbars(l));
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
    if (vertex.length < stages.count()) {
      vertex = new int[stages.count()];
    }
    Arrays.fill(vertex, 0, stages.count(), 0);
    double left = budget - stages.crossbars();
    while (true) {
      int best = -1;
      double bestGain = 0;
      for (int l = 0; l < stages.count(); l++) {
        double gain = gain(stages, l);
        if (gain > bestGain) {
          bestGain = gain;
          best = l;
        }
      }
      if (best < 0) {
        return;
      }
      int[] hull = hull((int) stages.vectors(best));
      int copies = hull[vertex[best] + 1];
      double price = (copies - stages.copies(best)) * stages.crossbars(best);
      if (price > left) {
        return;
      }
      left -= price;
      vertex[best]++;
      stages.setCopies(best, copies);
    }
  }

  /**
   * Time gained for each crossbar by the stage's next step; 0 if it has none or it would gain
   * nothing.
   */
  private double gain(Stages stages, int l) {
    int[] hull = hull((int) stages.vectors(l));
    int v = vertex[l];
    if (v + 1 >= hull.length) {
      return 0;
    }
    if (stages.time_ns(l, hull[v + 1]) >= stages.time_ns(l, hull[v])) {
      return 0;
    }
    double reads =
        ceil((int) stages.vectors(l), hull[v]) - ceil((int) stages.vectors(l), hull[v + 1]);
    return reads * stages.interval_ns(l) / ((hull[v + 1] - hull[v]) * stages.crossbars(l));
  }

  /** Copies d at the vertices of the lower convex hull of (d, ⌈n/d⌉), ascending from 1. */
  int[] hull(int n) {
    for (int i = 0; i < hullCount; i++) {
      if (hullVectors[i] == n) {
        return hulls[i];
      }
    }
    int[] found = computeHull(n);
    if (hullCount == HULLS) {
      hullCount = 0;
    }
    hullVectors[hullCount] = n;
    hulls[hullCount] = found;
    hullCount++;
    return found;
  }

  private static int[] computeHull(int n) {
    int[] d = new int[2 * (int) Math.sqrt(n) + 4];
    int size = 0;
    int next = 1;
    while (true) {
      int value = ceil(n, next);
      while (size >= 2 && above(n, d[size - 2], d[size - 1], next, value)) {
        size--;
      }
      d[size++] = next;
      if (value == 1) {
        return Arrays.copyOf(d, size);
      }
      // The smallest d with a smaller ⌈n/d⌉.
      next = ceil(n, value - 1);
    }
  }

  /** Whether the middle point lies on or above the line from the first to the last. */
  private static boolean above(int n, int first, int middle, int last, int lastValue) {
    long firstValue = ceil(n, first);
    long middleValue = ceil(n, middle);
    return (firstValue - middleValue) * (last - middle)
        <= (middleValue - lastValue) * (long) (middle - first);
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }
}
