package dev.kirchhoff.dse.catalog;

import dev.kirchhoff.arch.kernel.KernelKind;
import dev.kirchhoff.arch.spec.KeyTable;
import dev.kirchhoff.mapper.kernel.Kernels;
import java.util.List;

/**
 * Kernel of the catalogue.
 *
 * @param description a sentence on what it computes
 * @param keys its keys in a spec, beside {@code kernel} and {@code weight}
 * @param source paper or measurement that algorithm and test come from
 */
public record KernelEntry(String name, String description, List<KeyTable.Row> keys, String source) {

  /** All kernels. */
  public static List<KernelEntry> all() {
    return Kernels.kinds().stream().map(KernelEntry::of).toList();
  }

  private static KernelEntry of(KernelKind kind) {
    return new KernelEntry(
        kind.shape().name(), kind.description(), KeyTable.rows(kind.shape()), kind.source());
  }
}
