package dev.kirchhoff.peripherals.memory;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Memory.MemoryKind;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
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

  /** Default circuit of a memory. */
  public static String name(Optional<Memory> stated) {
    return switch (kind(stated)) {
      case SRAM -> "sram-6t";
      case EDRAM -> "edram-puma";
      case REGISTER_FILE -> "flip-flops";
    };
  }

  /** Circuit of a memory on a process, accessed once a cycle by each port. */
  public static SheetCircuit of(
      Circuits circuits, Optional<Memory> stated, Process process, double cycle_ns) {
    Memory memory = stated.filter(m -> m.size_B() >= 1).orElseGet(() -> least(stated));
    return of(circuits, name(stated), memory, process, cycle_ns);
  }

  private static Memory least(Optional<Memory> stated) {
    return stated
        .map(m -> new Memory(m.kind(), 1, m.width_bits(), m.ports(), m.model()))
        .orElse(LEAST);
  }

  /** A memory as a circuit of a name prices it. */
  public static SheetCircuit of(
      Circuits circuits, String name, Memory memory, Process process, double cycle_ns) {
    MemorySize size = new MemorySize(process, memory, cycle_ns);
    return SheetCircuit.of(circuits, name, MemorySize.VOCABULARY, size, process);
  }
}
