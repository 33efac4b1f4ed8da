package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;

/**
 * Time-to-digital converter: a copy of the column's current discharges a capacitor over V_FS; the
 * time until a comparator crosses is counted on a delay line.
 *
 * <p>Time 2^B steps of 5 FO4 unless given (two delays a step and margin; assumed). A step below 1.2
 * FO4 has no delay line. Clamp and cells conduct until the crossing. C = max(10 fF, kT/(0.2 LSB)²),
 * the copy scaled to it. E = C V_FS V_DD + continuous comparator I_c V_DD T + its latch + 2^B 4
 * gates (line and latches) + B 6 gates. Comparator: noise 0.25 LSB over a step, g_m = max(2 kT
 * γ/(σ² t), 2π (C_in + 2 fF)/t), I_c = g_m V_ov; its offset of a step is subtracted in digital. σ_t
 * = σ_v T/V_FS: slope noise is the comparator's in steps; a delay line adds jitter of 0.1 FO4 a
 * root of steps, half of 2^B on average (assumed). As code goes with 1/I, the line is not uniform:
 * its bow is trimmed to 0.2 LSB. After TIMELY (Li et al., ISCA 2020), which has no figure for the
 * copy and the line's jitter. Area: capacitor, comparator, 2^B 6 gates, twice for the layout. Valid
 * 1 to 8 bits.
 */
public final class TimeToDigitalConverter extends CountingConverter {
  private static final double STEP_FO4 = 5;
  private static final double LEAST_FO4 = 1.2;
  private static final double CAPACITOR_FF = 10;
  private static final double LINE_GATES = 4;
  private static final double LINE_AREA_GATES = 6;
  private static final double LINE_JITTER_FO4 = 0.1;
  private static final String SOURCE =
      "time to digital after TIMELY (ISCA 2020): capacitor of kT/C, continuous comparator, delay line"
          + " of 4 gates a step, jitter 0.1 FO4 a root of steps (assumed); "
          + Comparator.SOURCE;

  private final Comparator comparator;

  /**
   * A converter.
   *
   * @param train what the inputs send
   * @param pulses_ns time of the inputs' pulses
   * @param step_ns time of a code, or 0 for its own
   */
  public TimeToDigitalConverter(
      Process process, Signal signal, PulseTrain train, double pulses_ns, double step_ns) {
    super(process, signal, train, pulses_ns, step_ns > 0 ? step_ns : STEP_FO4 * process.fo4_ns());
    comparator =
        Comparator.of(
            process,
            signal,
            Shares.COMPARATOR * signal.step_V(),
            Shares.OFFSET_BEFORE * signal.step_V(),
            0);
  }

  private double capacitor_fF() {
    double noise_V = Shares.SAMPLE * signal.step_V();
    return Math.max(CAPACITOR_FF, signal.kT_fJ() / (noise_V * noise_V));
  }

  private double bias_uA() {
    double noise_V = Shares.COMPARATOR * signal.step_V();
    double forNoise_uS = 2 * signal.kT_fJ() / (noise_V * noise_V) / step_ns;
    double forSpeed_uS = 2 * Math.PI * (2 + comparator.input_fF()) / step_ns;
    return Math.max(forNoise_uS, forSpeed_uS) * Signal.OVERDRIVE_V;
  }

  @Override
  public List<BudgetPart> parts() {
    double v = process.supply_V();
    double codes = signal.codes();
    double on_ns = codes * step_ns;
    return List.of(
        new BudgetPart(
            "capacitor",
            new BudgetPart.Figure(
                2 * currentShare() * capacitor_fF() * signal.range_V() * v,
                "2 x # x # fF x # V x # V",
                currentShare(),
                capacitor_fF(),
                signal.range_V(),
                v),
            new BudgetPart.Figure(
                LAYOUT * capacitor_fF() / Matching.CAPACITOR_FF_PER_UM2,
                "2 x # fF / 1.5 fF/um2",
                capacitor_fF())),
        new BudgetPart(
            "comparator",
            new BudgetPart.Figure(
                bias_uA() * v * on_ns + comparator.energy_fJ(),
                "# uA x # V x # ns + # fJ",
                bias_uA(),
                v,
                on_ns,
                comparator.energy_fJ()),
            new BudgetPart.Figure(
                LAYOUT * comparator.area_um2(), "2 x # um2", comparator.area_um2())),
        new BudgetPart(
            "line",
            new BudgetPart.Figure(
                codes * LINE_GATES * process.gate_fJ(), "# x 4 x # fJ", codes, process.gate_fJ()),
            new BudgetPart.Figure(
                LAYOUT * codes * LINE_AREA_GATES * process.gate_um2(),
                "2 x # x 6 x # um2",
                codes,
                process.gate_um2())),
        counter(),
        offsetCorrection());
  }

  @Override
  String source() {
    return SOURCE;
  }

  /** Counts end with the crossing, however long the inputs stay. */
  @Override
  double countingTime_ns() {
    return Math.min(super.countingTime_ns(), time_ns());
  }

  @Override
  double least_ns() {
    return LEAST_FO4 * process.fo4_ns();
  }

  @Override
  double jitter_steps2() {
    double line = LINE_JITTER_FO4 * process.fo4_ns() / step_ns;
    return Shares.COMPARATOR * Shares.COMPARATOR
        + signal.kT_fJ() / capacitor_fF() / (signal.step_V() * signal.step_V())
        + line * line * signal.codes() / 2;
  }

  @Override
  public double time_ns() {
    return signal.codes() * step_ns;
  }

  /** The inputs stay until the crossing, which the conversion's time holds already. */
  @Override
  public double integrate_ns(double pulses_ns) {
    return pulses_ns;
  }
}
