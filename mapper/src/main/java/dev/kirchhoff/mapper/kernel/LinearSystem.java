package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.ArrayList;
import java.util.List;

/**
 * Linear system A x = b, A square, with its keys in the spec language.
 *
 * <p>Iteration counts to a relative error depend on the solution: Jacobi from zero on Poisson needs
 * ln ε / ln ρ steps for the lowest mode and fewer for solutions with higher modes. So the
 * right-hand side is a setting.
 */
final class LinearSystem {
  private static final double SINGULAR = 1e-14;

  private final double[][] matrix;
  private final double[] load;
  private final SparseMatrix exact;

  private LinearSystem(double[][] matrix, SparseMatrix exact, double[] load) {
    this.matrix = matrix;
    this.exact = exact;
    this.load = load;
  }

  /** Keys: the matrix, the right-hand side and its seed or file, then others. */
  static List<Key> keys(
      String defaultMatrix, String defaultRightHandSide, List<Key> more, Key... most) {
    List<Key> keys = new ArrayList<>(keys(defaultMatrix, defaultRightHandSide));
    keys.addAll(more);
    keys.addAll(List.of(most));
    return List.copyOf(keys);
  }

  private static List<Key> keys(String defaultMatrix, String defaultRightHandSide) {
    return List.of(
        ModelMatrix.key(defaultMatrix),
        Key.of(
            "rightHandSide",
            Type.word("uniform", "random", "uniformSolution", "randomSolution", "lowestMode"),
            defaultRightHandSide,
            "right-hand side b: all 1 (uniform), normal of unit length (random), or that of a"
                + " solution x of all 1 (uniformSolution), uniform in 1..2 (randomSolution) or the"
                + " lowest eigenmode of poisson (lowestMode)"),
        Key.of(
            "seed",
            Type.whole(0, Integer.MAX_VALUE),
            "1",
            "seed of a random right-hand side or solution"),
        Key.optional(
            "load",
            new Type.Text(),
            "MatrixMarket file of b, one column, in place of rightHandSide"));
  }

  /**
   * The system that the settings of {@link #keys} name.
   *
   * @param path dotted path of the settings within the kernel, with its dot
   */
  static LinearSystem of(Settings settings, String path) throws Unfit {
    Settings section = settings.section("matrix");
    double[][] a = ModelMatrix.of(section, path + "matrix");
    SparseMatrix exact = new SparseMatrix(a);
    if (settings.has("load")) {
      return new LinearSystem(a, exact, column(settings, path, a.length));
    }
    RandomKey key = RandomKey.of(settings.whole("seed"));
    double[] values = new double[a.length];
    String word = settings.word("rightHandSide");
    boolean isPoisson = section.word("kind").equals("poisson");
    if (word.equals("lowestMode") && !isPoisson) {
      throw new Unfit(
          path + "rightHandSide",
          "is lowestMode, which is known of a poisson matrix only; take randomSolution");
    }
    int side = isPoisson ? section.whole("size") : 1;
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (word) {
            case "random" -> key.gaussian(i);
            case "randomSolution" -> 1 + key.uniform(i);
            case "lowestMode" -> halfWave(i % side, side) * halfWave(i / side, side);
            default -> 1;
          };
    }
    if (word.equals("random")) {
      LinearAlgebra.scale(values, 1 / LinearAlgebra.norm(values));
    }
    boolean isLoad = word.equals("random") || word.equals("uniform");
    return new LinearSystem(a, exact, isLoad ? values : exact.product(values));
  }

  private static double halfWave(int point, int points) {
    return StrictMath.sin(Math.PI * (point + 1) / (points + 1));
  }

  private static double[] column(Settings settings, String path, int rows) throws Unfit {
    double[][] b = ModelMatrix.file(settings, "load", path + "load");
    if (b.length != rows || b[0].length != 1) {
      throw new Unfit(
          path + "load",
          "holds " + b.length + " x " + b[0].length + " numbers, must hold " + rows + " x 1");
    }
    double[] column = new double[rows];
    for (int i = 0; i < rows; i++) {
      column[i] = b[i][0];
    }
    if (LinearAlgebra.norm(column) == 0) {
      throw new Unfit(path + "load", "holds zeros only, whose solution is zero");
    }
    return column;
  }

  /** Number of unknowns. */
  int size() {
    return load.length;
  }

  /** Elements of A by row, then column. */
  double[][] matrix() {
    return matrix;
  }

  /** Right-hand side b. */
  double[] load() {
    return load.clone();
  }

  /** A for exact products. */
  SparseMatrix exact() {
    return exact;
  }

  /** A key of a relative tolerance. */
  static Key tolerance(String value, String doc) {
    return Key.of("tolerance", Type.quantity(Dimension.NUMBER, 1e-15, 1), value, doc);
  }

  /** True if A equals its transpose. */
  boolean isSymmetric() {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        if (matrix[i][j] != matrix[j][i]) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Solution by elimination, which results are scored against.
   *
   * @param path dotted path of the settings within the kernel, with its dot
   * @throws Unfit if A is singular
   */
  double[] solution(String path) throws Unfit {
    return LinearAlgebra.solve(matrix, load, SINGULAR)
        .orElseThrow(
            () -> new Unfit(path + "matrix", "is singular: the system has no one solution"));
  }

  /** |b − A x| / |b|. */
  double residual(double[] x) {
    return LinearAlgebra.norm(exact.residual(load, x)) / LinearAlgebra.norm(load);
  }

  /** |x − x*| / |x*|. */
  static double error(double[] x, double[] solution) {
    double[] difference = x.clone();
    LinearAlgebra.add(difference, -1, solution);
    return LinearAlgebra.norm(difference) / LinearAlgebra.norm(solution);
  }
}
