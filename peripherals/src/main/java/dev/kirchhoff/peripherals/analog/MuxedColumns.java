package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.ProcessNames;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Vocabulary;

/**
 * Columns that share a converter.
 *
 * @param columns columns, of all crossbars that take turns
 * @param column_uS conductance of a column whose current passes, 0 of voltages
 * @param load_fF capacitance of the converter's input, 0 of currents and behind sample-and-holds
 * @param bits bits of a code, to half a step of which a voltage settles
 * @param settle_ns time to settle in
 */
public record MuxedColumns(
    Process process, int columns, double column_uS, double load_fF, int bits, double settle_ns) {
  /** Names that the equations of a column mux may read. */
  public static final Vocabulary<MuxedColumns> NAMES =
      Vocabulary.<MuxedColumns>builder()
          .including(ProcessNames.VOCABULARY, MuxedColumns::process)
          .quantity(
              "columns", "columns", "n", "columns that share a converter", MuxedColumns::columns)
          .quantity(
              "column_G",
              "uS",
              "G",
              "conductance of a column whose current passes",
              MuxedColumns::column_uS)
          .quantity(
              "load", "fF", "C_L", "capacitance of the converter's input", MuxedColumns::load_fF)
          .quantity("bits", "bits", "B", "bits of a code", MuxedColumns::bits)
          .quantity("settle", "ns", "t_set", "time to settle in", MuxedColumns::settle_ns)
          .build();

  /** Their mux. */
  public SheetCircuit mux(Circuits circuits) {
    return SheetCircuit.of(circuits, "transmission-gate", NAMES, this, process);
  }

  /** Columns whose currents pass. */
  public static MuxedColumns ofCurrents(Process process, int columns, double column_uS) {
    return new MuxedColumns(process, columns, column_uS, 0, 1, 1);
  }

  /** Columns whose voltages pass. */
  public static MuxedColumns ofVoltages(
      Process process, int columns, double load_fF, int bits, double settle_ns) {
    return new MuxedColumns(process, columns, 0, load_fF, bits, settle_ns);
  }
}
