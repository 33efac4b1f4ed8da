package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.List;

/**
 * Matrices of linear systems: models of three applications, or a user's file.
 *
 * <ul>
 *   <li>{@code poisson}: five-point stencil of −∇²u on a square grid with u = 0 around it, 4 on the
 *       diagonal, −1 for each neighbour; size² rows
 *   <li>{@code covariance}: a_ii = 1 + √i from i = 1, a_ij = 1 / (i − j)² within a band (Le Gallo
 *       et al., Nature Electronics 2018, doi 10.1038/s41928-018-0054-8)
 *   <li>{@code spd}: B Bᵀ / n + s I, B uniform in 0..1, s by the condition number; all elements are
 *       positive, as conductances are
 *   <li>{@code file}: MatrixMarket, read by {@link MatrixMarket}
 * </ul>
 */
final class ModelMatrix {
  private static final int POWER_STEPS = 100_000;
  private static final double POWER_TOLERANCE = 1e-12;
  private static final double SINGULAR = 1e-15;

  private static final Type.Kinds KINDS =
      new Type.Kinds(
          "matrix",
          List.of(
              shape(
                  "poisson",
                  Key.of(
                      "size",
                      Type.whole(2, 64),
                      "16",
                      "inner points along each side of the square grid; the matrix has size² rows")),
              shape(
                  "covariance",
                  Key.of("size", Type.whole(2, MatrixMarket.MOST), "256", "rows and columns"),
                  Key.of(
                      "band",
                      Type.whole(0, MatrixMarket.MOST),
                      "50",
                      "largest distance from the diagonal at which an element is not zero")),
              shape(
                  "spd",
                  Key.of("size", Type.whole(2, 256), "16", "rows and columns"),
                  Key.of(
                      "condition",
                      Type.quantity(Dimension.NUMBER, 1.01, 1e6),
                      "15.5",
                      "largest eigenvalue over the smallest one"),
                  Key.of("seed", Type.whole(0, Integer.MAX_VALUE), "1", "seed of its elements")),
              shape(
                  "file",
                  Key.required(
                      "file",
                      new Type.Text(),
                      "MatrixMarket file (.mtx), relative to the spec; real, integer or pattern,"
                          + " general or symmetric, at most "
                          + MatrixMarket.MOST
                          + " rows"))));

  private ModelMatrix() {}

  private static Type.Shape shape(String word, Key... keys) {
    return new Type.Shape(word, "a " + word + " matrix", List.of(keys));
  }

  /** The key of a square matrix. */
  static Key key(String defaultKind) {
    return Key.of(
        "matrix",
        KINDS,
        defaultKind,
        "matrix A: a poisson, covariance or spd model, or a MatrixMarket file");
  }

  /**
   * The matrix that settings name.
   *
   * @param path dotted path of the matrix within the kernel
   * @throws Unfit if its file cannot be read, or it is not square
   */
  static double[][] of(Settings settings, String path) throws Unfit {
    double[][] matrix =
        switch (settings.word("kind")) {
          case "poisson" -> poisson(settings.whole("size"));
          case "covariance" -> covariance(settings.whole("size"), settings.whole("band"));
          case "spd" ->
              spd(settings.whole("size"), settings.number("condition"), settings.whole("seed"));
          default -> file(settings, "file", path + ".file");
        };
    if (matrix.length != matrix[0].length) {
      throw new Unfit(
          path + ".file",
          "holds a matrix of "
              + matrix.length
              + " x "
              + matrix[0].length
              + "; a system to solve must be square");
    }
    return matrix;
  }

  /**
   * The matrix of a MatrixMarket file.
   *
   * @param key key of the file within the settings
   * @param path dotted path of the key within the kernel
   */
  static double[][] file(Settings settings, String key, String path) throws Unfit {
    try {
      return MatrixMarket.read(settings.file(key));
    } catch (MatrixMarket.Malformed e) {
      throw new Unfit(path, "is not a MatrixMarket matrix: " + e.getMessage());
    }
  }

  /** Five-point stencil of a grid of n x n inner points, line after line. */
  static double[][] poisson(int n) {
    double[][] a = new double[n * n][n * n];
    for (int p = 0; p < a.length; p++) {
      a[p][p] = 4;
      if (p % n > 0) {
        a[p][p - 1] = -1;
        a[p - 1][p] = -1;
      }
      if (p >= n) {
        a[p][p - n] = -1;
        a[p - n][p] = -1;
      }
    }
    return a;
  }

  /** Model covariance, 1 + √i on the diagonal, 1 / d² at distance d. */
  static double[][] covariance(int n, int band) {
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = Math.max(0, i - band); j <= Math.min(n - 1, i + band); j++) {
        double distance = i - j;
        a[i][j] = i == j ? 1 + Math.sqrt(i + 1) : 1 / (distance * distance);
      }
    }
    return a;
  }

  /**
   * B Bᵀ / n + s I of a condition number c: s = (λ_max − c λ_min) / (c − 1), with the extreme
   * eigenvalues of B Bᵀ / n by direct and inverse power iteration.
   */
  static double[][] spd(int n, double condition, int seed) {
    RandomKey key = RandomKey.of(seed);
    double[][] b = new double[n][n];
    for (int i = 0; i < n * n; i++) {
      b[i / n][i % n] = key.uniform(i);
    }
    double[][] a = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i][j] = LinearAlgebra.dot(b[i], b[j]) / n;
      }
    }
    double most = LinearAlgebra.dot(dominant(a), LinearAlgebra.product(a, dominant(a)));
    double shift = (most - condition * smallestEigenvalue(a)) / (condition - 1);
    for (int i = 0; i < n; i++) {
      a[i][i] += shift;
    }
    return a;
  }

  private static double[] dominant(double[][] a) {
    return LinearAlgebra.dominantEigenvector(a, POWER_STEPS, POWER_TOLERANCE)
        .orElseThrow(() -> new IllegalStateException("Positive matrices have one (Perron)."));
  }

  /** By ten steps of inverse iteration; 0 if A is singular. */
  private static double smallestEigenvalue(double[][] a) {
    double[] x = new double[a.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % 2 == 0 ? 1 : -1;
    }
    double size = 0;
    for (int step = 0; step < 10; step++) {
      LinearAlgebra.scale(x, 1 / LinearAlgebra.norm(x));
      var solved = LinearAlgebra.solve(a, x, SINGULAR);
      if (solved.isEmpty()) {
        return 0;
      }
      x = solved.get();
      size = LinearAlgebra.norm(x);
    }
    return 1 / size;
  }
}
