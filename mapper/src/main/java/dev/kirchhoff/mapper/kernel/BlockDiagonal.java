package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;

/**
 * Copies of an n x n matrix on disjoint rows and columns of one matrix, which together multiply as
 * many vectors in one read.
 *
 * @param n side of the matrix
 * @param copies number of copies
 */
record BlockDiagonal(int n, int copies) {
  /** The copies on the diagonal, 0 elsewhere. */
  double[][] matrix(double[][] one) {
    double[][] matrix = new double[n * copies][n * copies];
    for (int i = 0; i < matrix.length; i++) {
      System.arraycopy(one[i % n], 0, matrix[i], i / n * n, n);
    }
    return matrix;
  }

  /** Forward reads of vectors, as many in one read as there are copies. */
  double[][] read(Machine machine, Machine.Stored stored, double[][] vectors) {
    double[][] packed = new double[(vectors.length + copies - 1) / copies][n * copies];
    for (int v = 0; v < vectors.length; v++) {
      System.arraycopy(vectors[v], 0, packed[v / copies], v % copies * n, n);
    }
    double[][] outputs = machine.read(stored, packed);
    double[][] products = new double[vectors.length][n];
    for (int v = 0; v < vectors.length; v++) {
      System.arraycopy(outputs[v / copies], v % copies * n, products[v], 0, n);
    }
    return products;
  }
}
