package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.List;
import java.util.Optional;

/**
 * Eigenvector of the largest eigenvalue; PageRank is that of the link matrix with damping d, d P +
 * (1 − d) / n, whose largest eigenvalue is 1.
 *
 * @param vector exact eigenvector, of unit length
 * @param feedback eigenvalue that the feedback conductances are set to, below the largest
 */
record FeedbackEigenvector(double[][] matrix, double[] vector, double feedback)
    implements FeedbackProblem {
  private static final int POWER_STEPS = 100_000;
  private static final double POWER_TOLERANCE = 1e-12;

  private static Key margin() {
    return Key.of(
        "margin",
        Type.quantity(Dimension.RATIO, 0, 0.9),
        "5 %",
        "distance of the eigenvalue of the feedback below the largest one, relative to it: the"
            + " loop settles at zero if the stored matrix has a lower one");
  }

  static Type.Shape shape() {
    return new Type.Shape(
        "eigenvector", "an eigenvector", List.of(ModelMatrix.key("spd"), margin()));
  }

  static Type.Shape pages() {
    return new Type.Shape(
        "pageRank",
        "a pageRank",
        List.of(
            Key.of("pages", Type.whole(3, MOST), "16", "pages, rows and columns of the matrix"),
            Key.of("links", Type.whole(1, MOST - 1), "3", "links of each page to others"),
            Key.of(
                "damping",
                Type.quantity(Dimension.NUMBER, 0, 0.99),
                "0.85",
                "probability of following a link, d"),
            FeedbackProblem.seed("seed of the links"),
            margin()));
  }

  static FeedbackEigenvector of(Settings settings, String path) throws Unfit {
    double[][] a = ModelMatrix.of(settings.section("matrix"), path + "matrix");
    return of(
        FeedbackProblem.fitting(a, path + "matrix"), settings.number("margin"), path + "matrix");
  }

  static FeedbackEigenvector ofPages(Settings settings, String path) throws Unfit {
    int pages = settings.whole("pages");
    int links = settings.whole("links");
    if (links >= pages) {
      throw new Unfit(
          path + "links", "is " + links + ", must be below the number of pages, " + pages);
    }
    double[][] a = LinkMatrix.of(pages, links, settings.number("damping"), settings.whole("seed"));
    return of(a, settings.number("margin"), path + "links");
  }

  private static FeedbackEigenvector of(double[][] a, double margin, String path) throws Unfit {
    Optional<double[]> vector = LinearAlgebra.dominantEigenvector(a, POWER_STEPS, POWER_TOLERANCE);
    if (vector.isEmpty()) {
      throw new Unfit(path, "has no positive eigenvalue above all others in magnitude");
    }
    double[] v = vector.get();
    double largest = LinearAlgebra.dot(v, LinearAlgebra.product(a, v));
    return new FeedbackEigenvector(a, v, largest * (1 - margin));
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
