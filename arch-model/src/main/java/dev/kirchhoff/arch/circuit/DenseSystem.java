package dev.kirchhoff.arch.circuit;

/** A small dense system by Gaussian elimination with pivots; dependent rows leave zeros. */
final class DenseSystem {
  private static final double DEPENDENT = 1e-12;

  private DenseSystem() {}

  /** x of M x = y; M is kept. */
  static double[] solve(double[][] matrix, double[] right) {
    int n = right.length;
    double[][] m = new double[n][];
    double largest = 0;
    for (int i = 0; i < n; i++) {
      m[i] = matrix[i].clone();
      for (double value : m[i]) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    double[] x = right.clone();
    boolean[] dependent = new boolean[n];
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(m[i][k]) > Math.abs(m[pivot][k]) ? i : pivot;
      }
      if (Math.abs(m[pivot][k]) <= DEPENDENT * largest) {
        dependent[k] = true;
        continue;
      }
      double[] row = m[pivot];
      m[pivot] = m[k];
      m[k] = row;
      double value = x[pivot];
      x[pivot] = x[k];
      x[k] = value;
      for (int i = k + 1; i < n; i++) {
        double factor = m[i][k] / row[k];
        for (int j = k; j < n; j++) {
          m[i][j] -= factor * row[j];
        }
        x[i] -= factor * value;
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      for (int j = k + 1; j < n; j++) {
        x[k] -= m[k][j] * x[j];
      }
      x[k] = dependent[k] ? 0 : x[k] / m[k][k];
    }
    return x;
  }
}
