package dev.kirchhoff.dse.front;

import dev.kirchhoff.arch.result.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Share of joint draws in which a design is on the front of the drawn designs: it meets every
 * constraint, and none of the others that do dominates it. Of designs that are equal in a draw the
 * first counts, as in an {@link Archive}.
 *
 * <p>Neglected: designs that are not drawn. One of them may dominate in a draw, so the share is an
 * upper end; of what a search has not seen nothing is known either way.
 *
 * @param onFront share of draws on the front, 0..1
 * @param feasible share of draws in which it meets every constraint, 0..1; never less
 */
public record OnFrontShare(double onFront, double feasible) {

  /** The share of each design, in their order. */
  public static List<OnFrontShare> of(DrawnDesigns drawn) {
    int designs = drawn.designs();
    List<Objective> objectives = drawn.objectives();
    int dimensions = objectives.size();
    int[] on = new int[designs];
    int[] met = new int[designs];
    double[] values = new double[dimensions];
    double[][] points = new double[designs][];
    for (int draw = 0; draw < drawn.draws(); draw++) {
      int count = 0;
      for (int i = 0; i < designs; i++) {
        if (drawn.draw(i, draw, values)) {
          met[i]++;
          double[] point = new double[dimensions + 1];
          for (int m = 0; m < dimensions; m++) {
            point[m] = objectives.get(m).minimised(values[m]);
          }
          point[dimensions] = i;
          points[count++] = point;
        }
      }
      int kept = front(points, count, dimensions);
      for (int place = 0; place < kept; place++) {
        on[(int) points[place][dimensions]]++;
      }
    }
    List<OnFrontShare> shares = new ArrayList<>();
    for (int i = 0; i < designs; i++) {
      shares.add(new OnFrontShare((double) on[i] / drawn.draws(), (double) met[i] / drawn.draws()));
    }
    return shares;
  }

  /**
   * Moves the points that no other dominates to the beginning. In lexicographic order a point is
   * dominated by none behind it, and an equal one stands before it if its number is lower: it is
   * compared with the kept points alone (Chomicki et al., ICDE 2003, DOI
   * 10.1109/ICDE.2003.1260846).
   *
   * @param points objectives, then the point's number
   * @return points that are kept
   */
  private static int front(double[][] points, int count, int dimensions) {
    Arrays.sort(points, 0, count, Arrays::compare);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      double[] point = points[i];
      // Of two objectives the second falls among the kept: the last of them is the least.
      int oldest = dimensions == 2 ? Math.max(0, kept - 1) : 0;
      boolean isDominated = false;
      for (int j = kept - 1; j >= oldest && !isDominated; j--) {
        isDominated = covers(points[j], point, dimensions);
      }
      if (!isDominated) {
        points[kept++] = point;
      }
    }
    return kept;
  }

  /** True if a point is nowhere worse than one that does not stand before it. */
  private static boolean covers(double[] before, double[] point, int dimensions) {
    for (int m = 1; m < dimensions; m++) {
      if (before[m] > point[m]) {
        return false;
      }
    }
    return true;
  }
}
