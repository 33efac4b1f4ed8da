package dev.kirchhoff.mapper.schedule;

import java.util.Arrays;

/**
 * The largest of several convex, piecewise linear functions of the round, joined up between whole
 * rounds. Exact: every vertex of the result is a whole round beside a vertex of a function or
 * beside a crossing of two. Reused; not safe for several threads.
 */
final class Envelope {
  private static final double COLLINEAR = 1e-13;

  private int functions;
  private Progress[] curves = new Progress[8];
  private int[] layers = new int[8];
  private double[] offset = new double[8];
  private double[] slope = new double[8];
  private double[] later_ns = new double[8];
  private double lastRound;
  private double[] candidates = new double[32];
  private int candidateCount;

  /** Values of all functions at a round, row by row; rows are taken and given back like a stack. */
  private double[] values = new double[64];

  private double[] rounds = new double[64];
  private double[] times_ns = new double[64];
  private int size;

  /** Forgets all functions. */
  void clear(double lastRound) {
    functions = 0;
    this.lastRound = lastRound;
    candidateCount = 0;
    candidate(0);
  }

  /** Adds {@code at_ns + slope_ns · k}. */
  void line(double at_ns, double slope_ns) {
    function(null, 0, at_ns, slope_ns, 0);
  }

  /** Adds a layer's progress at round {@code offset + slope · k}, so much later. */
  void curve(Progress progress, int layer, double offset, double slope, double later_ns) {
    function(progress, layer, offset, slope, later_ns);
    if (slope <= 0) {
      return;
    }
    for (int v = progress.firstVertex(layer); v < progress.behindVertex(layer); v++) {
      around((progress.round(v) - offset) / slope);
    }
  }

  private void function(Progress curve, int layer, double offset, double slope, double later_ns) {
    if (functions == layers.length) {
      int room = 2 * functions;
      curves = Arrays.copyOf(curves, room);
      layers = Arrays.copyOf(layers, room);
      this.offset = Arrays.copyOf(this.offset, room);
      this.slope = Arrays.copyOf(this.slope, room);
      this.later_ns = Arrays.copyOf(this.later_ns, room);
    }
    curves[functions] = curve;
    layers[functions] = layer;
    this.offset[functions] = offset;
    this.slope[functions] = slope;
    this.later_ns[functions] = later_ns;
    functions++;
  }

  private void around(double k) {
    if (k > 0 && k < lastRound) {
      candidate(Math.floor(k));
      candidate(Math.ceil(k));
    }
  }

  /** Adds a round to the candidates, which are few and mostly come in order. */
  private void candidate(double k) {
    if (candidateCount == candidates.length) {
      candidates = Arrays.copyOf(candidates, 2 * candidateCount);
    }
    int at = candidateCount;
    while (at > 0 && candidates[at - 1] > k) {
      candidates[at] = candidates[at - 1];
      at--;
    }
    candidates[at] = k;
    candidateCount++;
  }

  private double value_ns(int f, double k) {
    double x = offset[f] + slope[f] * k;
    return curves[f] == null ? x : curves[f].at_ns(layers[f], x) + later_ns[f];
  }

  /** Writes the values of all functions at a round into a row; returns the largest. */
  private double evaluate(int row, double k) {
    int at = row * functions;
    if (values.length < at + functions) {
      values = Arrays.copyOf(values, 2 * (at + functions));
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int f = 0; f < functions; f++) {
      double value = value_ns(f, k);
      values[at + f] = value;
      largest = value > largest ? value : largest;
    }
    return largest;
  }

  /** Writes the result as a layer's progress. */
  void into(Progress progress, int layer) {
    candidate(lastRound);
    size = 0;
    int before = 0;
    vertex(0, evaluate(before, 0));
    for (int c = 1; c < candidateCount; c++) {
      double k = candidates[c];
      if (k > rounds[size - 1]) {
        int here = 1 - before;
        double at_ns = evaluate(here, k);
        between(before, rounds[size - 1], here, k, at_ns, 2);
        before = here;
      }
    }
    thin();
    for (int v = 0; v < size; v++) {
      progress.add(rounds[v], times_ns[v]);
    }
    progress.end(layer);
  }

  /**
   * Adds the vertices behind round a, the last one so far, up to round b; every function is
   * straight between them.
   *
   * @param rowA values at round a
   * @param rowB values at round b
   * @param free first row that is not taken
   */
  private void between(int rowA, double a, int rowB, double b, double atB_ns, int free) {
    if (b - a > 1) {
      int f = steepest(rowA, times_ns[size - 1], rowB);
      int g = steepest(rowB, atB_ns, rowA);
      double fB = value(rowB, f);
      if (f != g && fB < atB_ns) {
        double fA = value(rowA, f);
        double gA = value(rowA, g);
        double riseOfGap = (atB_ns - gA - (fB - fA)) / (b - a);
        double crossing = a + (fA - gA) / riseOfGap;
        double low = Math.min(Math.max(Math.floor(crossing), a), b - 1);
        double high = low + 1;
        double atLow_ns = evaluate(free, low);
        double atHigh_ns = evaluate(free + 1, high);
        if (low > a) {
          between(rowA, a, free, low, atLow_ns, free + 2);
        }
        vertex(high, atHigh_ns);
        if (high < b) {
          between(free + 1, high, rowB, b, atB_ns, free + 2);
        }
        return;
      }
    }
    vertex(b, atB_ns);
  }

  private double value(int row, int f) {
    return values[row * functions + f];
  }

  /** Of the functions that are largest at one round, the one that is largest at another. */
  private int steepest(int row, double largest_ns, int otherRow) {
    int best = -1;
    double bestOther_ns = 0;
    for (int f = 0; f < functions; f++) {
      if (value(row, f) == largest_ns) {
        double other_ns = value(otherRow, f);
        if (best < 0 || other_ns > bestOther_ns) {
          best = f;
          bestOther_ns = other_ns;
        }
      }
    }
    return best;
  }

  /** Adds a vertex; one that lies on the line from its neighbours is replaced. */
  private void vertex(double k, double at_ns) {
    if (size >= 2) {
      double share = (rounds[size - 1] - rounds[size - 2]) / (k - rounds[size - 2]);
      double line_ns = times_ns[size - 2] + share * (at_ns - times_ns[size - 2]);
      if (line_ns - times_ns[size - 1] <= COLLINEAR * at_ns) {
        size--;
      }
    }
    if (size == rounds.length) {
      rounds = Arrays.copyOf(rounds, 2 * size);
      times_ns = Arrays.copyOf(times_ns, 2 * size);
    }
    rounds[size] = k;
    times_ns[size] = at_ns;
    size++;
  }

  /** Leaves out every second inner vertex until few are left. */
  private void thin() {
    while (size > Schedule.VERTICES) {
      int kept = 1;
      for (int v = 2; v < size - 1; v += 2) {
        rounds[kept] = rounds[v];
        times_ns[kept] = times_ns[v];
        kept++;
      }
      rounds[kept] = rounds[size - 1];
      times_ns[kept] = times_ns[size - 1];
      size = kept + 1;
    }
  }
}
