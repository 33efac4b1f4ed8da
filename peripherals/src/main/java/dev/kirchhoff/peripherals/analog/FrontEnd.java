package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.readout.ColumnLoad;
import dev.kirchhoff.peripherals.readout.ErrorAllocation;
import dev.kirchhoff.peripherals.readout.Signal;
import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/**
 * Front end of every readout that senses current: a cascode whose amplifier holds the bitline at
 * virtual ground, and a mirror that feeds the current to a load, which converts it to a voltage, or
 * to a converter that counts it (docs/circuits.md, eq. 50 to 58).
 *
 * <pre>
 *   g_c   = 2 I/V_ov,  R_in = 1/(g_c (1 + 100))
 *   g_a   = max((B + 1) ln 2 (10 fF + C_pair)(1 + G/g_c)/t,  2 kT G²/(t_int (0.2 LSB)²))
 *   I_out = s V_FS C_L (B + 1) ln 2/t
 *   E     = (V_ov g_a (1 + 0.01 n) t_b + I_out t_on) V
 *   t_min = (B + 1) ln 2 · 2 C_b/(g_c + G)
 * </pre>
 *
 * <p>Symbols: docs/circuits.md; t_b is the time for which the bias flows. G is the column's
 * conductance with half of its active rows driven, I = G V_r, V_ov = 0.15 V; the gain of the
 * amplifier is 100 (assumed). The terms of g_a are speed and noise; its two branches carry g_a
 * V_ov/2 each. I_out settles the load, in proportion to the mean current over the range, of which a
 * reference subtracts the part beyond half. The input pair is sized and trimmed, by n bits, for an
 * offset of 0.2 LSB of current; the mirror for 0.2 LSB of the mean current or of half the range,
 * the larger, which is the current that a gain error changes most once the mean is subtracted
 * ({@link Matching}). Area: 20 um2 at 28 nm, as much again for each 250 uA (assumed), and the
 * devices.
 *
 * <p>Errors: current noise 2 kT (G + γ G²/g_a + 2 γ g_m)/t over the cells' 2 kT G/t, with g_m = 2
 * I/0.25 V of two mirrors and γ = 1; offset of the virtual ground, gain of the mirror, bow R_in
 * ΔG/4 of the range. The effect of offset and gain on a column's mean current is the same for all
 * inputs and folded into the digital offset of its output; their effect on deviations, a fifth of
 * the range, remains. The loop settles no faster than its cascode, in t_min at 60 degrees of phase
 * margin. Valid up to about 2 GHz. Neglected: slewing, flicker noise.
 *
 * <p>Theory: Razavi, Design of Analog CMOS Integrated Circuits; Pelgrom et al., JSSC 1989.
 */
public final class FrontEnd implements ColumnAmplifier {
  /** Node that a copy of the current is handed to where a converter takes it (assumed). */
  public static final double NODE_FF = 5;

  /** Area of an amplifier at 28 nm, and the current for which it takes as much again (assumed). */
  public static final double AREA_UM2 = 20;

  public static final double AREA_CURRENT_UA = 250;

  private static final double GAIN = 100;
  private static final double COMPENSATION_FF = 10;
  private static final double LN_2 = StrictMath.log(2);
  private static final String SOURCE =
      "regulated cascode and mirror: gain 100, overdrive 0.15 V, 20 um2 per 250 uA at 28 nm (assumed);"
          + " noise 2 kT G, matching after Pelgrom 1989";

  private final Process process;
  private final Signal signal;
  private final double column_uS;
  private final double cascode_uS;
  private final double amplifier_uS;
  private final double output_uA;
  private final double bitline_fF;
  private final double settle_perNs;
  private final double read_V;
  private final Matching.Pair pair;
  private final Matching.Pair mirror;

