package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.mapper.column.CellErrors;
import dev.kirchhoff.mapper.column.CellLevels;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitStatistics;

/**
 * Noise of a column's sum before its conversion, in squares of one level times one step of the
 * input: that of cells, thermal noise, offset of the virtual ground (docs/models.md, eq. 12 to 20).
 *
 * <p>Cells: Σ_l P_s(l) σ²(l)/ΔG² for each weight and squared input, P counted by the inputs that
 * cells meet, and Σ_k 4^(b_c k) of these for combined columns. All terms of a cell of one bit among
 * cells of b_c bits are divided by (2^b_c − 1)². Thermal noise of currents: 2 kT G/t_int / I² of a
 * column of conductance G = r (G_min + ΔG l_s), with that of other rows where their cells conduct,
 * and I = ΔG V_r; mean drift scales both G and I. Of charges: kT n/(C_u V²) in products². Virtual
 * ground: (v_vg G/I)², an offset that is the same for every pulse. Pairs count both columns.
 * Immutable.
 */
final class ColumnNoise {
  private final ColumnModel column;
  private final CellErrors errors;
  private final double thermalPer_uS;
  private final double offsetPer_uS;
  private final double columnThermal;

  ColumnNoise(ColumnModel column, CellErrors errors) {
    this.column = column;
    this.errors = errors;
    double step_uS = column.cells().step_uS();
    thermalPer_uS = column.summation().thermalPer_uS(step_uS, errors.kept());
    offsetPer_uS = column.summation().offsetPer_uS(step_uS);
    columnThermal = column.summation().columnThermal(column.array().rowsActive());
  }

  /** Errors of the cells. */
  CellErrors errors() {
    return errors;
  }

  /**
   * Variance by the working cells of a sum of matches, each of which makes one of two cells
   * conduct.
   */
  double cellsOfMatches(double match) {
    return match * errors.working(1) + (1 - match) * errors.working(0);
  }

  /** Variance that stuck cells add to {@link #cellsOfMatches}. */
  double stuckMatches(double match) {
    return match * errors.stuck(1) + (1 - match) * errors.stuck(0);
  }

  /** Variance that stuck cells of a digit add for each weight and squared input. */
  double stuckCells(DigitStatistics weights, int slice) {
    if (errors.stuckShare() == 0) {
      return 0;
    }
    CellLevels cells = weights.inputWeightedCells();
    double sum = 0;
    for (int s = first(weights, slice), end = end(weights, slice); s < end; s++) {
      double ofCell = 0;
      for (int level = 0; level < errors.levels(); level++) {
        ofCell += cells.atLevel(s, level) * errors.stuck(level);
      }
      sum += cells.squareIn(first(weights, slice), s) * ofCell;
    }
    return sum;
  }

  /** Stuck cells among those of a digit. */
  double stuckShare(DigitStatistics weights) {
    CellLevels cells = weights.cells();
    return errors.stuckShare() * cells.perDigit() * weights.cellsOfDigit();
  }

  /** Share of cells that are stuck. */
  double stuckShare() {
    return errors.stuckShare();
  }

  /**
   * Thermal noise of a digit's columns at an input of one step.
   *
   * @param rows rows that are read
   * @param used rows of a crossbar that hold weights, of which those that are not read conduct
   *     where nothing isolates their cells
   */
  double thermal(DigitStatistics weights, int slice, double rows, double used) {
    if (!column.summation().isCurrent()) {
      double levels = weights.largestDigit(slice);
      return column.encoding().columnsPerDigit() * columnThermal * levels * levels;
    }
    CellLevels cells = weights.cells();
    double sum = 0;
    for (int s = first(weights, slice), end = end(weights, slice); s < end; s++) {
      double level = cells.level(s);
      sum +=
          cells.squareIn(first(weights, slice), s)
              * (column.column_uS(rows, level) + column.idle_uS(rows, used, level));
    }
    return column.encoding().columnsPerDigit() * thermalPer_uS * sum;
  }

  /** Square of the offset of a digit's columns at an input of one step. */
  double virtualGround(DigitStatistics weights, int slice, double rows) {
    if (!column.summation().isCurrent()) {
      return 0;
    }
    CellLevels cells = weights.cells();
    double sum = 0;
    for (int s = first(weights, slice), end = end(weights, slice); s < end; s++) {
      double ground = offsetPer_uS * column.column_uS(rows, cells.level(s));
      sum += cells.squareIn(first(weights, slice), s) * ground * ground;
    }
    return column.encoding().columnsPerDigit() * sum;
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
}
