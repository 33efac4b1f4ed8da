package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Mixed-precision solution of A x = b by iterative refinement: an inner {@link InnerSolver} solves
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
 * <p>A refinement takes one exact product. What the crossbars save is read against {@code
 * digitalProducts}, those that the inner method takes by itself in 64 bits: of a small or
 * well-conditioned matrix hardly more.
 *
 * <p>Source: Le Gallo et al., Nature Electronics 2018, doi 10.1038/s41928-018-0054-8.
 */
final class ConjugateGradientKernel implements Kernel {
  static final Outcome.Measure RESIDUAL =
      new Outcome.Measure("residual", "relative residual", "", false);

  /** Baseline beside the residual; no quality of a result. */
  static final Outcome.Measure DIGITAL =
      new Outcome.Measure("digitalProducts", "exact products of digital units alone", "", false);

  static final KernelKind KIND =
      new Kind(
          "conjugateGradient",
          "Solves a linear system in mixed precision: inner solver on crossbars, residual in 64 bit.",
          "Le Gallo et al., Nature Electronics 2018, doi 10.1038/s41928-018-0054-8",
          LinearSystem.keys("covariance", "random", InnerSolver.keys(), outer()),
          List.of(RESIDUAL),
          ConjugateGradientKernel::new);

  private static final int BITS = 64;

  /** Refinements without a gain of 10 % after which the residual has stalled. */
  private static final int PATIENCE = 10;

  private static final double GAIN = 0.9;

  /** Relative residual beyond which x has left all bounds. */
  private static final double BOUND = 1e3;

  private final LinearSystem system;
  private final InnerSolver inner;
  private final double tolerance;
  private final int stepsAtMost;

  private static Key outer() {
    List<Key> keys =
        List.of(
            LinearSystem.tolerance("1.0e-10", "exact relative residual at which it ends"),
            Key.of("stepsAtMost", Type.whole(1, 1000), "100", "refinements at most"));
    Type.Shape shape = new Type.Shape("outer", "an outer section", keys);
    return Key.of("outer", new Type.Section(shape), "{}", "refinement, in 64 bit on digital units");
  }

  private ConjugateGradientKernel(KernelKind.Settings settings) throws KernelKind.Unfit {
    system = LinearSystem.of(settings, "");
    inner = new InnerSolver(system, settings);
    tolerance = settings.section("outer").number("tolerance");
    stepsAtMost = settings.section("outer").whole("stepsAtMost");
  }

  @Override
  public String word() {
    return "conjugateGradient";
  }

  @Override
  public Outcome run(Machine machine) {
    UnaryOperator<double[]> product = inner.store(machine);
    double[] load = system.load();
    double[] x = new double[load.length];
    double[] r = load;
    system.exact().keep(machine);
    // b, x and r.
    machine.keep(3.0 * load.length, BITS);
    inner.keep(machine);
    Convergence progress = new Convergence(tolerance, stepsAtMost, PATIENCE, GAIN, BOUND);
    boolean hasMoved = true;
    while (progress.goesOn() && hasMoved) {
      double[] z = inner.solve(machine, product, r);
      hasMoved = LinearAlgebra.norm(z) > 0;
      LinearAlgebra.add(x, 1, z);
      r = system.exact().residual(load, x);
      // x + z and b − A x; products of A x and of the norm of r.
      machine.digital(VectorOperation.ADD, 2.0 * x.length, BITS);
      system.exact().count(machine);
      machine.digital(VectorOperation.DOT, x.length, BITS);
      machine.endOfIteration();
      progress.step(LinearAlgebra.norm(r) / LinearAlgebra.norm(load));
    }
    double residual = progress.value();
    return hasMoved && residual < 1
        ? Outcome.solved(RESIDUAL, residual, progress.steps(), progress.isConverged(), residual)
            .with(DIGITAL, inner.productsAlone(load, tolerance))
        : Outcome.diverged(RESIDUAL, progress.steps());
  }
}
