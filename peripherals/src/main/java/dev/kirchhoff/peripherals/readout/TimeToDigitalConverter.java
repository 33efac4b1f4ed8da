package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.library.CircuitData;
import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Time-to-digital converter: a copy of the column's current and a reference current discharge a
 * capacitor over V_FS, and a delay line counts the time T_x = C V_FS/I until a comparator crosses
 * (docs/circuits.md, eq. 41 to 45).
 *
 * <pre>
 *   E   = C V_FS V + 4/3 · 2^B t I_c V + E_c + (4 · 2^B + B 2^B/8 + 6 B) E_g
 *   C   = max(10 fF, kT/(0.2 LSB/1.5)²)
 *   T   = 2 · 2^B t,  t = 5 FO4 unless stated
 * </pre>
 *
 * <p>Symbols: docs/circuits.md. T_x is proportional to 1/I. With T_x from 2^B t to 2^(B+1) t, a
 * range of 2^B steps, the reference makes the currents lie between I_FS and 2 I_FS: a smaller
 * reference would take longer, a larger one leave fewer steps to the signal. A step of time is then
 * I²/(2 I_FS²) steps of current, 9/8 in the middle; over a Gaussian of deviation I_FS/5 the
 * quantisation noise is 1.40 times that of even steps. A table of 2^B words converts times to
 * currents. A voltage error σ_v moves I by 1.5 I_FS σ_v/V_FS in the middle, so that noise and
 * offset of comparator and sample are sized for two thirds of their shares.
 *
 * <p>I_c is the current of a continuous {@link Comparator}, the terms in E_g are delay line and
 * latches, table and counter. The delay line adds a jitter of 0.1 FO4 times the root of its steps,
 * 4/3 of 2^B in the middle (assumed); it has no step below 1.2 FO4, and t has two of its delays and
 * margin (assumed). Clamp and cells conduct until the crossing. The table's bow, of V_FS and
 * reference, is trimmed to 0.2 LSB. After TIMELY (Li et al., ISCA 2020), which has no figure for
 * the copy and for the jitter of the line. Area: capacitor, comparator, 2^B 6 gates, B 2^B/10 gates
 * (cells of a read-only memory; assumed), doubled for the layout. Valid 1..8 bits.
 */
public final class TimeToDigitalConverter extends CountingConverter {
  private static final CircuitData DATA = CircuitData.of("tdc-timely");
  private static final double STEP_FO4 = DATA.constant("step");
  private static final double LEAST_FO4 = DATA.constant("least step");
  private static final double CAPACITOR_FF = DATA.constant("capacitor");
  private static final double LINE_GATES = DATA.constant("line");
  private static final double LINE_AREA_GATES = DATA.constant("line area");
  private static final double LINE_JITTER_FO4 = DATA.constant("line jitter");

  /** Current over the range in its middle, reference included. */
  private static final double MIDDLE = 1.5;

  /** Steps of current of a step of time in the middle: I²/(2 I_FS²). */
  private static final double STEP = MIDDLE * MIDDLE / 2;

  /** Time of the middle over 2^B steps: 2/1.5. */
  private static final double MIDDLE_TIME = 2 / MIDDLE;

  /** E[(I²/(2 I_FS²))²] − 1 of deviations I_FS/5: (1.5^4 + 6 · 1.5²/25 + 3/625)/4 − 1. */
  private static final double UNEVEN = 5.6073 / 4 - 1;

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
   * @param step_ns time of a code that the spec states
   */
  public TimeToDigitalConverter(
      Process process, Signal signal, PulseTrain train, double pulses_ns, OptionalDouble step_ns) {
    super(process, signal, train, pulses_ns, step_ns.orElse(STEP_FO4 * process.fo4_ns()));
    comparator =
        Comparator.of(
            process,
            signal,
            comparatorNoise_V(),
            ErrorAllocation.OFFSET_BEFORE * signal.step_V() / MIDDLE,
            0);
  }

  private double comparatorNoise_V() {
    return ErrorAllocation.COMPARATOR * signal.step_V() / MIDDLE;
  }

  private double capacitor_fF() {
    double noise_V = ErrorAllocation.SAMPLE * signal.step_V() / MIDDLE;
    return Math.max(CAPACITOR_FF, signal.kT_fJ() / (noise_V * noise_V));
  }

  /** Current drawn over that into the capacitor: a reference takes off what is beyond 1.5 I_FS. */
  private double drawn() {
    return Math.max(1, (2 * signal.meanShare() - MIDDLE) / MIDDLE);
  }

  @Override
  public List<BudgetTerm> parts() {
    double v = process.supply_V();
    double codes = signal.codes();
    double on_ns = MIDDLE_TIME * codes * step_ns;
    double bias_uA = comparator.continuous_uA(signal, comparatorNoise_V(), step_ns);
    int bits = signal.bits();
    return with(
        comparator.parts(1, 1),
        new BudgetTerm(
            "capacitor",
            new BudgetTerm.Figure(
                drawn() * capacitor_fF() * signal.range_V() * v,
                "# x # fF x # V x # V",
                drawn(),
                capacitor_fF(),
                signal.range_V(),
                v),
            new BudgetTerm.Figure(
                LAYOUT * capacitor_fF() / Matching.CAPACITOR_FF_PER_UM2,
                "2 x # fF / 1.5 fF/um2",
                capacitor_fF())),
        BudgetTerm.bias(
            "comparison",
            new BudgetTerm.Figure(bias_uA * v * on_ns, "# uA x # V x # ns", bias_uA, v, on_ns),
            on_ns,
            step_ns),
        new BudgetTerm(
            "line",
            new BudgetTerm.Figure(
                codes * LINE_GATES * process.gate_fJ(), "# x 4 x # fJ", codes, process.gate_fJ()),
            new BudgetTerm.Figure(
                LAYOUT * codes * LINE_AREA_GATES * process.gate_um2(),
                "2 x # x 6 x # um2",
                codes,
                process.gate_um2())),
        new BudgetTerm(
            "table",
            new BudgetTerm.Figure(
                bits * codes / 8 * process.gate_fJ(),
                "# x # / 8 x # fJ",
                bits,
                codes,
                process.gate_fJ()),
            new BudgetTerm.Figure(
                LAYOUT * bits * codes / 10 * process.gate_um2(),
                "2 x # x # / 10 x # um2",
                bits,
                codes,
                process.gate_um2())),
        counter(),
        offsetCorrection());
  }

  @Override
  String source() {
    return SOURCE;
  }

  /** Counts lie in the second half of the time, and end with the crossing. */
  @Override
  double countingTime_ns() {
    return (train.sustained() ? time_ns() : Math.min(pulses_ns, time_ns())) / 2;
  }

  @Override
  double least_ns() {
    return LEAST_FO4 * process.fo4_ns();
  }

  @Override
  List<NoiseTerm> jitter() {
    double line = STEP * LINE_JITTER_FO4 * process.fo4_ns() / step_ns;
    return List.of(
        comparison(),
        sample(capacitor_fF(), signal.step_V() / MIDDLE),
        new NoiseTerm("jitter of the line", line * line * MIDDLE_TIME * signal.codes()),
        new NoiseTerm("uneven steps", UNEVEN / 12));
  }

  @Override
  public double time_ns() {
    return 2 * signal.codes() * step_ns;
  }

  /** The inputs stay until the crossing, which the conversion's time holds already. */
  @Override
  public double integrate_ns(double pulses_ns) {
    return pulses_ns;
  }
}
