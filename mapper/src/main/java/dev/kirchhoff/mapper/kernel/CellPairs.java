package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.random.RandomKey;
import java.util.Arrays;

/**
 * Cells of one state, two of a row a pair.
 *
 * @param rows rows
 * @param across pairs of a row
 * @param spread standard deviation of cells over their mean, which is 1
 * @param seed seed of the cells
 */
record CellPairs(int rows, int across, double spread, long seed) {
  /** Number of pairs. */
  int pairs() {
    return rows * across;
  }

  /** Cells without their deviations, by row, then column. */
  double[][] alike() {
    double[][] cells = new double[rows][2 * across];
    for (double[] row : cells) {
      Arrays.fill(row, 1);
    }
    return cells;
  }

  /** Deviations of the cells from their mean, normal, by row, then column. */
  double[][] deviations() {
    RandomKey chip = RandomKey.of(seed);
    double[][] deviation = new double[rows][2 * across];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < deviation[r].length; c++) {
        deviation[r][c] = spread * chip.gaussian((long) r * deviation[r].length + c);
      }
    }
    return deviation;
  }
}
