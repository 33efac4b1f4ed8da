package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.arch.chip.LoopAmplifier;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import dev.kirchhoff.peripherals.sheet.CircuitFile;

/**
 * A loop amplifier and its inverter, of which a crossbar has one pair a row for solutions in one
 * step (Sun et al., PNAS 2019, doi 10.1073/pnas.1815682116): two-stage amplifiers with Miller
 * compensation, sized for bandwidth, noise, offset and the current of a row (docs/circuits.md, eq.
 * 107 to 110).
 *
 * <pre>
 *   C_c = max(0.22 (C_row + C_pair), 2 kT γ/σ_o²)                                           (107)
 *   g_1 = 2π f C_c,  g_2 = 10 g_1                                                           (108)
 *   I   = g_1 V_ov (n_s/2)(1 + 0.01 n) + max(g_2 V_ov/2, V_r G_row),  n_s = max(2, log_20 A_0)  (109)
 *   E   = 2 I V                                     an amplifier and its inverter, one ns
 * </pre>
 *
 * <p>(107) and (108) leave 60 degrees of phase margin: second pole at 2.2 f or above, zero at 10 f
 * (Allen and Holberg, CMOS Analog Circuit Design); the second term of (107) keeps the noise of the
 * input, γ = 1, below the offset σ_o. C_row is the line of a row, C_pair the gates of the input of
 * the inverter. Of n_s stacked devices each gains 20 (assumed, minimum lengths times four); more
 * than two are cascodes, whose folded branches take current in proportion. The input pair is drawn
 * and trimmed by n bits for the offset ({@link Matching}). The output is of class A and carries the
 * current of a row of cells at mean conductance and the full read voltage, so that a solution takes
 * no other energy of cells. Area, twice: 10 um2 per stacked device at 28 nm and 20 um2 per 250 uA,
 * as of a {@link FrontEnd} at n_s = 2 (assumed), the pair and C_c.
 *
 * <p>Neglected: slewing, the pole of a column at virtual ground, resistors of the inverter, time of
 * waking up. Valid for gains of up to 20⁴ = 160,000 and bandwidths of up to about 1 GHz. Amplifiers
 * are off between solutions and then leak as logic of their area.
 */
public final class LoopAmplifiers implements Circuit {
  /** Name of the model. */
  public static final String NAME = "loop-amplifier";

  private static final String DEVICE_GAIN = "gain of a device";
  private static final double STAGES = 2;
  private static final double MOST_DEVICES = 4;
  private static final double PAIR = 2;
  private static final String SOURCE =
      "two-stage Miller amplifier and inverter: 60 degrees of phase margin (Allen and Holberg), gain"
          + " of a device 20, overdrive 0.15 V, 20 um2 per 250 uA at 28 nm (assumed), matching after"
          + " Pelgrom 1989; output carries the current of its row";

  private final Process process;
  private final double devices;
  private final double compensation_fF;
  private final double input_uS;
  private final double output_uA;
  private final Matching.Pair pair;

  /**
   * An amplifier and its inverter.
   *
   * @param load the row that the amplifier drives
   * @param kT_fJ thermal energy
   */
  public LoopAmplifiers(Process process, LoopAmplifier stated, Row load, double kT_fJ) {
    this.process = process;
    CircuitFile data = CircuitFile.of(NAME);
    pair = Matching.of(process).pair(stated.offset_V());
    devices =
        Math.max(
            STAGES, StrictMath.log(stated.gain()) / StrictMath.log(data.constant(DEVICE_GAIN)));
    double all_fF = load.line_fF() + pair.gate_fF();
    double noise_fF = 2 * kT_fJ / (stated.offset_V() * stated.offset_V());
    compensation_fF = Math.max(data.constant("compensation") * all_fF, noise_fF);
    double omega_perNs = 2 * StrictMath.PI * stated.bandwidth_GHz();
    input_uS = omega_perNs * compensation_fF;
    double quiescent_uA = data.constant("output stage") * input_uS * Signal.OVERDRIVE_V / 2;
    output_uA = Math.max(quiescent_uA, load.current_uA());
  }

  /**
   * The row of cells that an amplifier drives.
   *
   * @param line_fF capacitance of its line
   * @param current_uA current of its cells at the full read voltage
   */
  public record Row(double line_fF, double current_uA) {}

  /** Gain of two stages with cascodes; beyond, the trend is continued. */
  public static double mostGain() {
    return StrictMath.pow(CircuitFile.of(NAME).constant(DEVICE_GAIN), MOST_DEVICES);
  }

  /** Energy of an amplifier and its inverter in one nanosecond. */
  public double settle_fJ(Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "# x (# uS x 0.15 V x # / 2 x # + # uA) x # V x 1 ns",
              PAIR,
              input_uS,
              devices,
              pair.trimEnergy(),
              output_uA,
              process.supply_V())
          .source(SOURCE);
    }
    return PAIR * current_uA() * process.supply_V();
  }

  private double current_uA() {
    return input_uS * Signal.OVERDRIVE_V * devices / STAGES * pair.trimEnergy() + output_uA;
  }

  @Override
  public double area_um2(Account account) {
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    if (account.isOpen()) {
      account
          .formula(
              "# x (20 um2 x (# / 2 + # uA / 250 uA) x # + # um2 + # fF / # fF/um2)",
              PAIR,
              devices,
              current_uA(),
              scale,
              pair.area_um2(),
              compensation_fF,
              Matching.CAPACITOR_FF_PER_UM2)
          .source(SOURCE);
    }
    double stages_um2 =
        FrontEnd.AREA_UM2 * (devices / STAGES + current_uA() / FrontEnd.AREA_CURRENT_UA) * scale;
    return PAIR * (stages_um2 + pair.area_um2() + compensation_fF / Matching.CAPACITOR_FF_PER_UM2);
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }
}
