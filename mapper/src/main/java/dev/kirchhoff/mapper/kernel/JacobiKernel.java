package dev.kirchhoff.mapper.kernel;

import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.List;

/**
 * Jacobi iteration with precision slices: A = D + R, from x = 0,
 *
 * <pre>x ← D⁻¹ (b − R x)</pre>
 *
 * <p>The digits of R stand on crossbars ({@link DigitBlocks}); b, D⁻¹ and x are digital, 64 bit.
 * The error shrinks by the spectral radius ρ of D⁻¹ R each iteration, cos(π / (n + 1)) for a
 * Poisson grid of n x n points. Analogue errors of R are not corrected: x settles at the solution
 * of the matrix that was programmed, about ε / (1 − ρ) away for a relative error ε. Digits whose
 * sums err by less than one half, with inputs cut as well, are exact.
 *
 * <p>The relative error to the solution by elimination ends the iteration and is its quality; it is
 * found on the host and not counted.
 *
 * <p>Source: Zidan et al., Nature Electronics 2018, doi 10.1038/s41928-018-0100-6.
 */
final class JacobiKernel implements Kernel {
  static final Outcome.Measure ERROR = new Outcome.Measure("error", "relative error", "", false);
  private static final Outcome.Measure RESIDUAL =
      new Outcome.Measure("residual", "relative residual", "", false);
  static final KernelKind KIND =
      new Kind(
          "jacobi",
          "Solves a linear system by Jacobi iteration, the matrix in digits on crossbars.",
          "Zidan et al., Nature Electronics 2018, doi 10.1038/s41928-018-0100-6",
          LinearSystem.keys(
              "poisson",
              "uniform",
              DigitBlocks.keys(),
              LinearSystem.tolerance("0.001", "relative error at which it ends"),
              Key.of("iterationsAtMost", whole(1, 1_000_000), "5000", "iterations at most")),
          List.of(ERROR, RESIDUAL),
          JacobiKernel::bind);

  private static final int BITS = 64;

  /** Iterations without a gain of 1 % after which the error has stalled. */
  private static final int PATIENCE = 200;

  private static final double GAIN = 0.99;
  private static final double BOUND = 1e6;

  private final LinearSystem system;
  private final double[] solution;
  private final double[] diagonal;
  private final DigitBlocks rest;
  private final double tolerance;
  private final int iterationsAtMost;

  private static JacobiKernel bind(KernelKind.Settings settings) throws KernelKind.Unfit {
    return new JacobiKernel(LinearSystem.of(settings, ""), settings);
  }

  private JacobiKernel(LinearSystem system, KernelKind.Settings settings) throws KernelKind.Unfit {
    this.system = system;
    solution = system.solution("");
    diagonal = new double[system.size()];
    double[][] off = new double[system.size()][];
    for (int i = 0; i < off.length; i++) {
      off[i] = system.matrix()[i].clone();
      diagonal[i] = off[i][i];
      off[i][i] = 0;
      if (diagonal[i] == 0) {
        throw new KernelKind.Unfit("matrix", "has a zero on its diagonal, row " + (i + 1));
      }
    }
    rest = DigitBlocks.of(off, settings);
    tolerance = settings.number("tolerance");
    iterationsAtMost = settings.whole("iterationsAtMost");
  }

  @Override
  public String word() {
    return "jacobi";
  }

  @Override
  public Outcome run(Machine machine) {
    DigitBlocks.Programmed stored = rest.store(machine, "R");
    double[] load = system.load();
    double[] x = new double[load.length];
    // b, 1 / d, x and R x.
    machine.keep(4.0 * load.length, BITS);
    Convergence progress = new Convergence(tolerance, iterationsAtMost, PATIENCE, GAIN, BOUND);
    while (progress.goesOn()) {
      double[] y = rest.product(machine, stored, x);
      for (int i = 0; i < x.length; i++) {
        x[i] = (load[i] - y[i]) / diagonal[i];
      }
      machine.digital(VectorOperation.ADD, x.length, BITS);
      machine.digital(VectorOperation.MULTIPLY_ADD, x.length, BITS);
      machine.endOfIteration();
      progress.step(LinearSystem.error(x, solution));
    }
    if (progress.isDiverged()) {
      return Outcome.diverged(ERROR, progress.steps());
    }
    double residual = system.residual(x);
    return Outcome.solved(
            ERROR, progress.value(), progress.steps(), progress.isConverged(), residual)
        .with(RESIDUAL, residual);
  }
}
