package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;

/**
 * Exact principal components of samples: eigenvectors of Xᵀ X by power iteration with deflation.
 *
 * @param vectors components, of unit length, the strongest first
 * @param shares share of each in the sum of all squares
 */
record ExactComponents(double[][] vectors, double[] shares) {
  static final Outcome.Measure COSINE = new Outcome.Measure("cosine", "cosine", "", true);
  private static final int STEPS = 100_000;
  private static final double TOLERANCE = 1e-13;

  static ExactComponents of(double[][] samples, int count) {
    int n = samples[0].length;
    double[][] products = new double[n][n];
    for (double[] x : samples) {
      for (int i = 0; i < n; i++) {
        LinearAlgebra.add(products[i], x[i], x);
      }
    }
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += products[i][i];
    }
    double[][] vectors = new double[count][];
    double[] shares = new double[count];
    for (int c = 0; c < count; c++) {
      double[] vector =
          LinearAlgebra.dominantEigenvector(products, STEPS, TOLERANCE).orElse(new double[n]);
      double eigenvalue = LinearAlgebra.dot(vector, LinearAlgebra.product(products, vector));
      for (int i = 0; i < n; i++) {
        LinearAlgebra.add(products[i], -eigenvalue * vector[i], vector);
      }
      vectors[c] = vector;
      shares[c] = eigenvalue / trace;
    }
    return new ExactComponents(vectors, shares);
  }

  /** |cos| between each component and a column; 0 where either has no length. */
  double[] cosines(double[][] columns) {
    double[] cosines = new double[vectors.length];
    for (int c = 0; c < cosines.length; c++) {
      double product = 0;
      double square = 0;
      for (int i = 0; i < columns.length; i++) {
        product += columns[i][c] * vectors[c][i];
        square += columns[i][c] * columns[i][c];
      }
      cosines[c] = square == 0 ? 0 : Math.abs(product) / Math.sqrt(square);
    }
    return cosines;
  }

  /** The least |cos| of all components. */
  double least(double[][] columns) {
    return Arrays.stream(cosines(columns)).min().orElseThrow();
  }
}
