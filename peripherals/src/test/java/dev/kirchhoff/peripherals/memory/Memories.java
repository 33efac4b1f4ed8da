package dev.kirchhoff.peripherals.memory;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.chip.Memory.MemoryKind;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import java.util.Optional;

/** Memories of the catalogue. */
public final class Memories {
  private Memories() {}

  private static Memory memory(MemoryKind kind, double size_B, int width_bits, int ports) {
    return new Memory(kind, size_B, width_bits, ports, ComponentModel.standard());
  }

  /** A memory of a kind. */
  public static SheetCircuit of(
      MemoryKind kind, Process process, double size_B, int width_bits, int ports, double cycle_ns) {
    return MemoryCircuits.of(
        Circuits.CATALOGUE,
        Optional.of(memory(kind, size_B, width_bits, ports)),
        process,
        cycle_ns);
  }

  /** An SRAM. */
  public static SheetCircuit sram(
      Process process, double size_B, int width_bits, int ports, double cycle_ns) {
    return of(MemoryKind.SRAM, process, size_B, width_bits, ports, cycle_ns);
  }

  /** An eDRAM. */
  public static SheetCircuit edram(
      Process process, double size_B, int width_bits, double cycle_ns) {
    return of(MemoryKind.EDRAM, process, size_B, width_bits, 1, cycle_ns);
  }

  /** A register file. */
  public static SheetCircuit registers(
      Process process, double size_B, int width_bits, int ports, double cycle_ns) {
    return of(MemoryKind.REGISTER_FILE, process, size_B, width_bits, ports, cycle_ns);
  }

  /** A memory as DNN+NeuroSim prices it. */
  public static SheetCircuit ofNeurosim(
      MemoryKind kind, Process process, double size_B, double cycle_ns) {
    return MemoryCircuits.of(
        Circuits.CATALOGUE, "neurosim-buffer", memory(kind, size_B, 1, 1), process, cycle_ns);
  }
}
