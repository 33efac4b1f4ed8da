package dev.kirchhoff.arch.result;

import java.util.List;
import java.util.OptionalInt;

/**
 * Knee of a front: the member with the least sum of coordinates, each on its metric's axis, less is
 * better, and divided by the front's own range, but by no more than {@link MetricAxis#wideSpan}.
 *
 * <p>On a narrow front it is the member farthest from the plane through the scaled extremes (Das,
 * Structural Optimization 18 (1999) 107, DOI 10.1007/BF01195985, with the plane fixed to equal
 * weights). On a wide one ends that no one would build, a chip at chance level, do not set the
 * scale: a factor of ten weighs as much as 10 dB or ten points of accuracy, and among logarithmic
 * figures the knee is the best product.
 */
public final class Knee {

  /** Fewest members of a front that has a knee: two ends and one between them. */
  private static final int FEWEST = 3;

  private Knee() {}

  /**
   * Axis and direction of an objective.
   *
   * @param axis axis of its metric
   * @param maximise direction
   */
  public record Objective(MetricAxis axis, boolean maximise) {
    double coordinate(double value) {
      return axis.minimised(value, maximise);
    }
  }

  /**
   * Place of the knee; empty for fewer than two objectives or three members, and where a member
   * lacks a value. Of equal sums the member that is better in the first objective where they
   * differ, so that the order of members does not matter.
   *
   * @param objectives the objectives
   * @param front values of each member, in the order of objectives
   */
  public static OptionalInt of(List<Objective> objectives, List<List<Double>> front) {
    int dimensions = objectives.size();
    if (dimensions < 2 || front.size() < FEWEST || !isComplete(dimensions, front)) {
      return OptionalInt.empty();
    }
    double[][] points = new double[front.size()][dimensions];
    for (int m = 0; m < dimensions; m++) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < points.length; i++) {
        points[i][m] = objectives.get(m).coordinate(front.get(i).get(m));
        least = Math.min(least, points[i][m]);
        most = Math.max(most, points[i][m]);
      }
      double span = Math.min(most - least, objectives.get(m).axis().wideSpan());
      for (double[] point : points) {
        point[m] = span > 0 ? (point[m] - least) / span : 0;
      }
    }
    int knee = 0;
    for (int i = 1; i < points.length; i++) {
      if (isBetter(points[i], points[knee])) {
        knee = i;
      }
    }
    return OptionalInt.of(knee);
  }

  private static boolean isComplete(int dimensions, List<List<Double>> front) {
    return front.stream()
        .allMatch(
            values ->
                values.size() >= dimensions
                    && values.stream().allMatch(v -> v != null && Double.isFinite(v)));
  }

  private static boolean isBetter(double[] point, double[] other) {
    int order = Double.compare(sum(point), sum(other));
    for (int m = 0; m < point.length && order == 0; m++) {
      order = Double.compare(point[m], other[m]);
    }
    return order < 0;
  }

  private static double sum(double[] point) {
    double sum = 0;
    for (double coordinate : point) {
      sum += coordinate;
    }
    return sum;
  }
}
