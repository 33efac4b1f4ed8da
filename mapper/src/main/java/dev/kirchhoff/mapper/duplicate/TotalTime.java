package dev.kirchhoff.mapper.duplicate;

import java.util.Arrays;

/**
 * The copies with the smallest total time Σ T_l(d_l) among those with Σ c_l(d_l) ≤ B crossbars,
 * exactly.
 *
 * <p>One: on the lower convex hulls of (c_l, T_l) steps are taken in the order of their gain, time
 * for each crossbar, until the next one does not fit. Let λ be the gain of that step, and ρ_l(d) =
 * T_l(d) + λ c_l(d) − min over d'. Gains fall along a hull, so the copies reached, d*, have ρ = 0
 * everywhere (Fox, Operations Research 14 (1966), doi 10.1287/opre.14.2.210), and any copies d
 * within the budget have
 *
 * <pre>Σ T_l(d_l) = Σ T_l(d*_l) − λ r + Σ ρ_l(d_l) + λ (B − Σ c_l(d_l)),   r = B − Σ c_l(d*_l)
 * </pre>
 *
 * <p>where both last terms are at least 0: nothing is faster than Σ T(d*) − λ r. If r = 0 or no
 * step is left, d* is optimal.
 *
 * <p>Two: what is left is spent on the best single steps that still fit. Let these copies be γ
 * above the bound. Copies that are faster must have Σ ρ_l + λ · unspent &lt; γ; so each stage has
 * only the options with ρ_l &lt; γ, and those lie around d*, as ρ on the hull grows both ways and
 * bounds the options between two corners from below.
 *
 * <p>Three: stage by stage all combinations of these options are made, kept in the order of their
 * crossbars, and dropped when their Σ ρ reaches γ, when no choice of the other stages brings them
 * within the budget or to less than γ / λ unspent, or when another has no more crossbars and no
 * more time (whatever follows that one, follows this one as well and is no worse: Nemhauser and
 * Ullmann, Management Science 15 (1969), doi 10.1287/mnsc.15.9.494). None of these rules drops all
 * fastest combinations, so the fastest of the rest is optimal. First this is tried with a part of
 * γ: what is found below it is the best there is.
 *
 * <p>Work grows with the combinations left in step three, of which no two have the same crossbars;
 * a few hundred in practice. Times that differ by less than 1e-12 of the total count as equal.
 * Curves of ⌈N/d⌉ are kept per N; scratch is reused, nothing is allocated once it has grown. Not
 * safe for several threads.
 */
final class TotalTime {
  private static final int CURVES = 256;
  private static final int ROUNDS = 6;
  private static final double LEAST_RAISE = 1.05;
  private static final double NARROWEST = 64;
  private static final double WIDER = 4;
  private static final double TOLERANCE = 1e-12;

  private final int[] keptVectors = new int[CURVES];
  private final Curve[] kept = new Curve[CURVES];
  private int keptCount;

  private final Combinations combinations = new Combinations();
  private Curve[] own = new Curve[0];
  private Curve[] curve = new Curve[0];
  private double[] priceScale = new double[0];
  private double[] timeScale = new double[0];
  private int[] corner = new int[0];
  private int[] option = new int[0];
  private double[] gain = new double[0];
  private int count;

  /** Sets the copies of the stages. */
  void minimise(Stages stages, double budget) {
    count = stages.count();
    room();
    if (draw(stages, budget) > budget) {
      return;
    }
    jump(budget);
    double critical = climb(budget);
    double left = budget - spent();
    if (critical > 0 && left > 0) {
      refine(left, critical);
    }
    for (int l = 0; l < count; l++) {
      stages.setCopies(l, curve[l].copies(option[l]));
    }
  }

  private void room() {
    if (curve.length >= count) {
      return;
    }
    int had = own.length;
    own = Arrays.copyOf(own, count);
    for (int l = had; l < count; l++) {
      own[l] = new Curve();
    }
    curve = new Curve[count];
    priceScale = new double[count];
    timeScale = new double[count];
    corner = new int[count];
    option = new int[count];
    gain = new double[count];
  }

  /**
   * Draws the curves of all stages as far as the budget reaches.
   *
   * @return crossbars of one copy of each
   */
  private double draw(Stages stages, double budget) {
    double one = 0;
    for (int l = 0; l < count; l++) {
      one += stages.price(l, 1);
    }
    for (int l = 0; l < count && one <= budget; l++) {
      corner[l] = 0;
      if (stages.isBoundByCrossbars(l)) {
        curve[l] = ofVectors((int) stages.vectors(l));
        priceScale[l] = stages.crossbars(l);
        timeScale[l] = stages.interval_ns(l);
      } else {
        curve[l] = own[l];
        priceScale[l] = 1;
        timeScale[l] = 1;
        trace(stages, l, budget - one + stages.price(l, 1));
      }
    }
    return one;
  }

  private void trace(Stages stages, int l, double most) {
    Curve found = own[l];
    found.clear();
    double largest = stages.vectors(l);
    for (int d = 1; d <= largest; d = stages.next(l, d)) {
      double price = stages.price(l, d);
      if (price > most) {
        break;
      }
      found.add(d, price, stages.time_ns(l, d));
    }
    found.close();
  }

  private double spent() {
    double sum = 0;
    for (int l = 0; l < count; l++) {
      sum += curve[l].price(option[l]) * priceScale[l];
    }
    return sum;
  }

