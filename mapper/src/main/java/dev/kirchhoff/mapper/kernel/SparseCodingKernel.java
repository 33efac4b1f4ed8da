package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.List;

/**
 * Sparse coding of image patches by the locally competitive algorithm (eq. 1).
 *
 * <pre>u ← u + (−u + Dᵀ (x − D a) + a) / τ,  a = T(u, λ)                         (1)</pre>
 *
 * <p>The hard threshold T is u where |u| > λ and 0 elsewhere, the soft one sgn(u) max(|u| − λ, 0).
 *
 * <p>Mapping: the dictionary D is stored once, a row a sample of a patch, a column an atom. Each
 * iteration reads it back for the reconstruction D a and forward for the projection of the
 * residual; no array of inhibition is needed. Patches are independent and go together. Neurons and
 * threshold are digital.
 *
 * <p>The residual is |x − D a| / |x| over all patches with the exact dictionary, {@code active} the
 * mean number of atoms that a patch uses. Neglected: the choice of patches, their scaling and the
 * scores, which the host does.
 */
record SparseCodingKernel(
    Patches patches, int iterations, double threshold, double tau, boolean isSoft)
    implements Kernel {
  static final Kind KIND =
      new Kind(
          "sparseCoding",
          "Codes image patches with few atoms of a dictionary by the locally competitive algorithm.",
          "P. M. Sheridan et al., Sparse coding with memristor networks, Nature Nanotechnology 12,"
              + " 784 (2017), doi 10.1038/nnano.2017.83; C. J. Rozell et al., Neural Computation"
              + " 20, 2526 (2008), doi 10.1162/neco.2008.03-07-486",
          Inputs.withImage(
              Key.of("patch", Type.whole(2, 16), "4", "side of a patch"),
              Key.of("cosines", Type.whole(2, 32), "6", "cosines c per direction; c² − 1 atoms"),
              Key.of("patches", Type.whole(1, 4096), "30", "patches, at equal distances"),
              Key.of("iterations", Type.whole(1, 10_000), "50", "iterations of the neurons"),
              Key.of("threshold", Inputs.number(1e-6, 100), "0.3", "λ, over the patches' rms"),
              Key.of("timeConstant", Inputs.number(1, 1e4), "10", "τ, in iterations"),
              Key.of("shrinkage", Type.word("hard", "soft"), "hard", "kind of threshold")),
          List.of(Patches.RESIDUAL, Patches.ACTIVE),
          SparseCodingKernel::bind);
  private static final int BITS = 16;

  private static Kernel bind(Settings settings) throws Unfit {
    return new SparseCodingKernel(
        Patches.of(
            Inputs.image(settings, settings.whole("patch")),
            settings.whole("patch"),
            settings.whole("patches"),
            settings.whole("cosines")),
        settings.whole("iterations"),
        settings.number("threshold"),
        settings.number("timeConstant"),
        settings.word("shrinkage").equals("soft"));
  }

  @Override
  public String word() {
    return KIND.shape().name();
  }

  @Override
  public boolean readsBack() {
    return true;
  }

  @Override
  public Outcome run(Machine machine) {
    double[][] codes = codes(machine);
    return Outcome.of(Patches.RESIDUAL, patches.residual(codes), iterations)
        .with(Patches.ACTIVE, Patches.active(codes));
  }

  /** Codes by patch, then atom. */
  double[][] codes(Machine machine) {
    Machine.Stored dictionary = machine.store("dictionary", patches.dictionary());
    double[][] x = patches.vectors();
    double neurons = (double) x.length * dictionary.columns();
    double[][] u = new double[x.length][dictionary.columns()];
    double[][] a = new double[x.length][dictionary.columns()];
    machine.keep((double) x.length * dictionary.rows() + 2 * neurons, BITS);
    for (int k = 0; k < iterations; k++) {
      double[][] residuals = Patches.differences(x, machine.readBack(dictionary, a));
      machine.digital(VectorOperation.ADD, (double) x.length * dictionary.rows(), BITS);
      double[][] projections = machine.read(dictionary, residuals);
      for (int i = 0; i < neurons; i++) {
        int p = i / dictionary.columns();
        int j = i % dictionary.columns();
        u[p][j] += (-u[p][j] + projections[p][j] + a[p][j]) / tau;
        double shrunk = isSoft ? u[p][j] - Math.copySign(threshold, u[p][j]) : u[p][j];
        a[p][j] = Math.abs(u[p][j]) > threshold ? shrunk : 0;
      }
      machine.digital(VectorOperation.ADD, 2 * neurons, BITS);
      machine.digital(VectorOperation.MULTIPLY_ADD, neurons, BITS);
      machine.digital(VectorOperation.COMPARE, neurons, BITS);
      machine.endOfIteration();
    }
    return a;
  }
}
