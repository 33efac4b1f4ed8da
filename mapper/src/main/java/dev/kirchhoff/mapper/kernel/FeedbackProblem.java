package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;

/** Problem that amplifiers around an array solve in one step. */
interface FeedbackProblem {
  /** Error of a solution relative to the exact one, Euclidean. */
  Outcome.Measure ERROR = new Outcome.Measure("error", "relative error", "", false);

  /** Residual of a solution relative to the load, Euclidean. */
  Outcome.Measure RESIDUAL = new Outcome.Measure("residual", "relative residual", "", false);

  /** Cosine of the angle to the exact eigenvector. */
  Outcome.Measure COSINE = new Outcome.Measure("cosine", "cosine", "", true);

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

  static Key seed(String doc) {
    return Key.of("seed", Type.whole(0, Integer.MAX_VALUE), "1", doc);
  }

  /** A matrix that amplifiers fit around. */
  static double[][] fitting(double[][] matrix, String path) throws Unfit {
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
}
