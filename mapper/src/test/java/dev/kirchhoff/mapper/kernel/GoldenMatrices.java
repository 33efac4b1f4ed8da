package dev.kirchhoff.mapper.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reference matrices and solutions in MatrixMarket files; each names its source. */
final class GoldenMatrices {
  private GoldenMatrices() {}

  /** Bytes of a file of {@code golden/kernels}. */
  static byte[] file(String name) {
    try (InputStream in =
        GoldenMatrices.class.getResourceAsStream("/golden/kernels/" + name + ".mtx")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** A matrix by row, then column. */
  static double[][] matrix(String name) {
    try {
      return MatrixMarket.read(file(name));
    } catch (MatrixMarket.Malformed e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** A column of a matrix. */
  static double[] column(String name, int column) {
    double[][] matrix = matrix(name);
    double[] values = new double[matrix.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = matrix[i][column];
    }
    return values;
  }
}
