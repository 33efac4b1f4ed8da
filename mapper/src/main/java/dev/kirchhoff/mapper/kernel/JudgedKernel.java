package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.Outcome;

/**
 * Kernel whose quality is a chosen one of its figures.
 *
 * @param kernel the kernel
 * @param measure word of the measure
 */
record JudgedKernel(Kernel kernel, String measure) implements Kernel {
  @Override
  public String word() {
    return kernel.word();
  }

  @Override
  public Outcome run(Machine machine) {
    return kernel.run(machine).judgedBy(measure);
  }

  @Override
  public boolean readsBack() {
    return kernel.readsBack();
  }

  @Override
  public boolean solves() {
    return kernel.solves();
  }

  @Override
  public boolean usesGates() {
    return kernel.usesGates();
  }

  @Override
  public boolean draws() {
    return kernel.draws();
  }

  @Override
  public int drawsOfChips() {
    return kernel.drawsOfChips();
  }
}
