package dev.kirchhoff.dse.front;

import java.util.Arrays;

/**
 * Volume that a set of points dominates within a reference point, exactly; all objectives are
 * minimised.
 *
 * <p>Two objectives: a sweep. Three: a sweep over the first, which keeps the area of the other two
 * (Beume et al., IEEE Trans. Evol. Comput. 13 (2009) 1075, DOI 10.1109/TEVC.2009.2015575). Four:
 * the sum of the volumes that each point adds to those after it, each by the same method on the
 * points limited to its own box (While, Bradstreet, Barone, IEEE Trans. Evol. Comput. 16 (2012) 86,
 * DOI 10.1109/TEVC.2010.2077298). The result does not depend on the order of the points beyond
 * rounding. Points that do not lie below the reference in every objective add nothing.
 */
public final class Hypervolume {
  private Hypervolume() {}

  /** Volume dominated by points; they may dominate each other. */
  public static double of(double[][] points, double[] reference) {
    double[][] inside = within(points, reference);
    return volume(nondominated(inside, inside.length), reference);
  }

  /**
   * Hypervolume that a point adds to that of others; 0 if it lies outside the reference or is
   * dominated.
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
      boolean covered = !inside;
      for (int j = kept - 1; j >= 0 && !covered; j--) {
        covered = covers(limits[j], limit);
      }
      if (!covered) {
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
    if (reference.length == 3) {
      return new Staircase(reference[1], reference[2], front.length).volume(front, reference[0]);
    }
    for (int i = 0; i < front.length; i++) {
      sum += box(front[i], reference) - limited(front[i], front, i + 1, front.length, reference);
    }
    return sum;
  }

  /** Area dominated by points of two coordinates, rising in the first and falling in the second. */
  private static final class Staircase {
    private final double right;
    private final double top;
    private final double[] x;
    private final double[] y;
    private int size;
    private double area;

    Staircase(double right, double top, int capacity) {
      this.right = right;
      this.top = top;
      this.x = new double[capacity];
      this.y = new double[capacity];
    }

    /** Volume of points that rise in the first of three coordinates. */
    double volume(double[][] front, double end) {
      double sum = 0;
      for (int i = 0; i < front.length; i++) {
        add(front[i][1], front[i][2]);
        sum += area * ((i + 1 < front.length ? front[i + 1][0] : end) - front[i][0]);
      }
      return sum;
    }

    private void add(double atX, double atY) {
      int first = Arrays.binarySearch(x, 0, size, atX);
      first = first < 0 ? -first - 1 : first;
      double ceiling = first == 0 ? top : y[first - 1];
      if (atY >= ceiling || first < size && x[first] == atX && y[first] <= atY) {
        return;
      }
      // Strips from left to right up to the first step that is lower than the new one.
      int next = first;
      double left = atX;
      while (next < size && y[next] >= atY) {
        area += (x[next] - left) * (ceiling - atY);
        left = x[next];
        ceiling = y[next];
        next++;
      }
      area += ((next < size ? x[next] : right) - left) * (ceiling - atY);
      System.arraycopy(x, next, x, first + 1, size - next);
      System.arraycopy(y, next, y, first + 1, size - next);
      size += first + 1 - next;
      x[first] = atX;
      y[first] = atY;
    }
  }
}
