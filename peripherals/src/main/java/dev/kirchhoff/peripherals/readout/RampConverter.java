package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.library.CircuitData;
import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Single-slope converter: a ramp of 2^B steps that all n converters of a crossbar share, a clocked
 * comparator and a latch of the running code at each (docs/circuits.md, eq. 27 to 30). It samples
 * its input on a capacitor C, so that cells need not conduct while it converts; without C, column
 * and front end hold its input for all steps.
 *
 * <pre>
 *   E = ½ 2^B E_c + (2 · 2^B + 6 B) E_g + 2^B C_u V_FS²/n
 *         + 2^B (B + 1) ln 2 (C_in + 2 fF) V_ov V + C V_FS V
 *   C = max(5 fF, kT/(0.2 LSB)²)
 *   T = 2^B t,  t = 16 FO4 unless stated
 * </pre>
 *
 * <p>Symbols: docs/circuits.md. The terms of E are comparisons (a converter stops when it has
 * decided, half way on average; each comparison takes the full energy of a decision, since a
 * clocked comparator cannot tell in advance which step decides), the distribution of a Gray count
 * with the latches, a share of the capacitor DAC that makes the ramp, matched to 0.2 LSB, the
 * buffer in class A that settles the line of the ramp to half an LSB within a step, and the sample.
 * Errors: noise and trimmed offset of the comparator, bow of the ramp. Areas of devices are doubled
 * for the layout (assumed). Neglected: delay of the ramp along the columns. Valid 1..10 bits.
 */
public final class RampConverter extends BudgetedConverter {
  private static final CircuitData DATA = CircuitData.of("shared-ramp");
  private static final double STEP_FO4 = DATA.constant("step");
  private static final double LEAST_HOLD_FF = DATA.constant("least hold capacitor");
  private static final double LINE_FF = DATA.constant("line");
  private static final double GATES_PER_STEP = DATA.constant("count");
  private static final double LATCH_GATES = DATA.constant("latch");
  private static final double LN_2 = StrictMath.log(2);
  private static final String SOURCE =
      "single slope: shared capacitor ramp matched to 0.2 LSB with its buffer; unit gate of"
          + " ZigZag-IMC (arXiv 2305.18335); "
          + Comparator.SOURCE;

  private final int sharers;
  private final double step_ns;
  private final double dac_fF;
  private final boolean held;
  private final double hold_fF;
  private final Comparator comparator;

  /** A converter that samples its input. */
  public RampConverter(Process process, Signal signal, int sharers, OptionalDouble step_ns) {
    this(process, signal, sharers, step_ns, true);
  }

  /**
   * A converter.
   *
   * @param sharers converters that share a ramp
   * @param step_ns time of one step that the spec states
   * @param held whether it samples its input on a capacitor of its own
   */
  public RampConverter(
      Process process, Signal signal, int sharers, OptionalDouble step_ns, boolean held) {
    super(process, signal);
    this.held = held;
    this.sharers = Math.max(1, sharers);
    this.step_ns = step_ns.orElse(STEP_FO4 * process.fo4_ns());
    dac_fF =
        signal.codes()
            * Math.max(
                Matching.LEAST_UNIT_FF,
                Matching.unit_fF(ErrorAllocation.BOW / Math.sqrt(signal.codes())));
    double noise_V = ErrorAllocation.SAMPLE * signal.step_V();
    hold_fF = held ? Math.max(LEAST_HOLD_FF, signal.kT_fJ() / (noise_V * noise_V)) : 0;
    comparator =
        Comparator.of(
            process,
            signal,
            ErrorAllocation.COMPARATOR * signal.step_V(),
            ErrorAllocation.OFFSET_BEFORE * signal.step_V(),
            this.step_ns);
  }

  @Override
  public List<BudgetTerm> parts() {
    double codes = signal.codes();
    double v = signal.range_V();
    int bits = signal.bits();
    double line_fF = comparator.input_fF() + LINE_FF;
    return with(
        comparator.parts(codes / 2, 1),
        new BudgetTerm(
            "count",
            new BudgetTerm.Figure(
                (codes * GATES_PER_STEP + bits * LATCH_GATES) * process.gate_fJ(),
                "(# x 2 + # x 6) x # fJ",
                codes,
                bits,
                process.gate_fJ()),
            new BudgetTerm.Figure(
                LAYOUT * bits * LATCH_GATES * process.gate_um2(),
                "2 x # x 6 x # um2",
                bits,
                process.gate_um2())),
        new BudgetTerm(
            "ramp",
            new BudgetTerm.Figure(
                dac_fF * v * v / sharers, "# fF x (# V)^2 / #", dac_fF, v, sharers),
            new BudgetTerm.Figure(
                LAYOUT * dac_fF / Matching.CAPACITOR_FF_PER_UM2 / sharers,
                "2 x # fF / 1.5 fF/um2 / #",
                dac_fF,
                sharers)),
        BudgetTerm.bias(
            "buffer",
            new BudgetTerm.Figure(
                codes * (bits + 1) * LN_2 * line_fF * Signal.OVERDRIVE_V * process.supply_V(),
                "# x # x 0.6931 x # fF x 0.15 V x # V",
                codes,
                bits + 1,
                line_fF,
                process.supply_V()),
            time_ns(),
            step_ns),
        new BudgetTerm(
            "sample",
            new BudgetTerm.Figure(
                hold_fF * v * process.supply_V(),
                "# fF x # V x # V",
                hold_fF,
                v,
                process.supply_V()),
            new BudgetTerm.Figure(
                LAYOUT * hold_fF / Matching.CAPACITOR_FF_PER_UM2,
                "2 x # fF / 1.5 fF/um2",
                hold_fF)),
        offsetCorrection());
  }

  @Override
  String source() {
    return SOURCE;
  }

  @Override
  public double time_ns() {
    return signal.codes() * step_ns;
  }

  @Override
  public double needed_ns() {
    return signal.codes() * comparator.least_ns();
  }

  @Override
  public ErrorBudget errors() {
    return new ErrorBudget(NoiseTerm.sum_steps2(noise()), ErrorAllocation.OFFSET_AFTER, 0, 0);
  }

  @Override
  public List<NoiseTerm> noise() {
    NoiseTerm units = ErrorAllocation.ofUnits(ErrorAllocation.BOW);
    return held
        ? List.of(comparison(), sample(hold_fF, signal.step_V()), comparator.metastability(), units)
        : List.of(comparison(), comparator.metastability(), units);
  }

  @Override
  public double input_fF() {
    return hold_fF + comparator.input_fF();
  }

  @Override
  public boolean trimsItself() {
    return true;
  }

  @Override
  public boolean holdsInput() {
    return held;
  }

  /** False: a ramp has a pace of its own. */
  @Override
  public boolean usesSpareTime() {
    return false;
  }
}
