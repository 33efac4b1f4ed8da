package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.Type;
import java.util.List;

/**
 * Solution in one step by feedback: amplifiers hold the columns of an array at virtual ground and
 * drive its rows, so that their outputs settle at the solution of the {@link FeedbackProblem}.
 *
 * <pre>inverse A x = b;  least squares min |A x − b|;  eigenvector A x = λ x;  PageRank</pre>
 *
 * <p>Device errors are amplified by the condition number of A in an inverse, not in an eigenvector
 * whose eigenvalue is well apart. A finite loop gain A_0 adds Σ_j |a_ij| / A_0 to the diagonal. A
 * loop that does not settle is {@link Outcome#diverged}. Exact solutions are found on the host and
 * not counted.
 *
 * <p>Sources: Sun et al., PNAS 2019, doi 10.1073/pnas.1815682116; Sun et al., Science Advances
 * 2020, doi 10.1126/sciadv.aay2378.
 */
final class FeedbackSolveKernel implements Kernel {
  static final KernelKind KIND =
      new Kind(
          "feedbackSolve",
          "Inverts a matrix, fits a regression or finds an eigenvector in one step, by amplifiers"
              + " around an array.",
          "Sun et al., PNAS 2019, doi 10.1073/pnas.1815682116; Sun et al., Science Advances 2020,"
              + " doi 10.1126/sciadv.aay2378",
          List.of(
              Type.Key.of(
                  "problem",
                  kinds(),
                  "inverse",
                  "problem: inverse, leastSquares, eigenvector or pageRank")),
          List.of(FeedbackProblem.ERROR, FeedbackProblem.RESIDUAL, FeedbackProblem.COSINE),
          FeedbackSolveKernel::bind);

  private final FeedbackProblem problem;

  private static FeedbackSolveKernel bind(KernelKind.Settings settings) throws KernelKind.Unfit {
    return new FeedbackSolveKernel(problem(settings.section("problem"), "problem."));
  }

  /** Kinds of problems. */
  private static Type.Kinds kinds() {
    return new Type.Kinds(
        "problem",
        List.of(
            FeedbackInverse.shape(),
            FeedbackRegression.shape(),
            FeedbackEigenvector.shape(),
            FeedbackEigenvector.pages()));
  }

  /**
   * The problem of a section.
   *
   * @param path dotted path of the section within the kernel, with its dot
   */
  private static FeedbackProblem problem(KernelKind.Settings settings, String path)
      throws KernelKind.Unfit {
    return switch (settings.word("kind")) {
      case "inverse" -> FeedbackInverse.of(settings, path);
      case "leastSquares" -> FeedbackRegression.of(settings, path);
      case "eigenvector" -> FeedbackEigenvector.of(settings, path);
      default -> FeedbackEigenvector.ofPages(settings, path);
    };
  }

  private FeedbackSolveKernel(FeedbackProblem problem) {
    this.problem = problem;
  }

  @Override
  public String word() {
    return "feedbackSolve";
  }

  @Override
  public boolean solves() {
    return true;
  }

  @Override
  public Outcome run(Machine machine) {
    try {
      return problem.solve(machine);
    } catch (Machine.Unstable e) {
      return Outcome.diverged(problem.measure(), 0);
    }
  }
}
