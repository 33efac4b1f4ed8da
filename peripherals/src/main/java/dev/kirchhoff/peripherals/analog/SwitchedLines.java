package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Lines of a crossbar that share drivers and converters.
 *
 * @param row_uS conductance of a row in a transpose read
 * @param column_uS conductance of a column in a forward read
 */
public record SwitchedLines(
    Process process, int rows, int columns, double row_uS, double column_uS) {
  /** Names that the equations of their switches may read. */
  public static final Vocabulary<SwitchedLines> NAMES =
      Vocabulary.<SwitchedLines>builder()
          .including(ProcessNames.VOCABULARY, SwitchedLines::process)
          .quantity("rows", "rows", "R", "rows of the crossbar", SwitchedLines::rows)
          .quantity("columns", "columns", "N_c", "columns of the crossbar", SwitchedLines::columns)
          .quantity(
              "row_G",
              "uS",
              "G_row",
              "conductance of a row in a transpose read",
              SwitchedLines::row_uS)
          .quantity(
              "column_G",
              "uS",
              "G_col",
              "conductance of a column in a forward read",
              SwitchedLines::column_uS)
          .build();

  /** Their switches. */
  public SheetCircuit switches(Circuits circuits) {
    return SheetCircuit.of(circuits, "transpose-switches", NAMES, this, process);
  }
}