  /** Curve of ⌈n/d⌉, kept from stage to stage and design to design. */
  Curve ofVectors(int n) {
    for (int i = 0; i < keptCount; i++) {
      if (keptVectors[i] == n) {
        return kept[i];
      }
    }
    if (keptCount == CURVES) {
      keptCount = 0;
    }
    Curve found = Curve.ofVectors(n);
    keptVectors[keptCount] = n;
    kept[keptCount] = found;
    keptCount++;
    return found;
  }

  /**
   * Takes at once all steps whose gain is at least an estimate of the last step's: with T = K/d the
   * copies √(K / (λ A)) spend √λ = Σ √(K A) / B.
   */
  private void jump(double budget) {
    double limit = estimate(budget);
    for (int round = 0; round < ROUNDS; round++) {
      double cost = 0;
      for (int l = 0; l < count; l++) {
        corner[l] = curve[l].cornerFor(limit * priceScale[l] / timeScale[l]);
        cost += curve[l].price(curve[l].corner(corner[l])) * priceScale[l];
      }
      if (cost <= budget) {
        return;
      }
      limit *= Math.max(LEAST_RAISE, cost / budget * (cost / budget));
    }
    Arrays.fill(corner, 0, count, 0);
  }

  private double estimate(double budget) {
    double limit = 0;
    for (int round = 0; round < ROUNDS; round++) {
      double roots = 0;
      double left = budget;
      for (int l = 0; l < count; l++) {
        double price = curve[l].price(0) * priceScale[l];
        double time = curve[l].time(0) * timeScale[l];
        if (time > limit * price) {
          roots += Math.sqrt(time * price);
        } else {
          left -= price;
        }
      }
      double next = left > 0 ? roots / left * (roots / left) : limit;
      if (next <= limit) {
        return limit;
      }
      limit = next;
    }
    return limit;
  }

  /**
   * Takes further steps in the order of their gain.
   *
   * @return gain of the first step that does not fit; 0 if none is left
   */
  private double climb(double budget) {
    double left = budget;
    for (int l = 0; l < count; l++) {
      option[l] = curve[l].corner(corner[l]);
      left -= curve[l].price(option[l]) * priceScale[l];
      gain[l] = curve[l].slope(corner[l]) * timeScale[l] / priceScale[l];
    }
    while (true) {
      int best = 0;
      for (int l = 1; l < count; l++) {
        if (gain[l] > gain[best]) {
          best = l;
        }
      }
      if (count == 0 || gain[best] == 0) {
        return 0;
      }
      Curve steps = curve[best];
      int next = steps.corner(corner[best] + 1);
      double price = (steps.price(next) - steps.price(option[best])) * priceScale[best];
      if (price > left) {
        return gain[best];
      }
      left -= price;
      corner[best]++;
      option[best] = next;
      gain[best] = steps.slope(corner[best]) * timeScale[best] / priceScale[best];
    }
  }

  /** Spends what steps of the hulls leave. */
  private void refine(double left, double critical) {
    double total = 0;
    for (int l = 0; l < count; l++) {
      total += curve[l].time(option[l]) * timeScale[l];
    }
    double above = critical * left - fill(left) - TOLERANCE * total;
    if (above <= 0) {
      return;
    }
    for (double tried = above / NARROWEST; ; tried *= WIDER) {
      combinations.clear(left, critical, Math.min(tried, above));
      for (int l = 0; l < count; l++) {
        gather(l, critical, Math.min(tried, above));
      }
      if (combinations.solve()) {
        for (int l = 0; l < count; l++) {
          option[l] = combinations.option(l);
        }
        return;
      }
      if (tried >= above) {
        return;
      }
    }
  }

  /** Takes the best single steps that fit, of any options; returns the time that they gain. */
  private double fill(double budget) {
    double left = budget;
    double gained = 0;
    while (true) {
      int best = -1;
      int bestOption = 0;
      double bestGain = 0;
      for (int l = 0; l < count; l++) {
        Curve steps = curve[l];
        double most = steps.price(option[l]) + left / priceScale[l];
        int o = option[l];
        while (o + 1 < steps.size() && steps.price(o + 1) <= most) {
          o++;
        }
        double time = (steps.time(option[l]) - steps.time(o)) * timeScale[l];
        if (time > bestGain) {
          best = l;
          bestOption = o;
          bestGain = time;
        }
      }
      if (best < 0) {
        return gained;
      }
      double price = curve[best].price(bestOption) - curve[best].price(option[best]);
      left -= price * priceScale[best];
      gained += bestGain;
      option[best] = bestOption;
    }
  }

  /** Collects the options of a stage whose ρ is less than {@code above}. */
  private void gather(int l, double critical, double above) {
    Curve steps = curve[l];
    int base = steps.corner(corner[l]);
    combinations.stage(base);
    for (int step = -1; step <= 1; step += 2) {
      int v = corner[l] + step;
      for (int o = base + step; o >= 0 && o < steps.size(); o += step) {
        double dearer = (steps.price(o) - steps.price(base)) * priceScale[l];
        double faster = (steps.time(base) - steps.time(o)) * timeScale[l];
        double worse = critical * dearer - faster;
        if (worse < above) {
          combinations.add(o, dearer, Math.max(0, worse));
        }
        if (v >= 0 && v < steps.corners() && steps.corner(v) == o) {
          if (worse >= above) {
            break;
          }
          v += step;
        }
      }
    }
  }
}
