package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.ArrayList;
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
  static final KernelKind KIND =
      new Kind(
          "jacobi",
          "Solves a linear system by Jacobi iteration, the matrix in digits on crossbars.",
          "Zidan et al., Nature Electronics 2018, doi 10.1038/s41928-018-0100-6",
          keys(),
          JacobiKernel::bind);

  static final Outcome.Measure ERROR = new Outcome.Measure("relative error", "", false);

  private static final int BITS = 64;
  private static final double DIVERGED = 1e6;

  /** Iterations without a gain of 1 % after which the error has stalled. */
  private static final int STALL = 200;

  private static final double GAIN = 0.99;

  /** Digits must be exact in a double. */
  private static final int MANTISSA = 52;

  private final LinearSystem system;
  private final double[] solution;
  private final double[] diagonal;
  private final DigitBlocks rest;
  private final double tolerance;
  private final int iterationsAtMost;

  private static List<Key> keys() {
    List<Key> keys = new ArrayList<>(LinearSystem.keys("poisson", "uniform"));
    keys.add(
        Key.of(
            "reuse",
            Type.word("none", "blocks"),
            "blocks",
            "none stores R whole; blocks cuts it, stores equal blocks once for all their places"
                + " (two of a stencil) and zero blocks never."));
    keys.add(Key.of("block", Type.whole(2, 1024), "16", "Side of the blocks of reuse."));
    keys.add(Key.of("base", Type.whole(2, 256), "2", "Values of a digit of R and of the inputs."));
    keys.add(
        Key.of(
            "slices",
            Type.whole(1, 52),
            "1",
            "Digits of an element of R; 1 of base 2 holds a stencil exactly."));
    keys.add(
        Key.optional(
            "vectorBits",
            Type.whole(1, 52),
            "Bits of the magnitude of an input, cut into digits; absent = inputs are not cut."));
    keys.add(
        Key.of(
            "tolerance",
            Type.quantity(Dimension.NUMBER, 1e-15, 1),
            "0.001",
            "Relative error at which the iteration ends."));
    keys.add(
        Key.of(
            "iterationsAtMost",
            Type.whole(1, 1_000_000),
            "5000",
            "Iterations after which it gives up."));
    return List.copyOf(keys);
  }

  private static JacobiKernel bind(KernelKind.Settings settings) throws KernelKind.Unfit {
    LinearSystem system = LinearSystem.of(settings, "");
    double digits = settings.whole("slices") * Math.log(settings.whole("base")) / Math.log(2);
    if (digits > MANTISSA) {
      throw new KernelKind.Unfit(
          "slices",
          String.format(
              "of base %d hold %.0f bits, must hold at most %d; take fewer slices or a lower base",
              settings.whole("base"), Math.ceil(digits), MANTISSA));
    }
    for (int i = 0; i < system.size(); i++) {
      if (system.matrix()[i][i] == 0) {
        throw new KernelKind.Unfit(
            "matrix",
            "has a zero on its diagonal in row " + (i + 1) + "; take conjugateGradient with gmres");
      }
    }
    return new JacobiKernel(system, settings);
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
    }
    boolean isCut = settings.word("reuse").equals("blocks");
    rest =
        new DigitBlocks(
            off,
            isCut ? settings.whole("block") : off.length,
            settings.whole("base"),
            settings.whole("slices"),
            settings.has("vectorBits") ? settings.whole("vectorBits") : 0);
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
    double best = 1;
    int bestAt = 0;
    double error = 1;
    int k = 0;
    while (error >= tolerance && k < iterationsAtMost && k - bestAt < STALL) {
      double[] y = rest.product(machine, stored, x);
      for (int i = 0; i < x.length; i++) {
        x[i] = (load[i] - y[i]) / diagonal[i];
      }
      machine.digital(VectorOperation.ADD, x.length, BITS);
      machine.digital(VectorOperation.MULTIPLY_ADD, x.length, BITS);
      machine.endOfIteration();
      k++;
      error = LinearSystem.error(x, solution);
      if (!(error < DIVERGED)) {
        return Outcome.diverged(ERROR, k);
      }
      if (error < GAIN * best) {
        best = error;
        bestAt = k;
      }
    }
    return Outcome.solved(ERROR, error, k, error < tolerance, system.residual(x));
  }
}
