package dev.kirchhoff.mapper.simulate;

import java.util.Arrays;

/** Products of integers, exact while sums stay below 2^53. */
final class ExactProduct {
  private double[][] values = new double[0][0];

  /** Sets the products of a batch, both by unit, then vector. */
  void multiply(int[][] weights, int[][] vectors, double[][] products) {
    int batch = vectors[0].length;
    int inputs = vectors.length;
    int even = inputs + 1 & ~1;
    if (values.length < even || values[0].length != batch) {
      values = new double[even][batch];
    }
    for (int k = 0; k < inputs; k++) {
      for (int v = 0; v < batch; v++) {
        values[k][v] = vectors[k][v];
      }
    }
    for (int k = inputs; k < even; k++) {
      Arrays.fill(values[k], 0);
    }
    int outputs = weights[0].length;
    for (int m = 0; m < outputs; m++) {
      Arrays.fill(products[m], 0);
      for (int k = 0; k < inputs; k += 2) {
        double other = k + 1 < inputs ? weights[k + 1][m] : 0;
        add(products[m], values[k], weights[k][m], values[k + 1], other);
      }
    }
  }

  private static void add(double[] sums, double[] x, double a, double[] y, double b) {
    for (int v = 0; v < sums.length; v++) {
      sums[v] += a * x[v] + b * y[v];
    }
  }
}
