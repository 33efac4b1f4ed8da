package dev.kirchhoff.peripherals.neurosim;

import dev.kirchhoff.peripherals.array.ArrayCells;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Cells of an array of DNN+NeuroSim (the tool's <i>SubArray</i>): the names that the equations of
 * it and of its lines may read.
 *
 * @param columnsPerAdc columns that share a converter
 */
public record MeasuredCells(ArrayCells cells, int columnsPerAdc) {
  /** Energy of presenting one digit to the rows that are read at once, used or not. */
  public static final Terms PASS = Terms.ofAction("pass", Term.ENERGY);

  /** Energy of driving a row. */
  public static final Terms PULSE = Terms.ofAction("pulse", Term.ENERGY);

  /** Energy of switching one column to its converter. */
  public static final Terms SELECT = Terms.ofAction("select", Term.ENERGY);

  /** The vocabulary. */
  public static final Vocabulary<MeasuredCells> VOCABULARY =
      Vocabulary.<MeasuredCells>builder()
          .including(ArrayCells.VOCABULARY, MeasuredCells::cells)
          .quantity(
              "shared",
              "columns",
              "n_c",
              "columns that share a converter",
              MeasuredCells::columnsPerAdc)
          .quantity(
              "write_V",
              "V",
              "V_w",
              "larger voltage of a write",
              c -> c.cells.cell().device().write().voltage_V())
          .build();

  /** The array, or one of its lines. */
  public SheetCircuit circuit(Circuits circuits, String name) {
    return SheetCircuit.of(circuits, name, VOCABULARY, this, cells.process());
  }

  /** Conductance of a cell at its largest with all in series, while its column is converted. */
  public static double full_uS(SheetCircuit array) {
    return array.solution().value(Term.CONDUCTANCE, "cell", 0);
  }
}
