package dev.kirchhoff.dse.engine;

import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.Fronts;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A front as it is at one moment, in coordinates scaled to its own range: 0 = best member, 1 =
 * worst member per objective. Frozen, so that a score made from it is a function of the design
 * alone.
 */
final class FrontView {
  /**
   * A front narrower than this on an axis (decades, dB) is scaled as if it were that wide
   * (assumed).
   */
  private static final double LEAST_SPAN = 0.02;

  private final Fronts fronts;
  private final double[] least;
  private final double[] span;
  private final int[] numbers;
  private final double[][] points;
  private final double[] crowding;

  /** Freezes a front that has members. */
  FrontView(Fronts fronts, Archive front) {
    this.fronts = fronts;
    int dimensions = fronts.objectives().size();
    int[] places = front.placesByIndex();
    numbers = new int[places.length];
    points = new double[places.length][dimensions];
    least = new double[dimensions];
    span = new double[dimensions];
    for (int i = 0; i < places.length; i++) {
      numbers[i] = (int) front.index(places[i]);
      double[] values = fronts.values(front, places[i]);
      for (int m = 0; m < dimensions; m++) {
        points[i][m] = fronts.objectives().get(m).coordinate(values[m]);
      }
    }
    for (int m = 0; m < dimensions; m++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double[] point : points) {
        low = Math.min(low, point[m]);
        high = Math.max(high, point[m]);
      }
      least[m] = low;
      span[m] = Math.max(LEAST_SPAN, high - low);
    }
    for (double[] point : points) {
      for (int m = 0; m < dimensions; m++) {
        point[m] = (point[m] - least[m]) / span[m];
      }
    }
    crowding = crowding();
  }

  /**
   * Crowding distance (Deb et al., IEEE Trans. Evol. Comput. 6 (2002) 182, DOI
   * 10.1109/4235.996017).
   */
  private double[] crowding() {
    double[] distance = new double[points.length];
    Integer[] order = new Integer[points.length];
    for (int m = 0; m < span.length; m++) {
      int axis = m;
      for (int i = 0; i < order.length; i++) {
        order[i] = i;
      }
      Arrays.sort(order, (a, b) -> Double.compare(points[a][axis], points[b][axis]));
      for (int j = 0; j < order.length; j++) {
        boolean end = j == 0 || j == order.length - 1;
        distance[order[j]] += end ? 2 : points[order[j + 1]][m] - points[order[j - 1]][m];
      }
    }
    return distance;
  }

  /** Number of members. */
  int size() {
    return numbers.length;
  }

  /** Number of the design of a member. */
  int number(int member) {
    return numbers[member];
  }

  /** Scaled coordinates of the members; not to be changed. */
  double[][] points() {
    return points;
  }

  /** Scales the objective values of a design like the members. */
  void scale(double[] values, double[] into) {
    for (int m = 0; m < into.length; m++) {
      into[m] = (fronts.objectives().get(m).coordinate(values[m]) - least[m]) / span[m];
    }
  }

  /** Draws a member: of two, the one with more room around it. */
  int lonely(RandomGenerator random) {
    int a = random.nextInt(numbers.length);
    int b = random.nextInt(numbers.length);
    return crowding[b] > crowding[a] ? b : a;
  }

  /** Draws any member. */
  int any(RandomGenerator random) {
    return random.nextInt(numbers.length);
  }

  /** The member that is best in one objective. */
  int best(int objective) {
    int best = 0;
    for (int i = 1; i < points.length; i++) {
      if (points[i][objective] < points[best][objective]) {
        best = i;
      }
    }
    return best;
  }
}
