package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Problem that amplifiers around an array solve in one step. */
interface FeedbackProblem {
  /** Error of a solution relative to the exact one, Euclidean. */
  Outcome.Measure ERROR = new Outcome.Measure("relative error", "", false);

  /** Cosine of the angle to the exact eigenvector. */
  Outcome.Measure COSINE = new Outcome.Measure("|cos|", "", true);

  /** Rows or columns of an array with a loop around it, at most. */
  int MOST = 256;

  /** Measure of its quality. */
  Outcome.Measure measure();

  /**
   * Stores its matrix and solves.
   *
   * @throws Machine.Unstable if the loop does not settle
   */
  Outcome solve(Machine machine) throws Machine.Unstable;

  /** Kinds of problems. */
  static Type.Kinds kinds() {
    return new Type.Kinds(
        "problem",
        List.of(Inverse.shape(), LeastSquares.shape(), Eigenvector.shape(), Eigenvector.pages()));
  }

  /**
   * The problem of a section.
   *
   * @param path dotted path of the section within the kernel, with its dot
   */
  static FeedbackProblem of(Settings settings, String path) throws Unfit {
    return switch (settings.word("kind")) {
      case "inverse" -> Inverse.of(settings, path);
      case "leastSquares" -> LeastSquares.of(settings, path);
      case "eigenvector" -> Eigenvector.of(settings, path);
      default -> Eigenvector.ofPages(settings, path);
    };
  }

  private static Key seed(String doc) {
    return Key.of("seed", Type.whole(0, Integer.MAX_VALUE), "1", doc);
  }

  /** A matrix that amplifiers fit around. */
  private static double[][] fitting(double[][] matrix, String path) throws Unfit {
    if (Math.max(matrix.length, matrix[0].length) > MOST) {
      throw new Unfit(
          path,
          "has "
              + matrix.length
              + " rows; a loop of amplifiers has at most "
              + MOST
              + "; take conjugateGradient");
    }
    return matrix;
  }

  /**
   * Inverse: x = A⁻¹ b, refined by further solutions of the exact residual, x ← x + Ã⁻¹ (b − A x).
   */
  record Inverse(LinearSystem system, double[] solution, int refinements, double tolerance)
      implements FeedbackProblem {
    private static final int BITS = 64;

    private static Type.Shape shape() {
      List<Key> keys = new ArrayList<>(LinearSystem.keys("spd", "random"));
      keys.add(
          Key.of(
              "refinements",
              Type.whole(0, 1000),
              "0",
              "Further solutions of the residual at most, which is exact in 64 bit."));
      keys.add(
          Key.of(
              "tolerance",
              Type.quantity(Dimension.NUMBER, 1e-15, 1),
              "1.0e-10",
              "Relative residual at which refinement ends."));
      return new Type.Shape("inverse", "an inverse", keys);
    }

    private static Inverse of(Settings settings, String path) throws Unfit {
      LinearSystem system = LinearSystem.of(settings, path);
      fitting(system.matrix(), path + "matrix");
      return new Inverse(
          system,
          system.solution(path),
          settings.whole("refinements"),
          settings.number("tolerance"));
    }

    @Override
    public Outcome.Measure measure() {
      return ERROR;
    }

    @Override
    public Outcome solve(Machine machine) throws Machine.Unstable {
      Machine.Stored matrix = machine.store("A", system.matrix());
      double[] r = system.load();
      double[] x = machine.solve(matrix, r);
      machine.endOfIteration();
      int k = 0;
      while (k < refinements && !(system.residual(x) < tolerance)) {
        r = system.exact().residual(system.load(), x);
        LinearAlgebra.add(x, 1, machine.solve(matrix, r));
        machine.digital(VectorOperation.MULTIPLY_ADD, system.exact().nonZeros() + x.length, BITS);
        machine.digital(VectorOperation.ADD, 2.0 * x.length, BITS);
        machine.endOfIteration();
        k++;
      }
      double residual = system.residual(x);
      if (!(residual < 1) && refinements > 0) {
        return Outcome.diverged(ERROR, k + 1);
      }
      boolean isDone = refinements == 0 || residual < tolerance;
      return Outcome.solved(ERROR, LinearSystem.error(x, solution), k + 1, isDone, residual);
    }
  }

