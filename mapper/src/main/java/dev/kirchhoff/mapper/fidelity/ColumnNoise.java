package dev.kirchhoff.mapper.fidelity;

import dev.kirchhoff.arch.chip.Compute;
import java.util.Arrays;

/**
 * Noise of a column's sum before a converter sees it, in squares of one level times one step of the
 * input: that of cells, of heat, of the virtual ground.
 *
 * <p>Cells: Σ_l P_s(l) σ²(l)/ΔG² for each weight and squared input, P counted by the inputs that
 * cells meet; of columns that are combined Σ_k 4^(b_c k) of these, and of heat and offset. Heat,
 * currents: 2 kT G/t_int / I² of a column of conductance G = r (G_min + ΔG l_s) with I = ΔG V_r,
 * which mean drift raises by what it takes of G and I; charges: kT n/(C_u V²) in products². Virtual
 * ground: (v_vg G/I)², an offset that every pulse meets alike. Pairs count both columns. Immutable;
 * one per design.
 *
 * @param kind what columns add up
 * @param working variance of a level's working cells, in squares of a level
 * @param stuck what stuck cells add to it
 * @param stuckShare share of cells that are stuck
 * @param columnsPerDigit columns of a digit
 * @param min_uS conductance of level 0
 * @param window_uS conductance of the last level above that
 * @param thermal factor of a column's conductance
 * @param offset factor of a column's conductance, before it is squared
 * @param shared variance of a shared column in products²
 */
record ColumnNoise(
    Compute.Kind kind,
    double[] working,
    double[] stuck,
    double stuckShare,
    int columnsPerDigit,
    double min_uS,
    double window_uS,
    double thermal,
    double offset,
    double shared) {

  /** A converter without anything before it. */
  static final ColumnNoise NONE =
      new ColumnNoise(Compute.Kind.DIGITAL, new double[0], new double[0], 0, 1, 0, 0, 0, 0, 0);

  /** Levels of a cell. */
  int levels() {
    return working.length;
  }

  /** Variance of a level, in squares of a level. */
  double variance(int level) {
    return working[level] + stuck[level];
  }

  /**
   * Variance of the working cells of a count of matches, of which each has one of two cells
   * conduct.
   */
  double cellsOfMatches(double match) {
    return working.length == 0 ? 0 : match * working[1] + (1 - match) * working[0];
  }

  /** What stuck cells add to {@link #cellsOfMatches}. */
  double stuckMatches(double match) {
    return stuck.length == 0 ? 0 : match * stuck[1] + (1 - match) * stuck[0];
  }

  /** Variance that stuck cells of a digit add for each weight and squared input. */
  double stuckCells(DigitStatistics weights, int slice) {
    return stuckShare == 0 ? 0 : digit(weights, slice, stuck);
  }

  /** Stuck cells among those of a digit. */
  double stuckShare(DigitStatistics weights) {
    CellLevels cells = weights.cells();
    return stuckShare * cells.perDigit() * weights.cellsOfDigit();
  }

  /** Heat of a digit's columns at an input of one step. */
  double heat(DigitStatistics weights, int slice, double rows) {
    if (kind != Compute.Kind.CURRENT) {
      double levels = weights.largestDigit();
      return columnsPerDigit * shared * levels * levels;
    }
    CellLevels cells = weights.cells();
    double sum = 0;
    double counts = 1;
    for (int s = first(weights, slice), end = end(weights, slice); s < end; s++) {
      sum += counts * column_uS(cells, s, rows);
      counts *= next(cells);
    }
    return columnsPerDigit * thermal * sum;
  }

  /** Square of the offset of a digit's columns at an input of one step. */
  double ground(DigitStatistics weights, int slice, double rows) {
    if (kind != Compute.Kind.CURRENT) {
      return 0;
    }
    CellLevels cells = weights.cells();
    double sum = 0;
    double counts = 1;
    for (int s = first(weights, slice), end = end(weights, slice); s < end; s++) {
      double ground = offset * column_uS(cells, s, rows);
      sum += counts * ground * ground;
      counts *= next(cells);
    }
    return columnsPerDigit * sum;
  }

  /** First of the cells, or pairs of cells, that hold a digit together. */
  static int first(DigitStatistics weights, int slice) {
    return slice * weights.cellsOfDigit();
  }

  /** One after the last of them. */
  static int end(DigitStatistics weights, int slice) {
    int end = (slice + 1) * weights.cellsOfDigit();
    int all = weights.cells().slices();
    return end < all ? end : all;
  }

  /** What the variance of a cell counts more than that of the one before it. */
  static double next(CellLevels cells) {
    return 1 << 2 * cells.width();
  }

  /** Sum over the cells of a digit, in squares of a level of the first. */
  private static double digit(DigitStatistics weights, int slice, double[] variances) {
    CellLevels cells = weights.driven();
    double sum = 0;
    double counts = 1;
    for (int s = first(weights, slice), end = end(weights, slice); s < end; s++) {
      double ofCell = 0;
      for (int level = 0; level < variances.length; level++) {
        ofCell += cells.atLevel(s, level) * variances[level];
      }
      sum += counts * ofCell;
      counts *= next(cells);
    }
    return sum;
  }

  private double column_uS(CellLevels cells, int slice, double rows) {
    return rows * (min_uS + window_uS * cells.level(slice));
  }
}
