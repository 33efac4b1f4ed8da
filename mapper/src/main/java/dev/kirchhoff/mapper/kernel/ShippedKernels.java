package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.design.KernelCatalogue;
import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Outcome;
import java.util.List;

/** Kernels shipped with the program, and their traces on the exact machine. */
public final class ShippedKernels implements KernelCatalogue {
  /** Seed of the exact machine's random source. */
  static final long SEED = 1;

  @Override
  public List<KernelKind> kinds() {
    return Kernels.kinds();
  }

  @Override
  public Trace trace(Kernel kernel) {
    CountingMachine machine = CountingMachine.endingWhenInterrupted(ArithmeticMachine.exact(SEED));
    Outcome outcome = kernel.run(machine);
    return new Trace(machine.trace(kernel.word()).network(), outcome);
  }
}
