package dev.kirchhoff.mapper.duplicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Options of a stage: numbers of copies, each faster than all cheaper ones, and the lower convex
 * hull of (price, time) over them. Immutable.
 *
 * <p>Prices and times are multiples of two scales that the stage keeps: (d, ⌈N/d⌉) of crossbars and
 * intervals where only the crossbars count, so that one curve serves all stages of N vectors; else
 * scales of 1.
 */
final class Curve {
  private final int[] copies;
  private final double[] price;
  private final double[] time;

  /** Options at the corners of the hull. */
  private final int[] hull;

  private final double[] slope;

  /** A number of copies, its price and its time. */
  record Option(int copies, double price, double time) {}

  private Curve(List<Option> options) {
    int size = options.size();
    copies = new int[size];
    price = new double[size];
    time = new double[size];
    int[] corner = new int[size];
    int corners = 0;
    for (int o = 0; o < size; o++) {
      copies[o] = options.get(o).copies();
      price[o] = options.get(o).price();
      time[o] = options.get(o).time();
      while (corners >= 2 && isAbove(corner[corners - 2], corner[corners - 1], o)) {
        corners--;
      }
      corner[corners++] = o;
    }
    hull = Arrays.copyOf(corner, corners);
    slope = new double[corners];
    for (int v = 0; v + 1 < corners; v++) {
      slope[v] = (time[hull[v]] - time[hull[v + 1]]) / (price[hull[v + 1]] - price[hull[v]]);
    }
  }

  /** True if the middle point lies on or above the line from the first to the last. */
  private boolean isAbove(int first, int middle, int last) {
    return (time[first] - time[middle]) * (price[last] - price[middle])
        <= (time[middle] - time[last]) * (price[middle] - price[first]);
  }

  /** The curve of ⌈n/d⌉ over d. */
  static Curve ofVectors(int n) {
    List<Option> options = new ArrayList<>();
    int d = 1;
    int reads = n;
    options.add(new Option(d, d, reads));
    while (reads > 1) {
      // The smallest d with fewer reads.
      d = (n + reads - 2) / (reads - 1);
      reads = (n + d - 1) / d;
      options.add(new Option(d, d, reads));
    }
    return new Curve(options);
  }

  /** The curve of a stage as far as a budget of crossbars reaches. */
  static Curve of(Stages stages, int stage, double budget) {
    List<Option> options = new ArrayList<>();
    double vectors = stages.vectors(stage);
    for (int d = 1; d <= vectors; d = stages.next(stage, d)) {
      double price = stages.price(stage, d);
      if (price > budget) {
        break;
      }
      add(options, new Option(d, price, stages.time_ns(stage, d)));
    }
    return new Curve(options);
  }

  /**
   * Adds an option of at least the last one's price, unless it is no faster; of the same price only
   * the faster stays.
   */
  private static void add(List<Option> options, Option option) {
    int last = options.size() - 1;
    if (last >= 0 && option.time() >= options.get(last).time()) {
      return;
    }
    if (last >= 0 && option.price() <= options.get(last).price()) {
      options.remove(last);
    }
    options.add(option);
  }

  /** Number of options. */
  int size() {
    return copies.length;
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
    return hull.length;
  }

  /** Option at a hull corner. */
  int corner(int v) {
    return hull[v];
  }

  /** Time gained for a unit of price from a corner to the next; 0 from the last. */
  double slope(int v) {
    return slope[v];
  }

  /** Number of corners behind the first that are reached by slopes of at least {@code least}. */
  int cornerFor(double least) {
    int low = 0;
    int high = hull.length - 1;
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

  /** Bytes that the curve takes. */
  long size_B() {
    return 160 + 20L * copies.length + 12L * hull.length;
  }
}
