package dev.kirchhoff.dse.front;

import dev.kirchhoff.arch.result.MetricAxis;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Quantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two designs A and B in joint draws: errors that they share cancel, so that their ratio may be
 * known where neither figure is. Differences of at most {@link #within} count as none: models and
 * layouts are not known to one per cent.
 *
 * @param objectives the designs by each objective
 * @param aDominates share of draws in which A is nowhere worse and somewhere better, by more than
 *     that
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

  /** Ratio up to which two figures count as equal (chosen). */
  private static final double EQUAL_RATIO = 1.01;

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
   * @param aBetter share of draws in which A is better by more than {@link #within}
   * @param bBetter share of draws in which B is; in the rest they count as equal
   */
  public record ByObjective(
      Objective objective,
      double low,
      double median,
      double high,
      double aBetter,
      double bBetter) {}

  /**
   * Difference of two figures that counts as none, in coordinates of an axis: one per cent of a
   * figure on a logarithmic axis, the same share of the wide span on others (0.043 dB, which is one
   * per cent of a power).
   */
  public static double step(MetricAxis axis) {
    return StrictMath.log10(EQUAL_RATIO) * axis.wideSpan();
  }

  /**
   * Difference of two figures that counts as none: of figures that are compared by their ratio its
   * distance from one, else in their unit.
   */
  public static double within(MetricAxis axis) {
    return axis.isLogarithmic() ? EQUAL_RATIO - 1 : step(axis);
  }

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
      int aWins = 0;
      int bWins = 0;
      for (int m = 0; m < a.length; m++) {
        Objective objective = objectives.get(m);
        compared[m][d] = objective.axis().isLogarithmic() ? a[m] / b[m] : a[m] - b[m];
        double step = step(objective.axis());
        double difference = objective.coordinate(a[m]) - objective.coordinate(b[m]);
        aWins += difference < -step ? 1 : 0;
        bWins += difference > step ? 1 : 0;
        aBetter[m] += difference < -step ? 1 : 0;
        bBetter[m] += difference > step ? 1 : 0;
      }
      aDominates += aWins > 0 && bWins == 0 ? 1 : 0;
      bDominates += bWins > 0 && aWins == 0 ? 1 : 0;
    }
    List<ByObjective> by = new ArrayList<>();
    for (int m = 0; m < a.length; m++) {
      Arrays.sort(compared[m]);
      by.add(
          new ByObjective(
              objectives.get(m),
              Quantile.of(compared[m], LOW),
              Quantile.of(compared[m], 0.5),
              Quantile.of(compared[m], HIGH),
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
}
