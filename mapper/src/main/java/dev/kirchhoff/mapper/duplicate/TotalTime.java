package dev.kirchhoff.mapper.duplicate;

import dev.kirchhoff.mapper.duplicate.Combinations.Choice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Search of the copies with the smallest total time Σ T_l(d_l) among those with Σ c_l(d_l) ≤ B
 * crossbars, exactly.
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
 * a few hundred in practice. Times that differ by less than 1e-12 of the total count as equal. One
 * object for each search.
 */
final class TotalTime {
  private static final int CURVES = 256;
  private static final int ITERATIONS = 6;
  private static final double LEAST_RAISE = 1.05;
  private static final double NARROWEST = 64;
  private static final double WIDER = 4;
  private static final double TOLERANCE = 1e-12;

  private final int count;
  private final Curve[] curve;
  private final double[] priceScale;
  private final double[] timeScale;
  private final int[] corner;
  private final int[] option;
  private final double[] gain;

  /** The curves of all stages as far as the budget reaches. */
  private TotalTime(Stages stages, double left, IntFunction<Curve> curveOfVectors) {
    count = stages.count();
    curve = new Curve[count];
    priceScale = new double[count];
    timeScale = new double[count];
    corner = new int[count];
    option = new int[count];
    gain = new double[count];
    for (int l = 0; l < count; l++) {
      if (stages.isBoundByCrossbars(l)) {
        curve[l] = curveOfVectors.apply((int) stages.vectors(l));
        priceScale[l] = stages.crossbars(l);
        timeScale[l] = stages.interval_ns(l);
      } else {
        curve[l] = Curve.of(stages, l, left + stages.price(l, 1));
        priceScale[l] = 1;
        timeScale[l] = 1;
      }
    }
  }

  /**
   * The copies with the smallest total time; one of each stage where the budget allows no more.
   *
   * @param curveOfVectors the curve of ⌈n/d⌉ for a number n of vectors
   */
  static Copies minimise(Stages stages, double budget, IntFunction<Curve> curveOfVectors) {
    double one = 0;
    for (int l = 0; l < stages.count(); l++) {
      one += stages.price(l, 1);
    }
    return one > budget
        ? Copies.oneEach(stages.count())
        : new TotalTime(stages, budget - one, curveOfVectors).search(budget);
  }

  private Copies search(double budget) {
    jump(budget);
    double critical = climb(budget);
    double left = budget - spent();
    if (critical > 0 && left > 0) {
      refine(left, critical);
    }
    int[] copies = new int[count];
    for (int l = 0; l < count; l++) {
      copies[l] = curve[l].copies(option[l]);
    }
    return Copies.ofStages(copies);
  }

  private double spent() {
    double sum = 0;
    for (int l = 0; l < count; l++) {
      sum += curve[l].price(option[l]) * priceScale[l];
    }
    return sum;
  }

  /**
   * Takes at once all steps whose gain is at least an estimate of the last step's: with T = K/d the
   * copies √(K / (λ A)) spend √λ = Σ √(K A) / B.
   */
  private void jump(double budget) {
    double limit = estimate(budget);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
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
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
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
      double limit = Math.min(tried, above);
      List<List<Choice>> choices = new ArrayList<>(count);
      for (int l = 0; l < count; l++) {
        choices.add(choicesOf(l, critical, limit));
      }
      Optional<int[]> found = Combinations.best(choices, left, critical, limit);
      if (found.isPresent()) {
        System.arraycopy(found.get(), 0, option, 0, count);
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

  /** The options of a stage whose ρ is less than {@code above}, the base first. */
  private List<Choice> choicesOf(int l, double critical, double above) {
    Curve steps = curve[l];
    int base = steps.corner(corner[l]);
    List<Choice> found = new ArrayList<>();
    found.add(new Choice(base, 0, 0));
    for (int step = -1; step <= 1; step += 2) {
      int v = corner[l] + step;
      for (int o = base + step; o >= 0 && o < steps.size(); o += step) {
        double dearer = (steps.price(o) - steps.price(base)) * priceScale[l];
        double faster = (steps.time(base) - steps.time(o)) * timeScale[l];
        double worse = critical * dearer - faster;
        if (worse < above) {
          found.add(new Choice(o, dearer, Math.max(0, worse)));
        }
        if (v >= 0 && v < steps.corners() && steps.corner(v) == o) {
          if (worse >= above) {
            break;
          }
          v += step;
        }
      }
    }
    return found;
  }
}
