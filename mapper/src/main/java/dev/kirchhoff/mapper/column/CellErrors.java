package dev.kirchhoff.mapper.column;

import java.util.Arrays;

/**
 * Errors of the cells of a column at one age, by level: variances in squares of a level.
 *
 * <p>Cells that conduct have those of {@link CellVariation}, unit capacitors their mismatch, bits
 * none. Immutable; equal where all figures are.
 */
public final class CellErrors {
  private final double[] working;
  private final double[] stuck;
  private final double quietest;
  private final double stuckShare;
  private final double kept;
  private final int hash;

  private CellErrors(double[] working, double[] stuck, double stuckShare, double kept) {
    this.working = working;
    this.stuck = stuck;
    this.stuckShare = stuckShare;
    this.kept = kept;
    quietest = Arrays.stream(working).min().orElse(0);
    hash =
        31 * (31 * Arrays.hashCode(working) + Arrays.hashCode(stuck))
            + Double.hashCode(stuckShare)
            + Double.hashCode(kept);
  }

  /** Errors of the cells of a column. */
  public static CellErrors of(ColumnModel column, CellVariation variation, double age_s) {
    if (column.summation().isCurrent()) {
      return of(variation, age_s);
    }
    double[] working = new double[column.cells().levels()];
    if (column.summation() instanceof Summation.Charge charge) {
      double mismatch = charge.mismatchVariance();
      Arrays.setAll(working, level -> level * mismatch);
    }
    return new CellErrors(working, new double[working.length], 0, 1);
  }

  /** Errors of cells that conduct. */
  public static CellErrors of(CellVariation variation, double age_s) {
    double perLevel = 1 / (variation.step_uS() * variation.step_uS());
    double[] working = new double[variation.levels()];
    double[] variances_uS2 = variation.variances_uS2(age_s);
    double[] stuck = new double[variation.levels()];
    for (int level = 0; level < working.length; level++) {
      stuck[level] = variation.stuck_uS2(level) * perLevel;
      working[level] = variances_uS2[level] * perLevel - stuck[level];
    }
    return new CellErrors(working, stuck, variation.stuckShare(), variation.kept(age_s));
  }

  /** Cells that all work, by the variance of each level, in squares of a level. */
  public static CellErrors ofWorking(double... variances) {
    return new CellErrors(variances.clone(), new double[variances.length], 0, 1);
  }

  /**
   * Cells without errors.
   *
   * @param levels levels of a cell
   */
  public static CellErrors none(int levels) {
    return new CellErrors(new double[levels], new double[levels], 0, 1);
  }

  /** Levels of a cell. */
  public int levels() {
    return working.length;
  }

  /** Variance of the working cells of a level. */
  public double working(int level) {
    return working[level];
  }

  /** Least variance of the working cells of a level. */
  public double quietest() {
    return quietest;
  }

  /** Variance that stuck cells add to a level: rare and large. */
  public double stuck(int level) {
    return stuck[level];
  }

  /** Variance of a level. */
  public double variance(int level) {
    return working[level] + stuck[level];
  }

  /** Share of cells that are stuck. */
  public double stuckShare() {
    return stuckShare;
  }

  /** Share of its conductance that a cell keeps after mean drift. */
  public double kept() {
    return kept;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof CellErrors errors
            && hash == errors.hash
            && Arrays.equals(working, errors.working)
            && Arrays.equals(stuck, errors.stuck)
            && Double.compare(stuckShare, errors.stuckShare) == 0
            && Double.compare(kept, errors.kept) == 0;
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
