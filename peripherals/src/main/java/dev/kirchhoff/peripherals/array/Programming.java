package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.device.WritePoint;
import dev.kirchhoff.peripherals.circuit.Account;

/**
 * Programming by write and verify: E = n (V I t / eta + C_line V^2 + E_verify), t = n (t_pulse +
 * t_verify), n the mean number of pulses for one value. E_verify is one read of a cell and one
 * conversion with the chip's own circuits.
 *
 * <p>eta = 0.4 where the write voltage is above the core supply (assumed: charge pumps reach 30 to
 * 50 %), 1 otherwise. Cells at once: as many as a crossbar's drivers may feed with 2 mA together
 * (assumed), at most a row. Neglected: forming, disturb of neighbours, failed cells.
 */
public final class Programming {
  private static final double PUMP_EFFICIENCY = 0.4;
  private static final double CURRENT_BUDGET_UA = 2000;

  private final WritePoint write;
  private final CellArray array;
  private final double supply_V;
  private final int columns;
  private final double verify_fJ;
  private final double verify_ns;

  /**
   * Programming of an array.
   *
   * @param columns cells of a row
   * @param verify_fJ energy of a verify read
   * @param verify_ns time of a verify read
   */
  public Programming(
      WritePoint write,
      CellArray array,
      double supply_V,
      int columns,
      double verify_fJ,
      double verify_ns) {
    this.write = write;
    this.array = array;
    this.supply_V = supply_V;
    this.columns = columns;
    this.verify_fJ = verify_fJ;
    this.verify_ns = verify_ns;
  }

  /** The price. */
  public ProgrammingPrice price() {
    return new ProgrammingPrice(
        energy_fJ(Account.CLOSED), write.pulses() * (write.pulse_ns() + verify_ns), cellsAtOnce());
  }

  /** Energy per cell, with its account. */
  public double energy_fJ(Account account) {
    double efficiency = write.voltage_V() > supply_V ? PUMP_EFFICIENCY : 1;
    double v = write.voltage_V();
    if (account.isOpen()) {
      account
          .formula(
              "# x (# V x # uA x # ns / # + # fF x (# V)^2 + # fJ)",
              write.pulses(),
              v,
              write.current_uA(),
              write.pulse_ns(),
              efficiency,
              array.bitline_fF(),
              v,
              verify_fJ)
          .source(
              "write point of the device; charge-pump efficiency 0.4 (assumed); verify: this"
                  + " chip's read and conversion");
    }
    return write.pulses()
        * (v * write.current_uA() * write.pulse_ns() / efficiency
            + array.bitline_fF() * v * v
            + verify_fJ);
  }

  private int cellsAtOnce() {
    if (!(write.current_uA() > 0)) {
      return columns;
    }
    return (int) Math.max(1, Math.min(columns, Math.floor(CURRENT_BUDGET_UA / write.current_uA())));
  }
}
