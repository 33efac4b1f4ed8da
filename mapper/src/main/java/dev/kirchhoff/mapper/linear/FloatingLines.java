package dev.kirchhoff.mapper.linear;

/**
 * Currents of an array with floating lines, wires without resistance: every open line takes the
 * potential at which its currents sum to zero (Kirchhoff's current law).
 *
 * <pre>Σ_j g_ij (v_i − u_j) = 0 for open rows i,  Σ_i g_ij (v_i − u_j) = 0 for open columns j</pre>
 */
public final class FloatingLines {
  private static final double SINGULAR = 1e-14;

  private FloatingLines() {}

  /**
   * Currents into the grounded columns at a read voltage of 1.
   *
   * @param conductances by row, then column, not negative
   */
  public static double[] currents(double[][] conductances, boolean[] biased, boolean[] grounded) {
    int rows = biased.length;
    int lines = rows + grounded.length;
    double[][] a = new double[lines][lines];
    double[] b = new double[lines];
    for (int line = 0; line < lines; line++) {
      boolean isRow = line < rows;
      boolean isFixed = isRow ? biased[line] : grounded[line - rows];
      if (isFixed) {
        a[line][line] = 1;
        b[line] = isRow ? 1 : 0;
        continue;
      }
      for (int other = isRow ? rows : 0; other < (isRow ? lines : rows); other++) {
        double g = isRow ? conductances[line][other - rows] : conductances[other][line - rows];
        a[line][line] += g;
        a[line][other] -= g;
      }
    }
    double[] potentials =
        LinearAlgebra.solve(a, b, SINGULAR)
            .orElseThrow(() -> new IllegalArgumentException("A line of the array is cut off."));
    double[] currents = new double[grounded.length];
    for (int j = 0; j < currents.length; j++) {
      for (int i = 0; i < rows && grounded[j]; i++) {
        currents[j] += conductances[i][j] * potentials[i];
      }
    }
    return currents;
  }
}
