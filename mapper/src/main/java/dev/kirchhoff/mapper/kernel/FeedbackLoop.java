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
 */
final class FeedbackLoop {
  private static final int STEPS = 60;
  private static final double SINGULAR = 1e-13;

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
