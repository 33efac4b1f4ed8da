package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Current sense amplifier of 1 to 4 bits: the bitline's current, mirrored down by four, is compared
 * B times with a reference current chosen by the bits before (binary search). E = B latch + (I_bias
 * + m I_FS/2 + m I_FS/2) V (t_pulses + B t), t one clock cycle: clamp, mirrored column and
 * reference draw from the supply as long as inputs are applied, then while it decides. No amplifier
 * stands before it.
 *
 * <p>After the multi-level current-mode sensing of Xue et al. (JSSC 2020, doi
 * 10.1109/JSSC.2019.2951363; ISSCC 2020). Latch 1.63 fJ (read: MNSIM 2.0 option 8, 28 nm); bias 2
 * uA, mirror ratio 1/4, 16 um2 plus 8 um2 per reference bit (assumed). Valid 1..4 bits; current
 * mismatch limits it there. Neglected: the time in which lines settle, equalisation of the bitline.
 */
public final class SenseAmplifier implements Converter {
  private static final double BIAS_UA = 2;
  private static final double MIRROR = 0.25;
  private static final double REFERENCE_UM2_PER_BIT = 8;
  private static final double LOST_PER_FURTHER_BIT = 0.1;
  private static final String SOURCE =
      "current-mode sensing after Xue et al., JSSC 2020 (doi 10.1109/JSSC.2019.2951363); latch"
          + " MNSIM 2.0 option 8, 28 nm"
          + " (read); bias 2 uA, mirror 1/4, areas (assumed)";

  private final Process process;
  private final int bits;
  private final ColumnLoad load;
  private final double pulses_ns;
  private final double cycle_ns;

  /**
   * A sense amplifier of a number of bits on a column, with the time of the input's pulses and that
   * of one decision.
   */
  public SenseAmplifier(
      Process process, int bits, ColumnLoad load, double pulses_ns, double cycle_ns) {
    this.process = process;
    this.bits = bits;
    this.load = load;
    this.pulses_ns = pulses_ns;
    this.cycle_ns = cycle_ns;
  }

  @Override
  public double energy_fJ(Account account) {
    double latch_fJ =
        Comparator.LATCH_FJ
            * process.energyFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM, Process.FIT_SUPPLY_V);
    double current_uA = BIAS_UA + MIRROR * load.fullScale_uA();
    if (account.isOpen()) {
      account
          .formula(
              "# x # fJ + (2 uA + 0.25 x # uA) x # V x (# ns + # x # ns)",
              bits,
              latch_fJ,
              load.fullScale_uA(),
              process.supply_V(),
              pulses_ns,
              bits,
              cycle_ns)
          .source(SOURCE);
    }
    double on_ns = pulses_ns + bits * cycle_ns;
    return bits * latch_fJ + current_uA * process.supply_V() * on_ns;
  }

  @Override
  public double area_um2(Account account) {
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    if (account.isOpen()) {
      account.formula("(16 um2 + 8 um2 x #) x #", bits, scale).source(SOURCE);
    }
    return (Comparator.AREA_UM2 + REFERENCE_UM2_PER_BIT * bits) * scale;
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }

  @Override
  public double time_ns() {
    return bits * cycle_ns;
  }

  @Override
  public double lostBits() {
    return LOST_PER_FURTHER_BIT * (bits - 1);
  }

  @Override
  public double input_fF() {
    return 10;
  }

  @Override
  public Sensing sensing() {
    return Sensing.CURRENT;
  }
}
