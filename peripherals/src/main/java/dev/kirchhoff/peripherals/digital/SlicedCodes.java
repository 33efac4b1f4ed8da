package dev.kirchhoff.peripherals.digital;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Codes of the cells of a weight that are shifted and added: the names that the equations of a
 * shift-and-add may read which counts them.
 */
public record SlicedCodes(Process process, int codeBits, int weightCells, int inputBits) {
  /** The vocabulary. */
  public static final Vocabulary<SlicedCodes> VOCABULARY =
      Vocabulary.<SlicedCodes>builder()
          .including(ProcessNames.VOCABULARY, SlicedCodes::process)
          .quantity("code_bits", "bits", "B", "bits of a code", SlicedCodes::codeBits)
          .quantity("weight_cells", "cells", "C", "cells of a weight", SlicedCodes::weightCells)
          .quantity("input_bits", "bits", "X", "bits of an input", SlicedCodes::inputBits)
          .build();

  /** A shift-and-add of a name. */
  public SheetCircuit block(Circuits circuits, String name) {
    return SheetCircuit.of(circuits, name, VOCABULARY, this, process);
  }
}
