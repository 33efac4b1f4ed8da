package dev.kirchhoff.dse.front;

import java.util.Arrays;

/**
 * Hypervolume gain of a point over a frozen set of points, queried often: {@link Hypervolume#gain}
 * with the set prepared once. Two objectives cost a binary search and the points that the new one
 * would cover.
 */
public final class VolumeGain {
  private final double[] reference;
  private final double[][] points;
  private final double[] first;
  private final double[] second;

  /**
   * Prepares a set.
   *
   * @param points points that do not dominate each other
   * @param reference reference point
   */
  public VolumeGain(double[][] points, double[] reference) {
    this.reference = reference.clone();
    this.points = points.clone();
    if (reference.length == 2) {
      Arrays.sort(this.points, (a, b) -> Double.compare(a[0], b[0]));
      first = Arrays.stream(this.points).mapToDouble(point -> point[0]).toArray();
      second = Arrays.stream(this.points).mapToDouble(point -> point[1]).toArray();
    } else {
      first = new double[0];
      second = new double[0];
    }
  }

  /** Hypervolume that a point adds; 0 if it is dominated or not below the reference. */
  public double of(double[] point) {
    if (reference.length != 2) {
      return Hypervolume.gain(point, points, reference);
    }
    double x = point[0];
    double y = point[1];
    int next = Arrays.binarySearch(first, x);
    next = next < 0 ? -next - 1 : next;
    double ceiling = next == 0 ? reference[1] : Math.min(reference[1], second[next - 1]);
    double gain = 0;
    // Strips from left to right, each as high as the point to its left leaves free.
    while (x < reference[0] && y < ceiling) {
      double right = next < first.length ? Math.min(first[next], reference[0]) : reference[0];
      gain += (right - x) * (ceiling - y);
      if (next == first.length) {
        return gain;
      }
      x = first[next];
      ceiling = Math.min(ceiling, second[next]);
      next++;
    }
    return gain;
  }
}
