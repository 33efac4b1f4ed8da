package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.device.DeviceFigure;
import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.peripherals.circuit.Account;

/**
 * Programming by write and verify: a value takes n pulses on average, half of them SET and half
 * RESET (assumed). E = n (mean of (V I t + C_line V^2 + G_half (V/2)^2 t) / eta + E_verify), t = n
 * (longer pulse + t_verify).
 *
 * <p>C_line: the cell's bitline, and its share of the wordline, which the cells that are written at
 * once share. eta = 0.4 where a pulse's voltage is above the core supply, the highest rail of the
 * model (assumed: charge pumps reach 30 to 50 %), 1 otherwise. E_verify is one read of a cell at
 * full conductance and one conversion with the chip's own circuits; a device that is written
 * blindly has none. Cells at once: as many as there are write drivers, which {@link WriteDriver}
 * bounds by their current.
 *
 * <p>Neglected: forming, disturb of neighbours, the voltage that half-selected cells let fall along
 * their lines, failed cells, cells that are inside their band already and take no pulse.
 */
public final class Programming {
  private static final double PUMP_EFFICIENCY = 0.4;

  private final Device device;
  private final WritePoint write;
  private final CellArray array;
  private final double supply_V;
  private final int cellsAtOnce;
  private final Verify verify;

  /**
   * Verification of a group of cells after a pulse.
   *
   * @param energy_fJ energy of one cell
   * @param time_ns time of the group
   */
  public record Verify(double energy_fJ, double time_ns) {}

  /**
   * Programming of an array.
   *
   * @param cellsAtOnce cells of a crossbar that are written at once
   * @param verify what a verification costs
   */
  public Programming(
      Device device, CellArray array, double supply_V, int cellsAtOnce, Verify verify) {
    this.device = device;
    this.array = array;
    this.supply_V = supply_V;
    this.cellsAtOnce = cellsAtOnce;
    write = device.writeAt(supply_V);
    this.verify = write.verified() ? verify : new Verify(0, 0);
  }

  /** The price. */
  public ProgrammingPrice price() {
    return new ProgrammingPrice(
        energy_fJ(Account.CLOSED),
        write.pulses() * (write.pulse_ns() + verify.time_ns()),
        cellsAtOnce,
        pulse_fJ(Account.CLOSED),
        write.pulse_ns());
  }

  /** Verifications that bring a cell to its value; 0 for a device that is written blindly. */
  public double verifications() {
    return write.verified() ? write.pulses() : 0;
  }

  /** Energy per cell, with its account. */
  public double energy_fJ(Account account) {
    WritePoint.Pulse set = write.set();
    WritePoint.Pulse reset = write.reset();
    double line_fF = array.bitline_fF() + array.wordline_fF() / cellsAtOnce;
    if (account.isOpen()) {
      account
          .formula(
              "# x ((# V x # uA x # ns + # fF x (# V)^2 + # uS x (# V / 2)^2 x # ns) / # / 2"
                  + " + (# V x # uA x # ns + # fF x (# V)^2 + # uS x (# V / 2)^2 x # ns) / # / 2"
                  + " + # fJ)",
              write.pulses(),
              set.voltage_V(),
              set.current_uA(),
              set.width_ns(),
              line_fF,
              set.voltage_V(),
              halfSelected_uS(set),
              set.voltage_V(),
              set.width_ns(),
              efficiency(set),
              reset.voltage_V(),
              reset.current_uA(),
              reset.width_ns(),
              line_fF,
              reset.voltage_V(),
              halfSelected_uS(reset),
              reset.voltage_V(),
              reset.width_ns(),
              efficiency(reset),
              verify.energy_fJ())
          .source(
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
                  + "); charge-pump efficiency 0.4 (assumed); "
                  + (write.verified() ? "verify: this chip's read and conversion" : "no verify"));
    }
    return write.pulses()
        * ((supplied_fJ(set, line_fF) + supplied_fJ(reset, line_fF)) / 2 + verify.energy_fJ());
  }

  /** Energy of one pulse without verification, mean of SET and RESET, with its account. */
  public double pulse_fJ(Account account) {
    WritePoint.Pulse set = write.set();
    WritePoint.Pulse reset = write.reset();
    double line_fF = array.bitline_fF() + array.wordline_fF() / cellsAtOnce;
    double mean_fJ = (supplied_fJ(set, line_fF) + supplied_fJ(reset, line_fF)) / 2;
    if (account.isOpen()) {
      account
          .formula("(# fJ + # fJ) / 2", supplied_fJ(set, line_fF), supplied_fJ(reset, line_fF))
          .source(
              "one SET and one RESET pulse of "
                  + device.name()
                  + " with their lines, no verification; charge-pump efficiency 0.4 (assumed)");
    }
    return mean_fJ;
  }

  /** Energy that a pulse and the lines that carry it draw from the supply. */
  private double supplied_fJ(WritePoint.Pulse pulse, double line_fF) {
    double v = pulse.voltage_V();
    double halfSelected_fJ = halfSelected_uS(pulse) * (v / 2) * (v / 2) * pulse.width_ns();
    return (pulse.energy_fJ() + line_fF * v * v + halfSelected_fJ) / efficiency(pulse);
  }

  private double halfSelected_uS(WritePoint.Pulse pulse) {
    return array.halfSelectedWrite_uS(cellsAtOnce, pulse.voltage_V());
  }

  private double efficiency(WritePoint.Pulse pulse) {
    return pulse.voltage_V() > supply_V ? PUMP_EFFICIENCY : 1;
  }
}
