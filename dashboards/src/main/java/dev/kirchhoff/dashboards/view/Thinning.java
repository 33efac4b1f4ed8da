package dev.kirchhoff.dashboards.view;

import dev.kirchhoff.arch.result.MetricAxis;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reduction of a table to columns of points: all of them up to a limit; above it a density of the
 * feasible ones over the first two objectives, with a sample that depends on the index alone, so
 * that it is the same each time and grows steadily.
 */
final class Thinning {
  /** Above so many designs the density takes over. */
  static final int ALL = 100_000;

  /** Designs of the sample, about. */
  static final int SAMPLE = 20_000;

  private static final int BINS = 256;

  private Thinning() {}

  /**
   * Points of a table.
   *
   * @param scales scales of the objectives' axes; an objective without one is linear
   */
  static Points points(EvaluationTable table, List<MetricAxis.Scale> scales) {
    if (table.kept() <= ALL) {
      return columns(table, 0, table.end(), (int) table.kept(), Long.MAX_VALUE, Optional.empty());
    }
    long threshold = (long) ((double) SAMPLE / table.kept() * (1L << 53));
    int[] sampled = {0};
    table.visit(
        0,
        table.end(),
        (index, values, at, missed) -> sampled[0] += mix(index) < threshold ? 1 : 0);
    Optional<Points.Density> density = Optional.of(density(table, scales));
    return columns(table, 0, table.end(), sampled[0], threshold, density);
  }

  /** All designs of some ranges. */
  static Points columns(EvaluationTable table, Iterable<Range> ranges) {
    int size = 0;
    for (Range range : ranges) {
      size += range.count();
    }
    Columns columns = new Columns(table.objectives(), size);
    for (Range range : ranges) {
      table.visit(range.first(), range.first() + range.count(), columns::add);
    }
    return columns.points(Optional.empty(), table);
  }

  private static Points columns(
      EvaluationTable table,
      long from,
      long to,
      int size,
      long threshold,
      Optional<Points.Density> density) {
    Columns columns = new Columns(table.objectives(), size);
    table.visit(
        from,
        to,
        (index, values, at, missed) -> {
          if (threshold == Long.MAX_VALUE || mix(index) < threshold) {
            columns.add(index, values, at, missed);
          }
        });
    return columns.points(density, table);
  }

  /** A number of 53 bits that looks random and is fixed for an index (splitmix64's finalizer). */
  private static long mix(long index) {
    long z = index + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (z ^ (z >>> 31)) >>> 11;
  }

  private static Points.Density density(EvaluationTable table, List<MetricAxis.Scale> scales) {
    int axes = Math.min(2, table.objectives());
    boolean[] logarithmic = new boolean[2];
    for (int k = 0; k < Math.min(2, scales.size()); k++) {
      logarithmic[k] = scales.get(k) == MetricAxis.Scale.LOGARITHMIC;
    }
    double[] from = new double[2];
    double[] to = new double[2];
    Arrays.fill(from, Double.POSITIVE_INFINITY);
    Arrays.fill(to, Double.NEGATIVE_INFINITY);
    table.visit(
        0,
        table.end(),
        (index, values, at, missed) -> {
          for (int k = 0; k < axes && missed == 0; k++) {
            double value = values[k][at];
            if (!Double.isNaN(value) && (value > 0 || !logarithmic[k])) {
              from[k] = Math.min(from[k], value);
              to[k] = Math.max(to[k], value);
            }
          }
        });
    int[] counts = new int[BINS * BINS];
    table.visit(
        0,
        table.end(),
        (index, values, at, missed) -> {
          if (missed == 0 && axes == 2) {
            int x = bin(values[0][at], from[0], to[0], logarithmic[0]);
            int y = bin(values[1][at], from[1], to[1], logarithmic[1]);
            if (x >= 0 && y >= 0) {
              counts[y * BINS + x]++;
            }
          }
        });
    return new Points.Density(BINS, from, to, logarithmic, counts);
  }

  private static int bin(double value, double from, double to, boolean logarithmic) {
    if (Double.isNaN(value)) {
      return -1;
    }
    if (logarithmic && value <= 0) {
      return 0;
    }
    double share =
        logarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
    return Double.isNaN(share) ? 0 : Math.min(BINS - 1, Math.max(0, (int) (share * BINS)));
  }

  /** Columns that grow to a known size. */
  private static final class Columns {
    private final long[] index;
    private final double[][] values;
    private final int[] missed;
    private int size;

    Columns(int objectives, int capacity) {
      index = new long[capacity];
      values = new double[objectives][capacity];
      missed = new int[capacity];
    }

    void add(long design, double[][] columns, int at, int mask) {
      index[size] = design;
      for (int k = 0; k < values.length; k++) {
        values[k][size] = columns[k][at];
      }
      missed[size] = mask;
      size++;
    }

    Points points(Optional<Points.Density> density, EvaluationTable table) {
      if (size < index.length) { // a range of a thinned table has fewer designs than indices
        double[][] filled = new double[values.length][];
        for (int k = 0; k < values.length; k++) {
          filled[k] = Arrays.copyOf(values[k], size);
        }
        long[] filledIndex = Arrays.copyOf(index, size);
        int[] filledMissed = Arrays.copyOf(missed, size);
        return new Points(filledIndex, filled, filledMissed, density, table.count(), table.kept());
      }
      return new Points(index, values, missed, density, table.count(), table.kept());
    }
  }
}
