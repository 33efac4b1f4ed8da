package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.design.CircuitSettings;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import java.util.Map;
import java.util.Optional;

/** Rows of the catalogue's driver, which are opened and pulsed once. */
public final class Rows {
  private static final DrivenRow.Train ONE = new DrivenRow.Train(1, 1);

  private Rows() {}

  /** A wordline of one supply and pulses of some bits. */
  public static DrivenRow.Line line(
      int bits,
      boolean gatesOnly,
      double line_fF,
      double row_uS,
      double read_V,
      double readSupply_V,
      boolean shifted) {
    return new DrivenRow.Line(
        bits, gatesOnly, line_fF, row_uS, read_V, readSupply_V, shifted, Input.Swing.SUPPLY);
  }

  /** A row whose wordline carries pulses of one amplitude. */
  public static RowInput plain(Process process, DrivenRow.Line line) {
    return of(Circuits.CATALOGUE, process, line, Optional.empty(), Optional.empty());
  }

  /** A row with a line beside its wordline. */
  public static RowInput lined(Process process, DrivenRow.Line line, DrivenRow.SignedLine beside) {
    return of(Circuits.CATALOGUE, process, line, Optional.of(beside), Optional.empty());
  }

  /** A row with pulses of several amplitudes. */
  public static RowInput graded(Process process, DrivenRow.Line line, DrivenRow.Levels levels) {
    return of(Circuits.CATALOGUE, process, line, Optional.empty(), Optional.of(levels));
  }

  /**
   * A row with pulses of several amplitudes, whose buffer and string have given sizes: its pair is
   * as large as the share of offset asks for and never trimmed, its resistors are as large as the
   * smallest.
   *
   * @param offset_steps share of the offset in steps of the whole input
   * @param unit_um2 area of a resistor
   */
  public static RowInput sized(
      Process process,
      DrivenRow.Line line,
      DrivenRow.Levels levels,
      double offset_steps,
      double unit_um2) {
    Map<String, Double> sizes =
        Map.of(
            "common.of_offset",
            offset_steps,
            "common.of_bow",
            1e9,
            "matched-pair.trim_bit",
            1e9,
            "level-driver.least_unit",
            unit_um2);
    return of(
        Circuits.of(new CircuitSettings(Map.of(), sizes)),
        process,
        line,
        Optional.empty(),
        Optional.of(levels));
  }

  private static RowInput of(
      Circuits circuits,
      Process process,
      DrivenRow.Line line,
      Optional<DrivenRow.SignedLine> beside,
      Optional<DrivenRow.Levels> levels) {
    return RowInput.of(circuits, new DrivenRow(process, line, beside, levels, ONE));
  }

  /** A row selector. */
  public static SheetCircuit selector(Process process, int rows, int digitBits) {
    return new SelectedRows(process, rows, digitBits).selector(Circuits.CATALOGUE);
  }
}
