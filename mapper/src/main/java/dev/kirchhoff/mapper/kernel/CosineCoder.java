package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Coder of blocks of n x n by their discrete cosine transform (type II, orthonormal).
 *
 * <pre>C_ui = s_u cos(π (2 i + 1) u / 2 n),  s_0 = √(1/n), s_u = √(2/n) otherwise</pre>
 *
 * <p>Blocks are lists of lines, n lines a block. Source: N. Ahmed, T. Natarajan, K. R. Rao,
 * Discrete cosine transform, IEEE Trans. Computers C-23, 90 (1974), doi 10.1109/T-C.1974.223784.
 *
 * @param n side of a block
 * @param keep coefficients kept of a block, in the order of the zig-zag scan
 * @param quality quality of the quantiser, 1 to 100; 0 = not quantised
 */
record CosineCoder(int n, int keep, int quality) {
  private static final int TABLE = 8;
  private static final int MIDDLE_QUALITY = 50;
  private static final double MOST_QUALITY = 100;

  /**
   * Steps of luminance at quality 50, by vertical, then horizontal frequency. Source: ITU-T T.81
   * (1992), table K.1, read.
   */
  private static final int[][] STEPS = {
    {16, 11, 10, 16, 24, 40, 51, 61},
    {12, 12, 14, 19, 26, 58, 60, 55},
    {14, 13, 16, 24, 40, 57, 69, 56},
    {14, 17, 22, 29, 51, 87, 80, 62},
    {18, 22, 37, 56, 68, 109, 103, 77},
    {24, 35, 55, 64, 81, 104, 113, 92},
    {49, 64, 78, 87, 103, 121, 120, 101},
    {72, 92, 95, 98, 112, 100, 103, 99}
  };

  /** Cᵀ, by position i, then frequency u. */
  double[][] transform() {
    double[][] transform = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int u = 0; u < n; u++) {
        double scale = Math.sqrt((u == 0 ? 1.0 : 2.0) / n);
        transform[i][u] = scale * StrictMath.cos(Math.PI * (2 * i + 1) * u / (2.0 * n));
      }
    }
    return transform;
  }

  /** Place of each coefficient in the zig-zag scan of ITU-T T.81, figure 5, from 0. */
  int[][] places() {
    List<int[]> order = new ArrayList<>();
    for (int i = 0; i < n * n; i++) {
      order.add(new int[] {i / n, i % n});
    }
    order.sort(
        Comparator.<int[]>comparingInt(p -> p[0] + p[1])
            .thenComparingInt(p -> (p[0] + p[1]) % 2 == 0 ? p[1] : p[0]));
    int[][] places = new int[n][n];
    for (int k = 0; k < n * n; k++) {
      places[order.get(k)[0]][order.get(k)[1]] = k;
    }
    return places;
  }

  /**
   * Steps of the quantiser: those of quality 50 at the same spatial frequency, times 50 / q below
   * and 2 − q / 50 above (the scale of the Independent JPEG Group), 1 at least; 1 if not quantised.
   */
  double[][] steps() {
    double scale = 0;
    if (quality > 0) {
      scale =
          quality < MIDDLE_QUALITY
              ? (double) MIDDLE_QUALITY / quality
              : (MOST_QUALITY - quality) / MIDDLE_QUALITY;
    }
    double[][] steps = new double[n][n];
    for (int u = 0; u < n; u++) {
      for (int v = 0; v < n; v++) {
        steps[u][v] = Math.max(1, scale * STEPS[u * TABLE / n][v * TABLE / n]);
      }
    }
    return steps;
  }

  /** Levels that are sent: coefficients in units of their steps, rounded if quantised. */
  double[][] levels(double[][] coefficients) {
    int[][] places = places();
    double[][] steps = steps();
    double[][] levels = new double[coefficients.length][n];
    for (int line = 0; line < levels.length; line++) {
      for (int v = 0; v < n; v++) {
        if (places[line % n][v] < keep) {
          double level = coefficients[line][v] / steps[line % n][v];
          levels[line][v] = quality > 0 ? Math.rint(level) : level;
        }
      }
    }
    return levels;
  }

  /** Samples that levels stand for: Cᵀ Y C. */
  double[][] decoded(double[][] levels) {
    double[][] transform = transform();
    double[][] steps = steps();
    double[][] samples = new double[levels.length][n];
    double[] row = new double[n];
    for (int line = 0; line < levels.length; line++) {
      int u = line % n;
      for (int j = 0; j < n; j++) {
        row[j] = 0;
        for (int v = 0; v < n; v++) {
          row[j] += levels[line][v] * steps[u][v] * transform[j][v];
        }
      }
      for (int i = 0; i < n; i++) {
        LinearAlgebra.add(samples[line - u + i], transform[i][u], row);
      }
    }
    return samples;
  }
}
