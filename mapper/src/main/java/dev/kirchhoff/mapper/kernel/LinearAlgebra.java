package dev.kirchhoff.mapper.kernel;

import java.util.Optional;

/** Dense linear algebra of kernels and their exact machine. */
final class LinearAlgebra {
  private LinearAlgebra() {}

  /**
   * Solves A x = b by elimination with partial pivoting.
   *
   * @param singular smallest pivot over the largest element of A
   * @return the solution; empty if A is singular
   */
  static Optional<double[]> solve(double[][] matrix, double[] b, double singular) {
    int n = b.length;
    double[][] a = new double[n][];
    double most = 0;
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      for (double value : a[i]) {
        most = Math.max(most, Math.abs(value));
      }
    }
    double[] x = b.clone();
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
      }
      if (!(Math.abs(a[pivot][k]) > singular * most)) {
        return Optional.empty();
      }
      double[] row = a[pivot];
      a[pivot] = a[k];
      a[k] = row;
      double value = x[pivot];
      x[pivot] = x[k];
      x[k] = value;
      for (int i = k + 1; i < n; i++) {
        double factor = a[i][k] / a[k][k];
        if (factor != 0) {
          for (int j = k; j < n; j++) {
            a[i][j] -= factor * a[k][j];
          }
          x[i] -= factor * x[k];
        }
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        x[i] -= a[i][j] * x[j];
      }
      x[i] /= a[i][i];
    }
    return Optional.of(x);
  }

  /** Unit eigenvector of the largest eigenvalue by power iteration; empty if it does not settle. */
  static Optional<double[]> dominantEigenvector(double[][] a, int steps, double tolerance) {
    int n = a.length;
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = 1 + 1e-3 * i / n;
    }
    scale(x, 1 / norm(x));
    for (int s = 0; s < steps; s++) {
      double[] y = product(a, x);
      double length = norm(y);
      if (!(length > 0)) {
        return Optional.empty();
      }
      scale(y, 1 / length);
      double difference = 0;
      for (int i = 0; i < n; i++) {
        difference = Math.max(difference, Math.abs(y[i] - x[i]));
      }
      x = y;
      if (difference < tolerance) {
        return Optional.of(x);
      }
    }
    return Optional.empty();
  }

  /** A x. */
  static double[] product(double[][] a, double[] x) {
    double[] y = new double[a.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = dot(a[i], x);
    }
    return y;
  }

  /** Σ a_i b_i. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Euclidean norm. */
  static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  /** Multiplies a vector in place. */
  static void scale(double[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }

  /** x_i ← x_i + f y_i. */
  static void add(double[] x, double f, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += f * y[i];
    }
  }
}
