package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Rows of a crossbar of which those with a digit are picked one after another, the next while the
 * previous read is converted.
 *
 * @param digitBits bits of a digit of the inputs
 */
public record SelectedRows(Process process, int rows, int digitBits) {
  /** Energy of loading one digit of all rows. */
  public static final Terms LOAD = Terms.ofAction("load", Term.ENERGY);

  /** Energy of picking one row. */
  public static final Terms PICK = Terms.ofAction("pick", Term.ENERGY);

  /** Names that the equations of a row selector may read. */
  public static final Vocabulary<SelectedRows> NAMES =
      Vocabulary.<SelectedRows>builder()
          .including(ProcessNames.VOCABULARY, SelectedRows::process)
          .quantity("rows", "rows", "R", "rows of the crossbar", SelectedRows::rows)
          .quantity("digit_bits", "bits", "b", "bits of a digit", SelectedRows::digitBits)
          .build();

  /** Their selector. */
  public SheetCircuit selector(Circuits circuits) {
    return SheetCircuit.of(circuits, "row-selector", NAMES, this, process);
  }
}
