package dev.kirchhoff.arch.design;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.workload.Network;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Service that lists the kernels that a spec can name; found by {@link java.util.ServiceLoader}.
 */
public interface KernelCatalogue {

  /** Kinds in the order of the catalogue. */
  List<KernelKind> kinds();

  /** Run on the exact machine. */
  Trace trace(Kernel kernel);

  /**
   * A run.
   *
   * @param network reads, writes and digital work as layers
   * @param outcome its result
   */
  record Trace(Network network, Outcome outcome) {}

  /** The kernels of this program; none where no module offers any. */
  static KernelCatalogue installed() {
    return ServiceLoader.load(KernelCatalogue.class)
        .findFirst()
        .orElseGet(
            () ->
                new KernelCatalogue() {
                  @Override
                  public List<KernelKind> kinds() {
                    return List.of();
                  }

                  @Override
                  public Trace trace(Kernel kernel) {
                    throw new IllegalStateException(
                        "The kernel (" + kernel.word() + ") is of no module of this program.");
                  }
                });
  }
}
