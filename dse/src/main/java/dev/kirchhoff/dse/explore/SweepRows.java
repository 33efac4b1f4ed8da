package dev.kirchhoff.dse.explore;

/** Some designs of a sweep with their values, in the order of the sweep. */
public final class SweepRows {
  private final long first;
  private final int[][] ordinals;
  private final double[][] values;
  private final double[][] violations;
  private final float[] relativeTotals;

  /**
   * Rows of a sweep; the arrays are not copied.
   *
   * @param first index of the first row
   * @param ordinals designs
   * @param values their values
   * @param violations their misses
   * @param relativeTotals sums of their relative misses ({@link
   *     dev.kirchhoff.dse.budget.IslandEvaluator#compute})
   */
  public SweepRows(
      long first,
      int[][] ordinals,
      double[][] values,
      double[][] violations,
      float[] relativeTotals) {
    this.first = first;
    this.ordinals = ordinals;
    this.values = values;
    this.violations = violations;
    this.relativeTotals = relativeTotals;
  }

  /** Index of the first row in the sweep. */
  public long first() {
    return first;
  }

  /** Number of rows. */
  public int count() {
    return ordinals.length;
  }

  /** Ordinals of a row; not to be changed. */
  public int[] ordinals(int row) {
    return ordinals[row];
  }

  /** A value of a row, in the order of the problem's objectives; NaN = there is none. */
  public double value(int row, int column) {
    return values[row][column];
  }

  /** By how much a row misses a constraint; 0 = met. */
  public double violation(int row, int constraint) {
    return violations[row][constraint];
  }

  /** True if a row meets every constraint and has every value. */
  public boolean isFeasible(int row) {
    return relativeTotals[row] == 0;
  }

  double[] values(int row) {
    return values[row];
  }
}
