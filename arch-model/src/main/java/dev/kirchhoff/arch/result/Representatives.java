package dev.kirchhoff.arch.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Representatives of a front: a bounded subset of its members that covers its shape.
 *
 * <p>The knee, the best member of each objective, then by farthest-first traversal: each further
 * representative is the member with the greatest distance to its nearest representative. Its
 * covering radius is at most twice the least possible for so many (Gonzalez, Theoretical Computer
 * Science 38 (1985) 293, DOI 10.1016/0304-3975(85)90224-5). Distances are Euclidean, each objective
 * on its metric's axis divided by the front's range, so that decades of an objective weigh as much
 * as the whole range of another. Ties go to the lower place: the choice is a function of the front,
 * without a random number.
 */
public final class Representatives {
  private Representatives() {}

  /**
   * Places of the representatives, those first that cover most.
   *
   * @param objectives the objectives
   * @param front values of each member, in the order of objectives; a missing value lies at the
   *     best end
   * @param most representatives at most; all members if there are no more
   */
  public static List<Integer> of(
      List<Knee.Objective> objectives, List<List<Double>> front, int most) {
    double[][] points = scaled(objectives, front);
    Traversal traversal = new Traversal(points);
    OptionalInt knee = Knee.of(objectives, front);
    if (knee.isPresent()) {
      traversal.choose(knee.getAsInt());
    }
    for (int m = 0; m < objectives.size(); m++) {
      int best = 0;
      for (int i = 1; i < points.length; i++) {
        best = points[i][m] < points[best][m] ? i : best;
      }
      if (points.length > 0) {
        traversal.choose(best);
      }
    }
    while (traversal.chosen.size() < points.length && traversal.chosen.size() < most) {
      traversal.choose(traversal.farthest());
    }
    return List.copyOf(traversal.chosen.subList(0, Math.min(most, traversal.chosen.size())));
  }

  /** Coordinates within the front's range, 0..1. */
  private static double[][] scaled(List<Knee.Objective> objectives, List<List<Double>> front) {
    double[][] points = new double[front.size()][objectives.size()];
    for (int m = 0; m < objectives.size(); m++) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < points.length; i++) {
        Double value = m < front.get(i).size() ? front.get(i).get(m) : null;
        points[i][m] = value == null ? Double.NaN : objectives.get(m).coordinate(value);
        if (Double.isFinite(points[i][m])) {
          least = Math.min(least, points[i][m]);
          most = Math.max(most, points[i][m]);
        }
      }
      for (double[] point : points) {
        point[m] =
            most > least && Double.isFinite(point[m]) ? (point[m] - least) / (most - least) : 0;
      }
    }
    return points;
  }

  /** Farthest-first traversal of points. */
  private static final class Traversal {
    private final double[][] points;
    private final double[] nearest;
    private final List<Integer> chosen = new ArrayList<>();

    Traversal(double[][] points) {
      this.points = points;
      nearest = new double[points.length];
      Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    }

    /** Chooses a point, unless it is chosen already. */
    void choose(int place) {
      if (nearest[place] < 0) {
        return;
      }
      chosen.add(place);
      for (int i = 0; i < points.length; i++) {
        nearest[i] = Math.min(nearest[i], distance(points[i], points[place]));
      }
      nearest[place] = -1;
    }

    /** The point with the greatest distance to the chosen ones. */
    int farthest() {
      int farthest = 0;
      for (int i = 1; i < points.length; i++) {
        farthest = nearest[i] > nearest[farthest] ? i : farthest;
      }
      return farthest;
    }

    private static double distance(double[] a, double[] b) {
      double sum = 0;
      for (int m = 0; m < a.length; m++) {
        sum += (a[m] - b[m]) * (a[m] - b[m]);
      }
      return sum;
    }
  }
}
