package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.sheet.Circuits;
import dev.kirchhoff.peripherals.sheet.SheetCircuit;
import dev.kirchhoff.peripherals.sheet.Solution;
import dev.kirchhoff.peripherals.sheet.Term;
import dev.kirchhoff.peripherals.sheet.Terms;

/**
 * Programming of cells by write and verify, as its file says: {@code energy.cell} and {@code time
 * write} are those of a value, {@code energy.pulse} and {@code time pulse} those of one pulse
 * without verification.
 */
public final class Programming extends SheetCircuit {
  private static final Terms CELL = Terms.ofAction("cell", Term.ENERGY);
  private static final Terms PULSE = Terms.ofAction("pulse", Term.ENERGY);

  private final WrittenCells cells;

  private Programming(Solution solution, WrittenCells cells) {
    super(solution);
    this.cells = cells;
  }

  /** Programming of cells. */
  public static Programming of(Circuits circuits, WrittenCells cells) {
    double node_nm = cells.array().cells().process().node_nm();
    return new Programming(
        circuits.solve("write-cells", WrittenCells.VOCABULARY, cells, node_nm), cells);
  }

  /** The price. */
  public ProgrammingPrice price() {
    return new ProgrammingPrice(
        energy_fJ(Account.CLOSED),
        time_ns("write"),
        cells.atOnce(),
        pulse_fJ(Account.CLOSED),
        time_ns("pulse"));
  }

  /** Verifications that bring a cell to its value; 0 for a device that is written blindly. */
  public double verifications() {
    return cells.write().verified() ? cells.write().pulses() : 0;
  }

  /** Energy per cell, with its account. */
  @Override
  public double energy_fJ(Account account) {
    return ofDevice(energy_fJ(CELL, account), account);
  }

  /** Energy of one pulse without verification, mean of SET and RESET, with its account. */
  public double pulse_fJ(Account account) {
    return ofDevice(energy_fJ(PULSE, account), account);
  }

  /** Current that half-selected cells draw from a column while others of its cells are written. */
  public double halfSelected_uA() {
    return solution().quantity("column_I", 0);
  }

  /** A figure whose source begins with that of the device's write point. */
  private double ofDevice(double energy_fJ, Account account) {
    if (account.isOpen()) {
      Device device = cells.array().cells().cell().device();
      account.source(
          "SET and RESET of "
              + device.name()
              + " (voltage "
              + device.provenance().word(DeviceFigure.WRITE_VOLTAGE)
              + ", current "
              + device.provenance().word(DeviceFigure.WRITE_CURRENT)
              + ", pulse "
              + device.provenance().word(DeviceFigure.WRITE_PULSE)
              + ", number "
              + device.provenance().word(DeviceFigure.WRITE_PULSES)
              + "); "
              + account.source());
    }
    return energy_fJ;
  }
}
