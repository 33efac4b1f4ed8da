package dev.kirchhoff.dse.front;

import dev.kirchhoff.arch.result.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two designs A and B in joint draws: errors that they share cancel, so that their ratio may be
 * known where neither figure is.
 *
 * @param objectives the designs by each objective
 * @param aDominates share of draws in which A is nowhere worse and somewhere better
 * @param bDominates the reverse
 * @param aFeasible share of draws in which A meets every constraint
 * @param bFeasible share of draws in which B does
 */
public record DrawnPair(
    List<ByObjective> objectives,
    double aDominates,
    double bDominates,
    double aFeasible,
    double bFeasible) {
  /** Ends of the interval that holds 95 % of the draws. */
  private static final double LOW = 0.025;

  private static final double HIGH = 0.975;

  public DrawnPair {
    objectives = List.copyOf(objectives);
  }

  /**
   * Two designs by one objective. Figures on a logarithmic axis are compared by A / B, others (dB,
   * losses of accuracy) by A − B.
   *
   * @param objective the objective
   * @param low the comparison that 2.5 % of the draws lie below
   * @param median the comparison that half of the draws lie below
   * @param high the comparison that 97.5 % of the draws lie below
   * @param aBetter share of draws in which A is better
   * @param bBetter share of draws in which B is better; the rest are draws where they are equal
   */
  public record ByObjective(
      Objective objective,
      double low,
      double median,
      double high,
      double aBetter,
      double bBetter) {}

  /** The first two of drawn designs. */
  public static DrawnPair of(DrawnDesigns pair) {
    List<Objective> objectives = pair.objectives();
    int draws = pair.draws();
    double[][] compared = new double[objectives.size()][draws];
    int[] aBetter = new int[objectives.size()];
    int[] bBetter = new int[objectives.size()];
    double[] a = new double[objectives.size()];
    double[] b = new double[objectives.size()];
    int aDominates = 0;
    int bDominates = 0;
    int aFeasible = 0;
    int bFeasible = 0;
    for (int d = 0; d < draws; d++) {
      aFeasible += pair.draw(0, d, a) ? 1 : 0;
      bFeasible += pair.draw(1, d, b) ? 1 : 0;
      for (int m = 0; m < a.length; m++) {
        Objective objective = objectives.get(m);
        compared[m][d] = objective.axis().isLogarithmic() ? a[m] / b[m] : a[m] - b[m];
        a[m] = objective.minimised(a[m]);
        b[m] = objective.minimised(b[m]);
        aBetter[m] += a[m] < b[m] ? 1 : 0;
        bBetter[m] += b[m] < a[m] ? 1 : 0;
      }
      aDominates += Archive.dominates(a, b) ? 1 : 0;
      bDominates += Archive.dominates(b, a) ? 1 : 0;
    }
    List<ByObjective> by = new ArrayList<>();
    for (int m = 0; m < a.length; m++) {
      Arrays.sort(compared[m]);
      by.add(
          new ByObjective(
              objectives.get(m),
              percentile(compared[m], LOW),
              percentile(compared[m], 0.5),
              percentile(compared[m], HIGH),
              (double) aBetter[m] / draws,
              (double) bBetter[m] / draws));
    }
    return new DrawnPair(
        by,
        (double) aDominates / draws,
        (double) bDominates / draws,
        (double) aFeasible / draws,
        (double) bFeasible / draws);
  }

  /** Between the two nearest of sorted values, by a straight line. */
  private static double percentile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
