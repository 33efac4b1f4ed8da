package dev.kirchhoff.dse.front;

import dev.kirchhoff.arch.result.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The fixed box in which a run's hypervolume is stated, as a share 0..1 of the box.
 *
 * <p>Per objective, on its axis ({@link Objective#coordinate}): from the best value among the first
 * designs of the run less one span (at least the axis's wide span, so that few or equal first
 * designs still make a box) to the worst plus half a span. The first designs are the start and a
 * fixed spread of the space, the same for every seed, engine, budget and number of islands, so that
 * hypervolumes of one problem can be compared. Infeasible designs count too as long as they have
 * all objectives. A point worse than the box adds nothing, a point better than the box counts as on
 * its edge.
 */
public final class ReferenceBox {

  private final List<Objective> objectives;
  private final double[] lower;
  private final double[] upper;
  private final double[] one;

  private ReferenceBox(List<Objective> objectives, double[] lower, double[] upper) {
    this.objectives = List.copyOf(objectives);
    this.lower = lower;
    this.upper = upper;
    this.one = new double[lower.length];
    Arrays.fill(one, 1);
  }

  /**
   * Makes the box.
   *
   * @param designs objective values of the first designs; those with a missing value are ignored
   * @return empty if no design has all values
   */
  public static Optional<ReferenceBox> around(List<Objective> objectives, List<double[]> designs) {
    int dimensions = objectives.size();
    double[] least = new double[dimensions];
    double[] most = new double[dimensions];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    boolean any = false;
    for (double[] values : designs) {
      if (Arrays.stream(values).noneMatch(Double::isNaN)) {
        any = true;
        for (int m = 0; m < dimensions; m++) {
          double at = objectives.get(m).coordinate(values[m]);
          least[m] = Math.min(least[m], at);
          most[m] = Math.max(most[m], at);
        }
      }
    }
    if (!any) {
      return Optional.empty();
    }
    for (int m = 0; m < dimensions; m++) {
      double span = Math.max(objectives.get(m).axis().wideSpan(), most[m] - least[m]);
      least[m] -= span;
      most[m] += span / 2;
    }
    return Optional.of(new ReferenceBox(objectives, least, most));
  }

  /** Coordinates of a design in the box: 0 = best edge, 1 = worst edge; better is cut to 0. */
  public double[] place(double[] values) {
    double[] at = new double[values.length];
    for (int m = 0; m < at.length; m++) {
      double coordinate = objectives.get(m).coordinate(values[m]);
      at[m] = Math.max(0, (coordinate - lower[m]) / (upper[m] - lower[m]));
    }
    return at;
  }

  /** Hypervolume of placed points, 0..1. */
  public double volume(double[][] placed) {
    return Hypervolume.of(placed, one);
  }

  /** Hypervolume that a placed point adds to a front of placed points. */
  public double gain(double[] placed, Archive front) {
    return front.gain(placed, one);
  }
}
