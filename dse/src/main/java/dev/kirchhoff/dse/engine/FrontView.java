package dev.kirchhoff.dse.engine;

import dev.kirchhoff.arch.result.MetricAxis;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.Fronts;
import java.util.random.RandomGenerator;

/**
 * A front as it is at one moment, in coordinates scaled to its own range: 0 = best member, 1 =
 * worst member per objective. Frozen, so that a score made from it is a function of the design
 * alone.
 */
final class FrontView {
  /**
   * A front narrower than this share of an axis's wide span is scaled as if it were that wide: 0.02
   * decades, 0.2 dB, 0.2 points of accuracy (assumed).
   */
  private static final double NARROWEST = 0.02;

  private final Fronts fronts;
  private final double[] least;
  private final double[] span;
  private final int[] numbers;
  private final double[][] points;

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
      for (int m = 0; m < dimensions; m++) {
        points[i][m] = fronts.coordinate(front, places[i], m);
      }
    }
    for (int m = 0; m < dimensions; m++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double[] point : points) {
        low = Math.min(low, point[m]);
        high = Math.max(high, point[m]);
      }
      MetricAxis axis = fronts.objectives().get(m).axis();
      least[m] = low;
      span[m] = Math.max(NARROWEST * axis.wideSpan(), high - low);
    }
    for (double[] point : points) {
      for (int m = 0; m < dimensions; m++) {
        point[m] = (point[m] - least[m]) / span[m];
      }
    }
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

  /** Draws a member: of two, the one whose nearest neighbour is farther away. */
  int lonely(RandomGenerator random) {
    int a = random.nextInt(numbers.length);
    int b = random.nextInt(numbers.length);
    return room(b) > room(a) ? b : a;
  }

  /** Distance to the nearest other member along the axis where they differ most. */
  private double room(int member) {
    double[] at = points[member];
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points.length; i++) {
      double distance = 0;
      for (int m = 0; m < at.length; m++) {
        distance = Math.max(distance, Math.abs(points[i][m] - at[m]));
      }
      nearest = i == member ? nearest : Math.min(nearest, distance);
    }
    return nearest;
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
