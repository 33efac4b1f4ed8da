package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.ErrorAllocation;
import dev.kirchhoff.peripherals.readout.Signal;

/**
 * Integrating front end: an amplifier as of {@link FrontEnd} whose mirror hands 1/m of the column's
 * current to a capacitor, which collects its charge while inputs are applied (docs/circuits.md, eq.
 * 59 to 59d).
 *
 * <pre>
 *   C_1   = I_FS t_int/V_FS,  C_int = max(5 fF, C_1/m)
 *   m     = max(1, min(√(C_1/(2 fF/um2)/A_m), C_1/5 fF, m_noise, m_speed))
 *   m_noise = (0.2 LSB)² t_int/(2 kT G λ),  λ = 2 V_r/V_om + C_1/(2 G t_int)
 *   m_speed = 2 I t/(V_om (B + 1) ln 2 C_m)
 *   F_n   = F_n,tia + (m − 1) 2 V_r/V_om + m² C_int/(2 G t_int)
 * </pre>
 *
 * <p>C_1 is the capacitor of the whole current; the reference of the front end subtracts the part
 * of the mean beyond the middle of the range. A mirror of m devices at its input and one at its
 * output, each of the area A_m, scales the current down: m is the ratio of least area for which the
 * noise of the output device, which counts m times at the input, and that of the capacitor's reset,
 * kT/C, stay below 0.2 LSB, and the gates C_m of the devices settle in the time t of the front
 * end's load. The mismatch of m devices and one is √((1 + 1/m)/2) of that of an equal pair. The
 * capacitor is reset once a read, C_int V_FS². Area: that of the amplifier, m − 1 devices and C_int
 * at 2 fF/um2 (assumed, metal capacitor).
 *
 * <p>Valid up to a capacitor of 10 pF ({@link #isLarge()}, a warning). Neglected: leakage of the
 * integrator, charge injection of the reset switch, gradients across the mirror.
 */
public final class Integrator implements ColumnAmplifier {
  private static final double DENSITY_FF_PER_UM2 = 2;
  private static final double SMALLEST_FF = 5;

  /** Capacitor beyond those of published readouts: 0.005 mm2 a column (assumed). */
  private static final double LARGE_FF = 10_000;

  private static final String SOURCE =
      "; mirror that scales the current down for least area within 0.2 LSB of noise; integration"
          + " capacitor over the range of voltages, 2 fF/um2 (assumed)";

  private final FrontEnd amplifier;
  private final double range_V;
  private final double capacitance_fF;
  private final double ratio;
  private final double mirrorNoise;
  private final double reset;

  /**
   * An integrator.
   *
   * @param amplifier its amplifier
   * @param integrate_ns time that inputs are applied
   */
  public Integrator(FrontEnd amplifier, Signal signal, double integrate_ns) {
    this.amplifier = amplifier;
    range_V = signal.range_V();
    double unscaled_fF = signal.range_uA() * integrate_ns / range_V;
    ratio = ratio(amplifier, signal, unscaled_fF, integrate_ns);
    capacitance_fF = Math.max(SMALLEST_FF, unscaled_fF / ratio);
    // uS ns = fF.
    double cells_fF = 2 * amplifier.column_uS() * integrate_ns;
    reset = integrate_ns > 0 ? ratio * ratio * capacitance_fF / cells_fF : 0;
    mirrorNoise = (ratio - 1) * amplifier.mirrorNoise();
  }

  private static double ratio(
      FrontEnd amplifier, Signal signal, double unscaled_fF, double integrate_ns) {
    if (!(unscaled_fF > SMALLEST_FF)) {
      return 1;
    }
    double column_uS = amplifier.column_uS();
    double perRatio = amplifier.mirrorNoise() + unscaled_fF / (2 * column_uS * integrate_ns);
    double allowed_uA = ErrorAllocation.SAMPLE * signal.step_uA();
    double cells_uA2 = 2 * signal.kT_fJ() * column_uS / integrate_ns;
    double quiet = allowed_uA * allowed_uA / (cells_uA2 * perRatio);
    double small = Math.sqrt(unscaled_fF / DENSITY_FF_PER_UM2 / amplifier.mirrorDevice_um2());
    double most = Math.min(unscaled_fF / SMALLEST_FF, amplifier.mirrorDevices());
    return Math.max(1, Math.min(Math.min(small, quiet), most));
  }

  /** Capacitor of a column. */
  public double capacitance_fF() {
    return capacitance_fF;
  }

  /** Current of the column over that of the capacitor. */
  public double ratio() {
    return ratio;
  }

  /** True if the capacitor is beyond those of published readouts. */
  public boolean isLarge() {
    return capacitance_fF > LARGE_FF;
  }

  /** Area of the capacitor. */
  public double capacitor_um2() {
    return capacitance_fF / DENSITY_FF_PER_UM2;
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
    double device_um2 = amplifier.mirrorDevice_um2();
    if (account.isOpen()) {
      account
          .formula(
              account.formula() + " + (# - 1) x # um2 + # fF / 2 fF/um2",
              ratio,
              device_um2,
              capacitance_fF)
          .source(account.source() + SOURCE);
    }
    return own_um2 + (ratio - 1) * device_um2 + capacitor_um2();
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
    FrontEndErrors own = amplifier.errors();
    return new FrontEndErrors(
        own.noise() + mirrorNoise + reset,
        own.offset_V(),
        own.gain() * Math.sqrt((1 + 1 / ratio) / 2),
        own.bow_steps());
  }
}
