package dev.kirchhoff.dse.front;

import java.util.Arrays;

/**
 * Volume that a set of points dominates within a reference point, exactly; all objectives are
 * minimised.
 *
 * <p>Two objectives: a sweep. More: the sum of the volumes that each point adds to those after it,
 * each by the same method on the points limited to its own box (While, Bradstreet, Barone, IEEE
 * Trans. Evol. Comput. 16 (2012) 86, DOI 10.1109/TEVC.2010.2077298). The result does not depend on
 * the order of the points beyond rounding. Points that do not lie below the reference in every
 * objective add nothing.
 */
public final class Hypervolume {
  private Hypervolume() {}

  /** Volume dominated by points; they may dominate each other. */
  public static double of(double[][] points, double[] reference) {
    double[][] inside = within(points, reference);
    return volume(nondominated(inside, inside.length), reference);
  }

  /**
   * What a point adds to the volume of others; 0 if it lies outside the reference or is dominated.
   */
  public static double gain(double[] point, double[][] others, double[] reference) {
    double box = box(point, reference);
    if (box <= 0) {
      return 0;
    }
    return Math.max(0, box - limited(point, others, 0, others.length, reference));
  }

  private static double box(double[] point, double[] reference) {
    double product = 1;
    for (int m = 0; m < point.length; m++) {
      double side = reference[m] - point[m];
      if (side <= 0) {
        return 0;
      }
      product *= side;
    }
    return product;
  }

  /** Volume of the others' part inside the point's own box. */
  private static double limited(
      double[] point, double[][] others, int from, int to, double[] reference) {
    double[][] limits = new double[to - from][];
    int kept = 0;
    for (int i = from; i < to; i++) {
      double[] limit = new double[point.length];
      boolean inside = true;
      boolean covers = true;
      for (int m = 0; m < point.length; m++) {
        limit[m] = Math.max(point[m], others[i][m]);
        inside &= limit[m] < reference[m];
        covers &= others[i][m] <= point[m];
      }
      if (covers) {
        return box(point, reference);
      }
      if (inside) {
        limits[kept++] = limit;
      }
    }
    return volume(nondominated(limits, kept), reference);
  }

  private static double[][] within(double[][] points, double[] reference) {
    double[][] inside = new double[points.length][];
    int kept = 0;
    for (double[] point : points) {
      if (box(point, reference) > 0) {
        inside[kept++] = point;
      }
    }
    return Arrays.copyOf(inside, kept);
  }

  /** The points that no other dominates, each once, rising in the first objective. */
  private static double[][] nondominated(double[][] points, int count) {
    double[][] sorted = Arrays.copyOf(points, count);
    Arrays.sort(sorted, Arrays::compare);
    int kept = 0;
    for (double[] point : sorted) {
      boolean covered = false;
      for (int i = kept - 1; i >= 0 && !covered; i--) {
        covered = covers(sorted[i], point);
      }
      if (!covered) {
        sorted[kept++] = point;
      }
    }
    return Arrays.copyOf(sorted, kept);
  }

  private static boolean covers(double[] a, double[] b) {
    for (int m = 0; m < a.length; m++) {
      if (a[m] > b[m]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Volume of points that do not dominate each other, lie inside the reference and rise in the
   * first objective.
   */
  private static double volume(double[][] front, double[] reference) {
    if (front.length == 0) {
      return 0;
    }
    if (reference.length == 1) {
      return reference[0] - front[0][0];
    }
    double sum = 0;
    if (reference.length == 2) {
      double ceiling = reference[1];
      for (double[] point : front) {
        sum += (reference[0] - point[0]) * (ceiling - point[1]);
        ceiling = point[1];
      }
      return sum;
    }
    for (int i = 0; i < front.length; i++) {
      sum += box(front[i], reference) - limited(front[i], front, i + 1, front.length, reference);
    }
    return sum;
  }
}
