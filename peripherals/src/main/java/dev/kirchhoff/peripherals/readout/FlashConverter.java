package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Flash converter: 2^B - 1 comparators with preamplifier decide at once, 2^B - B - 1 full adders
 * count them. One clock cycle. E = (2^B - 1) (latch + I_bias V t) + encoder; area likewise.
 *
 * <p>Comparator: latch 1.63 fJ (read: MNSIM 2.0 option 8, 28 nm), preamplifier bias 10 uA at 28 nm
 * (assumed: 4 bits then cost 0.17 pJ a conversion at 1 GS/s, beside 0.23 pJ for FORMS's 4-bit
 * converter at 32 nm, Yuan et al., ISCA 2021), 16 um2 (assumed). Bias and latch energy scale as
 * analogue, the encoder as logic. Valid 1..8 bits; above 6 bits a SAR is better in everything but
 * speed. Neglected: offset-limited comparator size at high resolution, kickback, interpolation.
 */
public final class FlashConverter implements Converter {
  /**
   * Bits lost per bit: comparator offsets cost about half a bit of five or six (assumed after
   * typical flash converters).
   */
  static final double LOST_PER_BIT = 0.1;

  private static final double BIAS_UA = 10;
  private static final double INPUT_FF_PER_COMPARATOR = 1;
  private static final double ADDER_GATES = 6;
  private static final double ADDER_AREA_GATES = 7.8;
  private static final String SOURCE =
      "comparator: MNSIM 2.0 ADC option 8 (28 nm, read), bias 10 uA and 16 um2 (assumed); adder:"
          + " ZigZag-IMC unit gate (read)";

  private final Process process;
  private final int bits;
  private final double cycle_ns;

  /** A converter of a number of bits that decides in one clock cycle. */
  public FlashConverter(Process process, int bits, double cycle_ns) {
    this.process = process;
    this.bits = bits;
    this.cycle_ns = cycle_ns;
  }

  @Override
  public double energy_fJ(Account account) {
    double scale =
        process.energyFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM, Process.FIT_SUPPLY_V);
    double comparator_fJ =
        (Comparator.LATCH_FJ + BIAS_UA * Process.FIT_SUPPLY_V * cycle_ns) * scale;
    double comparators = (1L << bits) - 1;
    double adders = comparators - bits;
    if (account.isOpen()) {
      account
          .formula(
              "(2^# - 1) x (1.63 fJ + 10 uA x 0.9 V x # ns) x # + (2^# - # - 1) x 6 x # fJ",
              bits,
              cycle_ns,
              scale,
              bits,
              bits,
              process.gate_fJ())
          .source(SOURCE);
    }
    return comparators * comparator_fJ + adders * ADDER_GATES * process.gate_fJ();
  }

  @Override
  public double area_um2(Account account) {
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    double comparators = (1L << bits) - 1;
    if (account.isOpen()) {
      account
          .formula(
              "(2^# - 1) x 16 um2 x # + (2^# - # - 1) x 7.8 x # um2",
              bits,
              scale,
              bits,
              bits,
              process.gate_um2())
          .source(SOURCE);
    }
    return comparators * Comparator.AREA_UM2 * scale
        + (comparators - bits) * ADDER_AREA_GATES * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }

  @Override
  public double time_ns() {
    return cycle_ns;
  }

  @Override
  public double lostBits() {
    return LOST_PER_BIT * bits;
  }

  @Override
  public double input_fF() {
    return Math.max(10, INPUT_FF_PER_COMPARATOR * ((1L << bits) - 1));
  }
}
