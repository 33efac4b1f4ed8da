package dev.kirchhoff.mapper.duplicate;

import java.util.Arrays;

/**
 * What a stage can choose from: numbers of copies, each faster than all cheaper ones, and the lower
 * convex hull of (price, time) over them.
 *
 * <p>Prices and times are multiples of two scales that the stage keeps: (d, ⌈N/d⌉) of crossbars and
 * intervals where only the crossbars count, so that one curve serves all stages of N vectors; else
 * scales of 1. Reused; not safe for several threads.
 */
final class Curve {
  private int size;
  private int[] copies = new int[32];
  private double[] price = new double[32];
  private double[] time = new double[32];
  private int corners;
  private int[] hull = new int[32];
  private double[] slope = new double[32];

  /** The curve of ⌈n/d⌉ over d. */
  static Curve ofVectors(int n) {
    Curve curve = new Curve();
    int d = 1;
    while (true) {
      int reads = (n + d - 1) / d;
      curve.add(d, d, reads);
      if (reads == 1) {
        curve.close();
        return curve;
      }
      // The smallest d with fewer reads.
      d = (n + reads - 2) / (reads - 1);
    }
  }

  /** Forgets all options. */
  void clear() {
    size = 0;
    corners = 0;
  }

  /**
   * Adds an option of at least the last one's price, unless it is no faster; of the same price only
   * the faster stays.
   */
  void add(int copies, double price, double time) {
    if (size > 0 && time >= this.time[size - 1]) {
      return;
    }
    if (size > 0 && price <= this.price[size - 1]) {
      size--;
    }
    if (size == this.copies.length) {
      this.copies = Arrays.copyOf(this.copies, 2 * size);
      this.price = Arrays.copyOf(this.price, 2 * size);
      this.time = Arrays.copyOf(this.time, 2 * size);
    }
    this.copies[size] = copies;
    this.price[size] = price;
    this.time[size] = time;
    size++;
  }

  /** Draws the hull through the options. */
  void close() {
    if (hull.length < size) {
      hull = new int[copies.length];
      slope = new double[copies.length];
    }
    corners = 0;
    for (int i = 0; i < size; i++) {
      while (corners >= 2 && above(hull[corners - 2], hull[corners - 1], i)) {
        corners--;
      }
      hull[corners++] = i;
    }
    for (int v = 0; v + 1 < corners; v++) {
      slope[v] = (time[hull[v]] - time[hull[v + 1]]) / (price[hull[v + 1]] - price[hull[v]]);
    }
  }

  /** Whether the middle point lies on or above the line from the first to the last. */
  private boolean above(int first, int middle, int last) {
    return (time[first] - time[middle]) * (price[last] - price[middle])
        <= (time[middle] - time[last]) * (price[middle] - price[first]);
  }

  /** Number of options. */
  int size() {
    return size;
  }

  int copies(int option) {
    return copies[option];
  }

  double price(int option) {
    return price[option];
  }

  double time(int option) {
    return time[option];
  }

  /** Number of hull corners. */
  int corners() {
    return corners;
  }

  /** Option at a hull corner. */
  int corner(int v) {
    return hull[v];
  }

  /** Time gained for a unit of price from a corner to the next; 0 from the last. */
  double slope(int v) {
    return v + 1 < corners ? slope[v] : 0;
  }

  /** Number of corners behind the first that are reached by slopes of at least {@code least}. */
  int cornerFor(double least) {
    int low = 0;
    int high = corners - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (slope[middle] >= least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