  /**
   * A front end.
   *
   * @param load the column
   * @param bitline_fF capacitance of the bitline
   * @param load_fF capacitance that the output drives, {@link #NODE_FF} where a converter takes the
   *     current
   * @param settle_ns time to settle in
   * @param average_ns time over which noise is averaged
   */
  public FrontEnd(
      Process process,
      Signal signal,
      ColumnLoad load,
      double bitline_fF,
      double load_fF,
      double settle_ns,
      double average_ns) {
    this.process = process;
    this.signal = signal;
    this.bitline_fF = bitline_fF;
    column_uS = load.typical_uS();
    read_V = load.readVoltage_V();
    double current_uA = signal.mean_uA();
    cascode_uS = 2 * current_uA / Signal.OVERDRIVE_V;
    double allowed_uA = ErrorAllocation.OFFSET * signal.step_uA();
    Matching matching = Matching.of(process);
    pair = matching.pair(allowed_uA / column_uS);
    double largest_uA = Math.max(current_uA, signal.range_uA() / 2);
    mirror = matching.mirror(Math.min(1, allowed_uA / largest_uA), Signal.MIRROR_OVERDRIVE_V);
    settle_perNs = (signal.bits() + 1) * LN_2 / settle_ns;
    double speed_uS =
        settle_perNs * (COMPENSATION_FF + pair.gate_fF()) * (1 + column_uS / cascode_uS);
    double noise_uS =
        2 * signal.kT_fJ() * column_uS * column_uS / average_ns / (allowed_uA * allowed_uA);
    amplifier_uS = Math.max(speed_uS, noise_uS);
    output_uA =
        signal.range_V() * load_fF * settle_perNs * (signal.meanShare() + signal.subtractedShare());
  }

  private double bias_uA() {
    return amplifier_uS * Signal.OVERDRIVE_V * pair.trimEnergy();
  }

  @Override
  public double amplify_fJ(double biased_ns, double on_ns, Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "(# uS x 0.15 V x # x # ns + # uA x # ns) x # V",
              amplifier_uS,
              pair.trimEnergy(),
              biased_ns,
              output_uA,
              on_ns,
              process.supply_V())
          .source(SOURCE);
    }
    double v = process.supply_V();
    return bias_uA() * v * biased_ns + output_uA * v * on_ns;
  }

  @Override
  public double area_um2(Account account) {
    double scale = process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM);
    double current_uA = bias_uA() + output_uA;
    if (account.isOpen()) {
      account
          .formula(
              "20 um2 x (1 + # uA / 250 uA) x # + # um2 + # um2",
              current_uA,
              scale,
              pair.area_um2(),
              mirror.area_um2())
          .source(SOURCE);
    }
    return AREA_UM2 * (1 + current_uA / AREA_CURRENT_UA) * scale
        + pair.area_um2()
        + mirror.area_um2();
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }

  @Override
  public double input_ohm() {
    return Units.OHM_PER_MOHM * input_Mohm();
  }

  private double input_Mohm() {
    return 1 / (cascode_uS * (1 + GAIN));
  }

  @Override
  public double least_ns() {
    return (signal.bits() + 1) * LN_2 * 2 * bitline_fF / (cascode_uS + column_uS);
  }

  /** Area of one device of the mirror, whose trim all share. */
  double mirrorDevice_um2() {
    return 2 * mirror.gate_um2();
  }

  /** Devices at the mirror's input whose gates settle in the time that the load has. */
  double mirrorDevices() {
    double input_uS = 2 * signal.mean_uA() / Signal.MIRROR_OVERDRIVE_V;
    return input_uS / (settle_perNs * mirror.gate_fF());
  }

  /** Noise of one device of the mirror over that of the cells, 4 kT γ g_m over 4 kT G. */
  double mirrorNoise() {
    return 2 * read_V / Signal.MIRROR_OVERDRIVE_V;
  }

  double column_uS() {
    return column_uS;
  }

  @Override
  public FrontEndErrors errors() {
    double noise = 1 + column_uS / amplifier_uS + 4 * read_V / Signal.MIRROR_OVERDRIVE_V;
    double span_uS = read_V > 0 ? signal.range_uA() / read_V : 0;
    double bow = input_Mohm() * span_uS / 4 * signal.codes();
    double gain = 2 * mirror.sigma_V() / Signal.MIRROR_OVERDRIVE_V;
    double deviation_uA = signal.range_uA() / (2 * Signal.DEVIATIONS);
    double rest = Math.min(1, deviation_uA / signal.mean_uA());
    return new FrontEndErrors(noise, rest * pair.sigma_V(), gain, bow);
  }
}
