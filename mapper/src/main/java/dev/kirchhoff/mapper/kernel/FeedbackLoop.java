package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;

/**
 * Settling of a loop of amplifiers around an array (Sun, Pedretti, Ambrosi, Bricalli, Ielmini, IEEE
 * Trans. Electron Devices 67 (2020), doi 10.1109/TED.2020.2992435: the time of a solution is
 * governed by the least eigenvalue, not by the size).
 *
 * <p>Amplifiers of gain-bandwidth product ω hold the lines; with G_0 the feedback conductance, the
 * outputs follow dz/dt = −ω (U A z + U b), u_i = 1 / (1 + Σ_j |a_ij| / G_0), so that the slowest
 * mode decays as exp(−ω λ t) with λ the least eigenvalue of U A. Here λ is its least singular value
 * by inverse iteration, a lower bound of it: the time is not shorter than told.
 *
 * <p>The loop of an eigenvector is unstable by design: with G_λ the feedback conductance set to the
 * eigenvalue g, dz/dt = ω U (A / g − I) z, u_i = 1 / (1 + Σ_j |a_ij| / g), and the dominant mode
 * rises as exp(ω λ t), λ the largest eigenvalue of U (A / g − I), until the amplifiers saturate
 * (Sun, Pedretti, Ambrosi, Bricalli, Ielmini, Advanced Intelligent Systems 2 (2020), doi
 * 10.1002/aisy.202000042: the mismatch of the eigenvalues decides). Neglected: the decay of the
 * second mode against the first.
 */
final class FeedbackLoop {
  private static final int STEPS = 60;
  private static final double SINGULAR = 1e-13;
  private static final int POWER_STEPS = 100_000;
  private static final double POWER_TOLERANCE = 1e-10;

  private FeedbackLoop() {}

  /**
   * Time constants of an amplifier in one of the slowest mode of the loop, 1 / λ; infinite where A
   * is singular.
   *
   * @param matrix A; where it is not square, AᵀA stands for it
   * @param fullScale magnitude of an element at the conductance G_0
   */
  static double slowness(double[][] matrix, double fullScale) {
    double[][] a = matrix.length == matrix[0].length ? matrix : normal(matrix);
    int n = a.length;
    double[][] m = new double[n][];
    for (int i = 0; i < n; i++) {
      double sum = 1;
      for (double value : a[i]) {
        sum += Math.abs(value) / fullScale;
      }
      double u = 1 / sum / fullScale;
      m[i] = Arrays.stream(a[i]).map(value -> value * u).toArray();
    }
    double[][] gram = normal(m);
    double[] x = new double[n];
    Arrays.fill(x, 1 / Math.sqrt(n));
    x[0] += 1e-3;
    double inverse = 0;
    for (int s = 0; s < STEPS; s++) {
      var y = LinearAlgebra.solve(gram, x, SINGULAR);
      if (y.isEmpty()) {
        return Double.POSITIVE_INFINITY;
      }
      inverse = LinearAlgebra.norm(y.get());
      x = y.get();
      LinearAlgebra.scale(x, 1 / inverse);
    }
    return Math.sqrt(inverse);
  }

  /**
   * Time constants of an amplifier in one of the rise of the dominant eigenvector, 1 / λ; infinite
   * where it does not rise.
   *
   * @param a square matrix A
   * @param eigenvalue eigenvalue g that the feedback is set to, positive
   */
  static double rise(double[][] a, double eigenvalue) {
    double[][] m = new double[a.length][];
    for (int i = 0; i < m.length; i++) {
      double sum = Arrays.stream(a[i]).map(Math::abs).sum() / eigenvalue;
      double u = 1 / (1 + sum);
      m[i] = Arrays.stream(a[i]).map(value -> value * u / eigenvalue).toArray();
      // U (A / g − I) + I, of the same eigenvectors: its dominant eigenvalue is the rising one.
      m[i][i] += 1 - u;
    }
    double rate =
        LinearAlgebra.dominantEigenvector(m, POWER_STEPS, POWER_TOLERANCE)
            .map(v -> LinearAlgebra.dot(v, LinearAlgebra.product(m, v)) - 1)
            .orElse(0.0);
    return rate > POWER_TOLERANCE ? 1 / rate : Double.POSITIVE_INFINITY;
  }

  private static double[][] normal(double[][] a) {
    int n = a[0].length;
    double[][] gram = new double[n][n];
    for (double[] row : a) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n && row[j] != 0; k++) {
          gram[j][k] += row[j] * row[k];
        }
      }
    }
    return gram;
  }
}
