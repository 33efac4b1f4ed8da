package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

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
  private final BlockedMatrix stored;

  /** Keys: scaling, and the section of the solver. */
  static List<Key> keys() {
    Type.Shape inner =
        new Type.Shape(
            "inner",
            "an inner section",
            List.of(
                Key.of("method", Type.word("cg", "gmres"), "cg", "gmres solves any matrix"),
                LinearSystem.tolerance("0.1", "its own relative residual at which it ends"),
                Key.of("stepsAtMost", Type.whole(1, 1000), "30", "products at most")));
    return List.of(
        Key.of(
            "scaling",
            Type.word("none", "diagonal"),
            "none",
            "diagonal stores S A S with S = diag(A)^(-1/2): all diagonal elements are 1"),
        Key.optional(
            "block",
            Type.whole(2, MatrixMarket.MOST),
            "side of blocks that are stored one by one: zero blocks never, equal ones once, each"
                + " with a window of its own; without it, or if it is not below the rows of the matrix, the matrix is stored whole"),
        Key.of("inner", new Type.Section(inner), "{}", "solver whose products are crossbar reads"));
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
    double[][] inputs = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        inputs[j][i] = scale[i] * scale[j] * system.matrix()[i][j];
      }
    }
    stored = new BlockedMatrix(inputs, settings.has("block") ? settings.whole("block") : n);
  }

  /**
   * Stores S A S.
   *
   * @return its product with a vector
   */
  UnaryOperator<double[]> store(Machine machine) {
    return stored.store(machine, "A");
  }

  /** Keeps the vectors of a solution in the memory of a machine. */
  void keep(Machine machine) {
    double scales = isScaled ? 1 : 0;
    machine.keep((scales + method.vectors(stepsAtMost)) * scale.length, BITS);
  }

  /** z for a residual r. */
  double[] solve(Machine machine, UnaryOperator<double[]> product, double[] r) {
    double[] right = scaled(machine, r);
    return scaled(machine, method.solve(machine, product, right, tolerance, stepsAtMost));
  }

  /** Products that the method takes to a tolerance on digital units alone, in 64 bits. */
  double productsAlone(double[] r, double tolerance) {
    Machine machine = ArithmeticMachine.exact(ShippedKernels.SEED);
    UnaryOperator<double[]> exact = store(machine);
    AtomicInteger products = new AtomicInteger();
    UnaryOperator<double[]> counted =
        x -> {
          products.incrementAndGet();
          return exact.apply(x);
        };
    method.solve(machine, counted, scaled(machine, r), tolerance, MOST_ALONE * r.length);
    return products.get();
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
