package dev.kirchhoff.peripherals.link;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Parallel wires of a length: the names that their equations may read.
 *
 * @param width wires side by side
 * @param length_um length that one bit travels
 * @param laid_um length of wire laid down per instance, for area and leakage
 */
public record Wiring(Process process, int width, double length_um, double laid_um) {
  /** Delay of the length. */
  public static final String DELAY = "delay";

  /** The vocabulary. */
  public static final Vocabulary<Wiring> VOCABULARY =
      Vocabulary.<Wiring>builder()
          .including(ProcessNames.VOCABULARY, Wiring::process)
          .quantity("width", "1", "w", "wires side by side", Wiring::width)
          .quantity("length", "um", "l", "length that one bit travels", Wiring::length_um)
          .quantity("laid", "um", "l_A", "length laid down per instance", Wiring::laid_um)
          .build();

  /** Wires of a circuit. */
  public SheetCircuit of(Circuits circuits, String name) {
    return SheetCircuit.of(circuits, name, VOCABULARY, this, process);
  }

  /** Repeated wires, the default. */
  public SheetCircuit repeated(Circuits circuits) {
    return of(circuits, "repeated-wires");
  }
}
