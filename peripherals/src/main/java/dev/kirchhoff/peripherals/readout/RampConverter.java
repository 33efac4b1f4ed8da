package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Single-slope converter: a ramp of 2^B steps, made once for all columns of a crossbar, a
 * comparator and a latch of the running code at each.
 *
 * <p>Time 2^B steps, one clock cycle each unless stated. E = latch + I_bias V 2^B t_step
 * (comparator, on for the whole ramp) + 2 gates a step (the count is distributed to the columns:
 * two wires toggle a step on average) + a share of the ramp: its capacitor DAC steps 2^B times
 * through a 50 fF bit. Area: comparator, B latches, a share of a DAC as large as a SAR's
 * capacitors.
 *
 * <p>Latch 1.63 fJ (read: MNSIM 2.0 option 8, 28 nm); bias 2 uA, 16 um2 of comparator, DAC
 * (ZigZag-IMC SAR area, arXiv 2305.18335) assumed. Valid 1 to 10 bits. Neglected: the ramp's
 * buffer, slope calibration.
 */
public final class RampConverter implements Converter {
  private static final double BIAS_UA = 2;
  private static final double GATES_PER_STEP = 2;
  private static final double LATCH_AREA_GATES = 6;
  private static final double DAC_FF = 50;
  private static final String SOURCE =
      "comparator: MNSIM 2.0 ADC option 8 (28 nm, read), bias 2 uA and 16 um2 (assumed); shared"
          + " capacitor ramp: ZigZag-IMC, arXiv 2305.18335; counter: unit gate";

  private final Process process;
  private final int bits;
  private final int sharers;
  private final double step_ns;

  /**
   * A ramp converter.
   *
   * @param sharers converters that share a ramp
   * @param step_ns time of one step
   */
  public RampConverter(Process process, int bits, int sharers, double step_ns) {
    this.process = process;
    this.bits = bits;
    this.sharers = Math.max(1, sharers);
    this.step_ns = step_ns;
  }

  private double codes() {
    return 1L << bits;
  }

  @Override
  public double energy_fJ(Account account) {
    double scale =
        process.energyFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM, Process.FIT_SUPPLY_V);
    double v = Process.FIT_SUPPLY_V;
    if (account.isOpen()) {
      account
          .formula(
              "(1.63 fJ + 2 uA x 0.9 V x 2^# x # ns + 2^# x 50 fF x (0.9 V)^2 / #) x # + 2^# x 2 x"
                  + " # fJ",
              bits,
              step_ns,
              bits,
              sharers,
              scale,
              bits,
              process.gate_fJ())
          .source(SOURCE);
    }
    double analog_fJ =
        Comparator.LATCH_FJ + BIAS_UA * v * codes() * step_ns + codes() * DAC_FF * v * v / sharers;
    return analog_fJ * scale + codes() * GATES_PER_STEP * process.gate_fJ();
  }

  @Override
  public double area_um2(Account account) {
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    double dac_um2 = SarConverter.area28nm_um2(bits);
    if (account.isOpen()) {
      account
          .formula(
              "(16 um2 + # um2 / #) x # + # x 6 x # um2",
              dac_um2,
              sharers,
              scale,
              bits,
              process.gate_um2())
          .source(SOURCE);
    }
    return (Comparator.AREA_UM2 + dac_um2 / sharers) * scale
        + bits * LATCH_AREA_GATES * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }

  @Override
  public double time_ns() {
    return codes() * step_ns;
  }

  /** As a flash converter's: one comparator's offset and noise (assumed). */
  @Override
  public double lostBits() {
    return FlashConverter.LOST_PER_BIT * bits;
  }

  @Override
  public double input_fF() {
    return 10;
  }

  @Override
  public boolean trimsItself() {
    return true;
  }
}
