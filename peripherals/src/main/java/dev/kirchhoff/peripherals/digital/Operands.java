package dev.kirchhoff.peripherals.digital;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Operands of a digital block: the names that its equations may read.
 *
 * @param weightBits most bits of a weight
 * @param inputBits most bits of an input
 */
public record Operands(Process process, int weightBits, int inputBits) {
  /** The vocabulary. */
  public static final Vocabulary<Operands> VOCABULARY =
      Vocabulary.<Operands>builder()
          .including(ProcessNames.VOCABULARY, Operands::process)
          .quantity("weight_bits", "bits", "B_w", "most bits of a weight", Operands::weightBits)
          .quantity("input_bits", "bits", "B_x", "most bits of an input", Operands::inputBits)
          .build();

  /** A block of a name. */
  public SheetCircuit block(Circuits circuits, String name) {
    return SheetCircuit.of(circuits, name, VOCABULARY, this, process);
  }
}
