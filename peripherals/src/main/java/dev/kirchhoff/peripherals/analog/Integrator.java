package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.Signal;

/**
 * Integrating front end: an amplifier as of {@link FrontEnd} whose feedback is a capacitor that
 * collects the column's charge while inputs are applied (docs/circuits.md, eq. 59). C_int = max(I,
 * I_FS) t_int / V_FS, at least 5 fF; it is reset once a read, C_int V_FS^2. Area: that of the
 * amplifier and C_int at 2 fF/um2 (assumed, metal capacitor).
 *
 * <p>Valid as long as the capacitor stays reasonable (report its area); neglected: leakage of the
 * integrator, charge injection of the reset switch.
 */
public final class Integrator implements ColumnAmplifier {
  private static final double DENSITY_FF_PER_UM2 = 2;
  private static final double SMALLEST_FF = 5;
  private static final String SOURCE =
      "; integration capacitor over the range of voltages, 2 fF/um2 (assumed)";

  private final FrontEnd amplifier;
  private final double range_V;
  private final double capacitance_fF;

  /**
   * An integrator.
   *
   * @param amplifier its amplifier
   * @param integrate_ns time that inputs are applied
   */
  public Integrator(FrontEnd amplifier, Signal signal, double integrate_ns) {
    this.amplifier = amplifier;
    range_V = signal.range_V();
    double current_uA = Math.max(signal.mean_uA(), signal.range_uA());
    capacitance_fF = Math.max(SMALLEST_FF, current_uA * integrate_ns / range_V);
  }

  @Override
  public double amplify_fJ(double biased_ns, double on_ns, Account account) {
    double own_fJ = amplifier.amplify_fJ(biased_ns, on_ns, account);
    if (account.isOpen()) {
      account
          .formula(account.formula() + " + # fF x (# V)^2", capacitance_fF, range_V)
          .source(account.source() + SOURCE);
    }
    return own_fJ + capacitance_fF * range_V * range_V;
  }

  @Override
  public double area_um2(Account account) {
    double own_um2 = amplifier.area_um2(account);
    if (account.isOpen()) {
      account
          .formula(account.formula() + " + # fF / 2 fF/um2", capacitance_fF)
          .source(account.source() + SOURCE);
    }
    return own_um2 + capacitance_fF / DENSITY_FF_PER_UM2;
  }

  @Override
  public double static_uW(Account account) {
    return amplifier.static_uW(account);
  }

  @Override
  public double input_ohm() {
    return amplifier.input_ohm();
  }

  @Override
  public double least_ns() {
    return amplifier.least_ns();
  }

  @Override
  public FrontEndErrors errors() {
    return amplifier.errors();
  }
}
