package dev.kirchhoff.peripherals.memory;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Memory.MemoryKind;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.Optional;

/**
 * Circuits of memories by kind. A memory that a chip lacks has the price of a register of one byte,
 * and no instance.
 */
public final class MemoryCircuits {
  private static final Memory LEAST =
      new Memory(MemoryKind.REGISTER_FILE, 1, 1, ComponentModel.standard());

  private MemoryCircuits() {}

  /** Kind of the circuit of a memory. */
  public static MemoryKind kind(Optional<Memory> stated) {
    return stated.orElse(LEAST).kind();
  }

  /** Circuit of a memory on a process, accessed once a cycle by each port. */
  public static MemoryCircuit of(Optional<Memory> stated, Process process, double cycle_ns) {
    Memory memory = stated.orElse(LEAST);
    double size_B = Math.max(1, memory.size_B());
    int width = memory.width_bits();
    return switch (memory.kind()) {
      case EDRAM -> new EdramBuffer(process, size_B, width, cycle_ns);
      case SRAM -> new SramBuffer(process, size_B, width, memory.ports(), cycle_ns);
      case REGISTER_FILE -> new RegisterFile(process, size_B, width, memory.ports(), cycle_ns);
    };
  }
}
