package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.mapper.linear.LinearAlgebra;

/**
 * Matrix stored by its non-zero elements, row after row: exact products of digital units in 64
 * bits.
 *
 * <p>Memory holds the non-zero elements with an index of 16 bits each, or all n² where these take
 * less; a product reads what is held. Neglected: starts of the rows, and that half of a symmetric
 * matrix would suffice.
 */
final class SparseMatrix {
  private static final int BITS = 64;

  /** Bits of an index: whole bytes for {@link MatrixMarket#MOST} columns. */
  private static final int INDEX_BITS = 16;

  private final int[] starts;
  private final int[] columns;
  private final double[] values;

  /**
   * The non-zero elements of a matrix.
   *
   * @param matrix elements by row, then column
   */
  SparseMatrix(double[][] matrix) {
    starts = new int[matrix.length + 1];
    for (int i = 0; i < matrix.length; i++) {
      starts[i + 1] = starts[i];
      for (double value : matrix[i]) {
        starts[i + 1] += value == 0 ? 0 : 1;
      }
    }
    columns = new int[nonZeros()];
    values = new double[nonZeros()];
    int end = 0;
    for (double[] row : matrix) {
      for (int j = 0; j < row.length; j++) {
        if (row[j] != 0) {
          columns[end] = j;
          values[end++] = row[j];
        }
      }
    }
  }

  /** Number of non-zero elements: multiplications of a product. */
  int nonZeros() {
    return starts[starts.length - 1];
  }

  /** Elements of the matrix, zeros included. */
  private double all() {
    double rows = starts.length - 1.0;
    return rows * rows;
  }

  private boolean hasIndices() {
    return nonZeros() * (double) (BITS + INDEX_BITS) < all() * BITS;
  }

  /** Keeps the matrix in the memory of a machine. */
  void keep(Machine machine) {
    if (hasIndices()) {
      machine.keep(nonZeros(), BITS);
      machine.keep(nonZeros(), INDEX_BITS);
    } else {
      machine.keep(all(), BITS);
    }
  }

  /** Counts a product: multiplications of non-zero elements, indices where they are kept. */
  void count(Machine machine) {
    machine.digital(VectorOperation.DOT, nonZeros(), BITS);
    if (hasIndices()) {
      machine.digital(VectorOperation.INDEX, nonZeros(), INDEX_BITS);
    }
  }

  /** b − A x. */
  double[] residual(double[] b, double[] x) {
    double[] r = b.clone();
    for (int i = 0; i < r.length; i++) {
      for (int k = starts[i]; k < starts[i + 1]; k++) {
        r[i] -= values[k] * x[columns[k]];
      }
    }
    return r;
  }

  /** A x. */
  double[] product(double[] x) {
    double[] y = residual(new double[starts.length - 1], x);
    LinearAlgebra.scale(y, -1);
    return y;
  }
}
