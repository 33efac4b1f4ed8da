package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Successive-approximation converter, the default model: E = (100 fF B + 0.001 fF 4^B) V^2, area =
 * 10^(-0.0369 B + 1.206) 2^B um2, time = B (0.00653 rows + 0.640) ns.
 *
 * <p>Read: ZigZag-IMC (Houshmand, Sun and Verhelst, arXiv 2305.18335), fitted to 28 nm SRAM
 * compute-in-memory chips at 0.9 V. To other nodes: energy ~ node V^2, area ~ node (analogue
 * class); time follows the supply alone, V / (V - 0.35 V)^1.3 (see {@link Process}), because
 * settling of the capacitor array sets it (assumed). Valid 1..12 bits. Neglected: reference buffer,
 * calibration.
 */
public final class SarConverter implements Converter {
  /** Capacitance that switches per bit decision (comparator, logic), at 28 nm. */
  static final double PER_BIT_FF = 100;

  /** Capacitance of the capacitor array per square of the number of codes, at 28 nm. */
  static final double PER_CODE_SQUARED_FF = 0.001;

  /**
   * Bits lost per bit: 1.25 of 10 (van Elzakker et al., JSSC 2010, doi 10.1109/JSSC.2010.2043893,
   * ENOB 8.75) to 1.76 of 8 at 1.2 GS/s (Kull et al., JSSC 2013, doi 10.1109/JSSC.2013.2279571,
   * ENOB 6.24); the moderate end is taken.
   */
  static final double LOST_PER_BIT = 0.125;

  private static final double LN_10 = StrictMath.log(10);
  private static final int MOST_BITS = 32;
  private static final double[] AREA_28NM_UM2 = areas28nm_um2();
  private static final String SOURCE =
      "ZigZag-IMC SAR fit, 28 nm, 0.9 V (arXiv 2305.18335); analogue scaling; read";

  private final Process process;
  private final int bits;
  private final int rows;

  /** A converter of a number of bits on a column of a number of rows. */
  public SarConverter(Process process, int bits, int rows) {
    this.process = process;
    this.bits = bits;
    this.rows = rows;
  }

  @Override
  public double energy_fJ(Account account) {
    double codesSquared = (double) (1L << bits) * (1L << bits);
    double node = process.node_nm() / Process.FIT_NODE_NM;
    double v = process.supply_V();
    if (account.isOpen()) {
      account
          .formula(
              "(100 fF x # + 0.001 fF x 4^#) x (# V)^2 x (# nm / 28 nm)",
              bits,
              bits,
              v,
              process.node_nm())
          .source(SOURCE);
    }
    return (PER_BIT_FF * bits + PER_CODE_SQUARED_FF * codesSquared) * v * v * node;
  }

  @Override
  public double area_um2(Account account) {
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    if (account.isOpen()) {
      account
          .formula(
              "10^(1.206 - 0.0369 x #) x 2^# um2 x (# nm / 28 nm)", bits, bits, process.node_nm())
          .source(SOURCE);
    }
    return area28nm_um2(bits) * scale;
  }

  /** Area at 28 nm. */
  static double area28nm_um2(int bits) {
    return AREA_28NM_UM2[bits];
  }

  private static double[] areas28nm_um2() {
    double[] areas_um2 = new double[MOST_BITS + 1];
    for (int bits = 0; bits <= MOST_BITS; bits++) {
      areas_um2[bits] = StrictMath.exp(LN_10 * (1.206 - 0.0369 * bits)) * (1L << bits);
    }
    return areas_um2;
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }

  @Override
  public double time_ns() {
    return bits * (0.00653 * rows + 0.640) * process.slowness();
  }

  @Override
  public double lostBits() {
    return LOST_PER_BIT * bits;
  }

  /**
   * The capacitor array: about 1 fF units down to kT/C limits (assumed 0.5 fF per code, at least 10
   * fF).
   */
  @Override
  public double input_fF() {
    return Math.max(10, 0.5 * (1L << bits));
  }
}
