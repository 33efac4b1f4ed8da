package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Transimpedance front end that holds a bitline at virtual ground and hands a voltage to the
 * converter.
 *
 * <p>Transconductance g = max(C_L (B + 1) ln 2 / (0.5 t), G_column): settling of the load to half
 * an LSB in the time t, and one siemens per siemens of the column (its active cells at mean
 * conductance), which with a gain of 100 keeps the input resistance at 1 % of the column's. Bias of
 * input and output stage 2 g V_ov/2 with V_ov = 0.15 V; it is off when idle.
 *
 * <p>Assumed: feedback factor 0.5, gain 100, V_ov 0.15 V, 20 um2 at 28 nm and as much again for
 * each 250 uA. Theory: two-stage amplifier (Razavi, Design of Analog CMOS Integrated Circuits).
 * Valid up to about 2 GHz of bandwidth. Neglected: slewing, offset (see the virtual-ground error of
 * the signal-to-noise model).
 */
public final class FrontEnd implements ColumnAmplifier {
  private static final double FEEDBACK = 0.5;
  private static final double GAIN = 100;
  private static final double OVERDRIVE_V = 0.15;
  private static final double AREA_UM2 = 20;
  private static final double AREA_CURRENT_UA = 250;
  private static final double LN_2 = StrictMath.log(2);
  private static final String SOURCE =
      "two-stage amplifier: feedback 0.5, gain 100, overdrive 0.15 V, 20 um2 per 250 uA at 28 nm"
          + " (assumed)";

  private final Process process;
  private final double load_fF;
  private final int bits;
  private final double settle_ns;
  private final double column_uS;
  private final double transconductance_uS;

  /**
   * A front end.
   *
   * @param load_fF capacitance that it drives
   * @param bits bits that it settles to
   * @param settle_ns time to settle in
   * @param column_uS conductance of a column, its active cells at mean conductance
   */
  public FrontEnd(Process process, double load_fF, int bits, double settle_ns, double column_uS) {
    this.process = process;
    this.load_fF = load_fF;
    this.bits = bits;
    this.settle_ns = settle_ns;
    this.column_uS = column_uS;
    // fF/ns = uS.
    transconductance_uS = Math.max(load_fF * (bits + 1) * LN_2 / (FEEDBACK * settle_ns), column_uS);
  }

  private double bias_uA() {
    return transconductance_uS * OVERDRIVE_V;
  }

  @Override
  public double amplify_fJ(double on_ns, Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "max(# fF x (# + 1) x 0.6931 / (0.5 x # ns), # uS) x 0.15 V x # V x # ns",
              load_fF,
              bits,
              settle_ns,
              column_uS,
              process.supply_V(),
              on_ns)
          .source(SOURCE);
    }
    return bias_uA() * process.supply_V() * on_ns;
  }

  @Override
  public double area_um2(Account account) {
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    if (account.isOpen()) {
      account.formula("20 um2 x (1 + # uA / 250 uA) x #", bias_uA(), scale).source(SOURCE);
    }
    return AREA_UM2 * (1 + bias_uA() / AREA_CURRENT_UA) * scale;
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }

  @Override
  public double input_ohm() {
    return 1e6 / (GAIN * column_uS);
  }
}