  /** Least squares: x = (AᵀA)⁻¹ Aᵀ b by two arrays of A, that is linear regression in one step. */
  record LeastSquares(double[][] matrix, double[] load, double[] solution)
      implements FeedbackProblem {
    private static Type.Shape shape() {
      return new Type.Shape(
          "leastSquares",
          "a leastSquares problem",
          List.of(
              Key.of("rows", Type.whole(2, MOST), "64", "Samples that are drawn."),
              Key.of(
                  "columns",
                  Type.whole(1, MOST),
                  "4",
                  "Coefficients: a column of ones, then features uniform in 0..1."),
              Key.of(
                  "noise",
                  Type.quantity(Dimension.NUMBER, 0, 100),
                  "0.1",
                  "Standard deviation of a sample about the line; coefficients are uniform in 0..1."),
              seed("Seed of the samples."),
              Key.optional(
                  "data",
                  new Type.Text(),
                  "MatrixMarket file in place of drawn samples: one a row, the last column is b.")));
    }

    private static LeastSquares of(Settings settings, String path) throws Unfit {
      double[][] samples =
          settings.has("data")
              ? ModelMatrix.file(settings, "data", path + "data")
              : samples(settings);
      String key = path + (settings.has("data") ? "data" : "columns");
      int columns = samples[0].length - 1;
      double[][] a = new double[samples.length][];
      double[] b = new double[samples.length];
      for (int i = 0; i < a.length; i++) {
        a[i] = Arrays.copyOf(samples[i], columns);
        b[i] = samples[i][columns];
      }
      if (columns == 0 || columns > a.length) {
        throw new Unfit(
            key,
            "makes "
                + columns
                + " coefficients of "
                + a.length
                + " samples; it takes 1 coefficient and as many samples at least");
      }
      fitting(a, key);
      return new LeastSquares(a, b, exact(a, b, key));
    }

    private static double[][] samples(Settings settings) {
      RandomKey key = RandomKey.of(settings.whole("seed"));
      int columns = settings.whole("columns");
      double[][] samples = new double[settings.whole("rows")][columns + 1];
      for (int i = 0; i < samples.length; i++) {
        samples[i][columns] = settings.number("noise") * key.child(2).gaussian(i);
        for (int j = 0; j < columns; j++) {
          samples[i][j] = j == 0 ? 1 : key.child(0).uniform((long) i * columns + j);
          samples[i][columns] += samples[i][j] * key.child(1).uniform(j);
        }
      }
      return samples;
    }

    private static double[] exact(double[][] a, double[] b, String path) throws Unfit {
      ArithmeticMachine machine = ArithmeticMachine.exact(0);
      try {
        return machine.leastSquares(machine.store("A", a), b);
      } catch (Machine.Unstable e) {
        throw new Unfit(path, "gives no one solution: " + e.getMessage());
      }
    }

    @Override
    public Outcome.Measure measure() {
      return ERROR;
    }

    @Override
    public Outcome solve(Machine machine) throws Machine.Unstable {
      double[] x = machine.leastSquares(machine.store("A", matrix), load);
      machine.endOfIteration();
      return Outcome.of(ERROR, LinearSystem.error(x, solution), 1);
    }
  }

  /**
   * Eigenvector of the largest eigenvalue; PageRank is that of the link matrix with damping d, d P
   * + (1 − d) / n, whose largest eigenvalue is 1.
   *
   * @param vector exact eigenvector, of unit length
   * @param feedback eigenvalue that the feedback conductances are set to, below the largest
   */
  record Eigenvector(double[][] matrix, double[] vector, double feedback)
      implements FeedbackProblem {
    private static final int POWER_STEPS = 100_000;
    private static final double POWER_TOLERANCE = 1e-12;

    private static Key margin() {
      return Key.of(
          "margin",
          Type.quantity(Dimension.RATIO, 0, 0.9),
          "5 %",
          "Distance of the eigenvalue of the feedback below the largest one, relative to it: the"
              + " loop settles at zero if the stored matrix has a lower one.");
    }

    private static Type.Shape shape() {
      return new Type.Shape(
          "eigenvector", "an eigenvector", List.of(ModelMatrix.key("spd"), margin()));
    }

    private static Type.Shape pages() {
      return new Type.Shape(
          "pageRank",
          "a pageRank",
          List.of(
              Key.of("pages", Type.whole(3, MOST), "16", "Pages, rows and columns of the matrix."),
              Key.of("links", Type.whole(1, MOST - 1), "3", "Links of each page to others."),
              Key.of(
                  "damping",
                  Type.quantity(Dimension.NUMBER, 0, 0.99),
                  "0.85",
                  "Probability of following a link, d."),
              seed("Seed of the links."),
              margin()));
    }

    private static Eigenvector of(Settings settings, String path) throws Unfit {
      double[][] a = ModelMatrix.of(settings.section("matrix"), path + "matrix");
      return of(fitting(a, path + "matrix"), settings.number("margin"), path + "matrix");
    }

    private static Eigenvector ofPages(Settings settings, String path) throws Unfit {
      int pages = settings.whole("pages");
      int links = settings.whole("links");
      if (links >= pages) {
        throw new Unfit(
            path + "links", "is " + links + ", must be below the number of pages, " + pages);
      }
      double damping = settings.number("damping");
      double[][] a = new double[pages][pages];
      RandomKey key = RandomKey.of(settings.whole("seed"));
      for (int from = 0; from < pages; from++) {
        for (int to = 0; to < pages; to++) {
          a[to][from] = (1 - damping) / pages;
        }
        List<Integer> others = new ArrayList<>();
        for (int to = 0; to < pages; to++) {
          others.add(to);
        }
        others.remove(from);
        for (int link = 0; link < links; link++) {
          int at = (int) (key.child(from).uniform(link) * others.size());
          a[others.remove(at)][from] += damping / links;
        }
      }
      return of(a, settings.number("margin"), path + "links");
    }

    private static Eigenvector of(double[][] a, double margin, String path) throws Unfit {
      Optional<double[]> vector =
          LinearAlgebra.dominantEigenvector(a, POWER_STEPS, POWER_TOLERANCE);
      if (vector.isEmpty()) {
        throw new Unfit(path, "has no positive eigenvalue above all others in magnitude");
      }
      double[] v = vector.get();
      double largest = LinearAlgebra.dot(v, LinearAlgebra.product(a, v));
      return new Eigenvector(a, v, largest * (1 - margin));
    }

    @Override
    public Outcome.Measure measure() {
      return COSINE;
    }

    @Override
    public Outcome solve(Machine machine) throws Machine.Unstable {
      double[] found = machine.eigenvector(machine.store("A", matrix), feedback);
      machine.endOfIteration();
      double cosine =
          Math.abs(LinearAlgebra.dot(found, vector))
              / (LinearAlgebra.norm(found) * LinearAlgebra.norm(vector));
      return Outcome.of(COSINE, cosine, 1);
    }
  }
}
