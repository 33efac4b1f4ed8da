package dev.kirchhoff.mapper.linear;

import java.util.Optional;

/** Dense linear algebra of kernels and of the circuits that they run on. */
public final class LinearAlgebra {
  /** Its multiples modulo 1 are spread evenly: a start vector that no symmetry is orthogonal to. */
  private static final double GOLDEN_RATIO = 0.6180339887498949;

  private LinearAlgebra() {}

  /**
   * Solves A x = b by elimination with partial pivoting.
   *
   * @param singular smallest pivot over the largest element of A
   * @return the solution; empty if A is singular
   */
  public static Optional<double[]> solve(double[][] matrix, double[] b, double singular) {
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

  /**
   * True if all eigenvalues of A have positive real parts.
   *
   * <p>The Cayley transform M = (I + hA)⁻¹ (I − hA) takes the right half-plane into the unit disc
   * for every h > 0, so that the powers M², M⁴, M⁸ ... vanish if and only if A is positive stable.
   * An eigenvalue within about 1e-9 of the largest from the imaginary axis counts as unstable.
   */
  public static boolean isPositiveStable(double[][] a) {
    int n = a.length;
    double most = 0;
    for (double[] row : a) {
      double sum = 0;
      for (double value : row) {
        sum += Math.abs(value);
      }
      most = Math.max(most, sum);
    }
    double[][] shifted = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        shifted[i][j] = (i == j ? 1 : 0) + (most == 0 ? 0 : a[i][j] / most);
      }
    }
    Optional<double[][]> inverse = inverse(shifted, 0);
    if (inverse.isEmpty()) {
      return false;
    }
    double[][] power = inverse.get();
    for (int i = 0; i < n; i++) {
      scale(power[i], 2);
      power[i][i] -= 1;
    }
    for (int squarings = 0; squarings < 32; squarings++) {
      double size = size(power);
      if (!(size < 1e100)) {
        return false;
      }
      if (size < 1) {
        return true;
      }
      power = product(power, power);
    }
    return false;
  }

  /** Frobenius norm. */
  private static double size(double[][] a) {
    double squares = 0;
    for (double[] row : a) {
      squares += dot(row, row);
    }
    return Math.sqrt(squares);
  }

  /** A B. */
  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        add(c[i], a[i][k], b[k]);
      }
    }
    return c;
  }

  /**
   * A⁻¹ by Gauss-Jordan elimination with partial pivoting.
   *
   * @param singular smallest pivot over the largest element of A
   * @return the inverse; empty if A is singular
   */
  public static Optional<double[][]> inverse(double[][] matrix, double singular) {
    int n = matrix.length;
    double bound = singular * largest(matrix);
    double[][] a = new double[n][];
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      inverse[i][i] = 1;
    }
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
      }
      if (!(Math.abs(a[pivot][k]) > bound)) {
        return Optional.empty();
      }
      swap(a, k, pivot);
      swap(inverse, k, pivot);
      double scale = 1 / a[k][k];
      scale(a[k], scale);
      scale(inverse[k], scale);
      for (int i = 0; i < n; i++) {
        double factor = a[i][k];
        if (i != k && factor != 0) {
          add(a[i], -factor, a[k]);
          add(inverse[i], -factor, inverse[k]);
        }
      }
    }
    return Optional.of(inverse);
  }

  private static double largest(double[][] a) {
    double most = 0;
    for (double[] row : a) {
      for (double value : row) {
        most = Math.max(most, Math.abs(value));
      }
    }
    return most;
  }

  private static void swap(double[][] rows, int i, int j) {
    double[] row = rows[i];
    rows[i] = rows[j];
    rows[j] = row;
  }

  /** Unit eigenvector of the largest eigenvalue by power iteration; empty if it does not settle. */
  public static Optional<double[]> dominantEigenvector(double[][] a, int steps, double tolerance) {
    int n = a.length;
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = 1 + (i * GOLDEN_RATIO) % 1;
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
  public static double[] product(double[][] a, double[] x) {
    double[] y = new double[a.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = dot(a[i], x);
    }
    return y;
  }

  /** Σ a_i b_i. */
  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Euclidean norm. */
  public static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  /** Multiplies a vector in place. */
  public static void scale(double[] x, double factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
  }

  /** x_i ← x_i + f y_i. */
  public static void add(double[] x, double f, double[] y) {
    for (int i = 0; i < x.length; i++) {
      x[i] += f * y[i];
    }
  }
}
