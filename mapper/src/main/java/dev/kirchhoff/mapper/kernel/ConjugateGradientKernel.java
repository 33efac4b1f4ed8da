package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Mixed-precision solution of A x = b by iterative refinement: an inner {@link KrylovMethod} solves
 * for the correction with products on crossbars, the outer residual is exact in 64 bits.
 *
 * <pre>r = b − A x,  z ≈ Ã⁻¹ r by the inner method,  x ← x + z</pre>
 *
 * <p>Ã is A with the errors of the crossbars; r is scaled to the range of the drivers by the
 * machine in every read. The residual shrinks by about |I − A Ã⁻¹| a step, whatever the precision
 * of the crossbars, as long as that is below 1. Programming errors relative to the conductance
 * window change small diagonal elements the most; {@code scaling: diagonal} stores S A S, S =
 * diag(A)^(−1/2), whose diagonal is 1 throughout. A matrix that is not definite ends the inner
 * method before its first step, or lets the residual grow above that of x = 0: {@link
 * Outcome#diverged}. A residual in between has stalled, or has run out of steps.
 *
 * <p>Source: Le Gallo et al., Nature Electronics 2018, doi 10.1038/s41928-018-0054-8.
 */
final class ConjugateGradientKernel implements Kernel {
  static final KernelKind KIND =
      new Kind(
          "conjugateGradient",
          "Solves a linear system in mixed precision: inner solver on crossbars, residual in 64 bit.",
          "Le Gallo et al., Nature Electronics 2018, doi 10.1038/s41928-018-0054-8",
          keys(),
          ConjugateGradientKernel::bind);

  static final Outcome.Measure RESIDUAL = new Outcome.Measure("relative residual", "", false);

  private static final int BITS = 64;

  /** Relative residual beyond which x has left all bounds. */
  private static final double DIVERGED = 1e3;

  /** Refinements without a gain of 10 % after which the residual has stalled. */
  private static final int STALL = 10;

  private static final double GAIN = 0.9;

  private final LinearSystem system;
  private final boolean isScaled;
  private final double[] scale;
  private final KrylovMethod inner;
  private final double innerTolerance;
  private final int innerStepsAtMost;
  private final double tolerance;
  private final int stepsAtMost;

  private static List<Key> keys() {
    List<Key> keys = new ArrayList<>(LinearSystem.keys("covariance", "random"));
    keys.add(
        Key.of(
            "scaling",
            Type.word("none", "diagonal"),
            "none",
            "diagonal stores S A S with S = diag(A)^(-1/2): all diagonal elements are 1."));
    keys.add(
        section(
            "inner",
            "Inner solver, whose products are reads of crossbars.",
            Key.of("method", Type.word("cg", "gmres"), "cg", "gmres solves any matrix."),
            tolerance("0.1", "Its own relative residual at which it ends."),
            Key.of("stepsAtMost", Type.whole(1, 1000), "30", "Products at most.")));
    keys.add(
        section(
            "outer",
            "Refinement, in 64 bit on digital units.",
            tolerance("1.0e-10", "Exact relative residual at which it ends."),
            Key.of("stepsAtMost", Type.whole(1, 1000), "100", "Refinements at most.")));
    return List.copyOf(keys);
  }

  private static Key tolerance(String value, String doc) {
    return Key.of("tolerance", Type.quantity(Dimension.NUMBER, 1e-15, 0.99), value, doc);
  }

  private static Key section(String name, String doc, Key... keys) {
    Type.Shape shape = new Type.Shape(name, "an " + name + " section", List.of(keys));
    return Key.of(name, new Type.Section(shape), "{}", doc);
  }

  private static ConjugateGradientKernel bind(KernelKind.Settings settings)
      throws KernelKind.Unfit {
    LinearSystem system = LinearSystem.of(settings, "");
    if (settings.section("inner").word("method").equals("cg") && !system.isSymmetric()) {
      throw new KernelKind.Unfit(
          "inner.method", "is cg, but the matrix is not symmetric; take gmres");
    }
    double[] scale = new double[system.size()];
    Arrays.fill(scale, 1);
    for (int i = 0; i < scale.length && settings.word("scaling").equals("diagonal"); i++) {
      if (!(system.matrix()[i][i] > 0)) {
        throw new KernelKind.Unfit(
            "scaling",
            "is diagonal, but element "
                + (i + 1)
                + " of the diagonal is not positive; take scaling none");
      }
      scale[i] = 1 / Math.sqrt(system.matrix()[i][i]);
    }
    return new ConjugateGradientKernel(system, scale, settings);
  }

  private ConjugateGradientKernel(
      LinearSystem system, double[] scale, KernelKind.Settings settings) {
    this.system = system;
    this.scale = scale;
    isScaled = settings.word("scaling").equals("diagonal");
    KernelKind.Settings innerOnes = settings.section("inner");
    inner = innerOnes.word("method").equals("cg") ? KrylovMethod.CG : KrylovMethod.GMRES;
    innerTolerance = innerOnes.number("tolerance");
    innerStepsAtMost = innerOnes.whole("stepsAtMost");
    tolerance = settings.section("outer").number("tolerance");
    stepsAtMost = settings.section("outer").whole("stepsAtMost");
  }

  @Override
  public String word() {
    return "conjugateGradient";
  }

  /** S Aᵀ S: a forward read multiplies with the transpose of what is stored. */
  private double[][] stored() {
    int n = scale.length;
    double[][] stored = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        stored[j][i] = scale[i] * scale[j] * system.matrix()[i][j];
      }
    }
    return stored;
  }

  @Override
  public Outcome run(Machine machine) {
    Machine.Stored matrix = machine.store("A", stored());
    double[] load = system.load();
    double[] x = new double[load.length];
    double[] r = load;
    double residual = 1;
    double best = 1;
    int bestAt = 0;
    int step = 0;
    while (residual >= tolerance && step < stepsAtMost && step - bestAt < STALL) {
      double[] right = scaled(machine, r);
      double[] z = inner.solve(machine, matrix, right, innerTolerance, innerStepsAtMost);
      LinearAlgebra.add(x, 1, scaled(machine, z));
      r = system.exact().residual(load, x);
      residual = LinearAlgebra.norm(r) / LinearAlgebra.norm(load);
      // x + z and b − A x; products of A x and of the norm of r.
      machine.digital(VectorOperation.ADD, 2.0 * x.length, BITS);
      machine.digital(VectorOperation.MULTIPLY_ADD, system.exact().nonZeros() + x.length, BITS);
      machine.endOfIteration();
      step++;
      if (!(residual < DIVERGED) || LinearAlgebra.norm(z) == 0) {
        return Outcome.diverged(RESIDUAL, step);
      }
      if (residual < GAIN * best) {
        best = residual;
        bestAt = step;
      }
    }
    return residual < 1
        ? Outcome.solved(RESIDUAL, residual, step, residual < tolerance, residual)
        : Outcome.diverged(RESIDUAL, step);
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
