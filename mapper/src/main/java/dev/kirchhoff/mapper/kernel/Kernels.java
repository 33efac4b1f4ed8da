package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind;
import java.util.List;

/** Kernels that a workload can name: one line each. */
public final class Kernels {
  private static final List<KernelKind> KINDS =
      List.of(
          DctKernel.KIND,
          SparseCodingKernel.KIND,
          KMeansKernel.KIND,
          PrincipalComponentsKernel.KIND,
          JacobiKernel.KIND,
          ConjugateGradientKernel.KIND,
          FeedbackSolveKernel.KIND,
          StatefulAdderKernel.KIND,
          FingerprintKernel.KIND,
          RandomBitsKernel.KIND,
          HopfieldKernel.KIND,
          IsingKernel.KIND,
          SpikingLayerKernel.KIND);

  private Kernels() {}

  /** Kinds in the order of the catalogue. */
  public static List<KernelKind> kinds() {
    return KINDS;
  }
}
