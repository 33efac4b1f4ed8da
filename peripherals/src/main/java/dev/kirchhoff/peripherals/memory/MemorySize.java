package dev.kirchhoff.peripherals.memory;

import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Memory as its circuit is sized for it, accessed once a cycle by each port: the names that its
 * equations may read.
 */
public record MemorySize(Process process, Memory memory, double cycle_ns) {
  /** Energy of one bit read. */
  public static final Terms READ = Terms.ofAction("read", Term.ENERGY);

  /** Energy of one bit written. */
  public static final Terms WRITE = Terms.ofAction("write", Term.ENERGY);

  /** Shortest time between two accesses. */
  public static final String ACCESS = "access";

  /** The vocabulary. */
  public static final Vocabulary<MemorySize> VOCABULARY =
      Vocabulary.<MemorySize>builder()
          .including(ProcessNames.VOCABULARY, MemorySize::process)
          .quantity("size", "bits", "S", "size", m -> m.memory.size_B() * Units.BITS_PER_BYTE)
          .quantity("width", "bits", "w", "bits of an access", m -> m.memory.width_bits())
          .quantity("ports", "1", "p", "ports", m -> m.memory.ports())
          .quantity("cycle", "ns", "t_clk", "cycle of the clock", MemorySize::cycle_ns)
          .flag("static_cells", "bits are SRAM", m -> m.memory.kind() == Memory.MemoryKind.SRAM)
          .build();
}
