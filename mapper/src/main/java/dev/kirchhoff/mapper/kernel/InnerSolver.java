package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.Arrays;
import java.util.List;

/**
 * Inner solver of an iterative refinement: A z ≈ r by a {@link KrylovMethod} on the stored matrix S
 * A S, z = S (S A S)⁻¹ S r. S is diag(A)^(−1/2) with diagonal scaling, else one.
 */
final class InnerSolver {
  private static final int BITS = 64;

  /** Products by unknown of a digital solver at most: rounding delays the end beyond one each. */
  private static final int MOST_ALONE = 4;

  private final KrylovMethod method;
  private final double tolerance;
  private final int stepsAtMost;
  private final boolean isScaled;
  private final double[] scale;
  private final double[][] stored;

  /** Keys: scaling, and the section of the solver. */
  static List<Key> keys() {
    Type.Shape inner =
        new Type.Shape(
            "inner",
            "an inner section",
            List.of(
                Key.of("method", Type.word("cg", "gmres"), "cg", "gmres solves any matrix."),
                LinearSystem.tolerance("0.1", "Its own relative residual at which it ends."),
                Key.of("stepsAtMost", Type.whole(1, 1000), "30", "Products at most.")));
    return List.of(
        Key.of(
            "scaling",
            Type.word("none", "diagonal"),
            "none",
            "diagonal stores S A S with S = diag(A)^(-1/2): all diagonal elements are 1."),
        Key.of(
            "inner", new Type.Section(inner), "{}", "Solver whose products are crossbar reads."));
  }

  /**
   * The solver of a system that settings of {@link #keys} name.
   *
   * @throws Unfit if the method or the scaling cannot take the matrix
   */
  InnerSolver(LinearSystem system, Settings settings) throws Unfit {
    Settings inner = settings.section("inner");
    method = inner.word("method").equals("cg") ? KrylovMethod.CG : KrylovMethod.GMRES;
    tolerance = inner.number("tolerance");
    stepsAtMost = inner.whole("stepsAtMost");
    isScaled = settings.word("scaling").equals("diagonal");
    if (method == KrylovMethod.CG && !system.isSymmetric()) {
      throw new Unfit("inner.method", "is cg, but the matrix is not symmetric; take gmres");
    }
    int n = system.size();
    scale = new double[n];
    Arrays.fill(scale, 1);
    for (int i = 0; i < n && isScaled; i++) {
      double element = system.matrix()[i][i];
      if (!(element > 0)) {
        throw new Unfit(
            "scaling",
            "is diagonal, but element " + (i + 1) + " there is not positive; take scaling none");
      }
      scale[i] = 1 / Math.sqrt(element);
    }
    // A forward read multiplies with the transpose of what is stored.
    stored = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        stored[j][i] = scale[i] * scale[j] * system.matrix()[i][j];
      }
    }
  }

  /** Stores S A S. */
  Machine.Stored store(Machine machine) {
    return machine.store("A", stored);
  }

  /** z for a residual r. */
  double[] solve(Machine machine, Machine.Stored matrix, double[] r) {
    double[] right = scaled(machine, r);
    return scaled(machine, method.solve(machine, matrix, right, tolerance, stepsAtMost));
  }

  /** Products that the method takes to a tolerance on digital units alone, in 64 bits. */
  double productsAlone(double[] r, double tolerance) {
    CountingMachine machine = new CountingMachine(ArithmeticMachine.exact(ShippedKernels.SEED));
    method.solve(machine, store(machine), scaled(machine, r), tolerance, MOST_ALONE * r.length);
    return machine.forwardReads();
  }

  private double[] scaled(Machine machine, double[] values) {
    if (!isScaled) {
      return values;
    }
    machine.digital(VectorOperation.MULTIPLY_ADD, values.length, BITS);
    double[] scaled = values.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= scale[i];
    }
    return scaled;
  }
}
