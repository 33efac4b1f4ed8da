package dev.kirchhoff.arch.workload;

import dev.kirchhoff.arch.kernel.Kernel;
import java.util.List;

/**
 * Kernel with the settings that it was bound from. Tasks of equal settings are equal: the same
 * machine gives them the same result.
 *
 * @param settings word of the kernel and all its settings, files by their digest
 * @param kernel algorithm and data
 */
public record KernelTask(List<String> settings, Kernel kernel) {
  public KernelTask {
    settings = List.copyOf(settings);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KernelTask task && settings.equals(task.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }
}
