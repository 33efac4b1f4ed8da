package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.library.CircuitData;
import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Current sense amplifier: a copy of the bitline's current is compared B times with a reference
 * current chosen by the previous bits (binary search; docs/circuits.md, eq. 22 to 24). Clamp, copy
 * and reference draw from the supply while inputs are applied and while it decides.
 *
 * <p>A decision takes the slewing of the node between the two currents, C ΔV/(m I_LSB/2) of 5 fF
 * and 0.1 V, and regeneration ({@link Comparator}); in a shorter time the difference has not
 * developed, and the code errs as that of an undecided comparator does. E = B latch + 2 m I V
 * (t_pulses + B t), m = 1/4: the reference is on average as large as the copy. The reference is a
 * current DAC of 2^B units that match to 0.2 LSB; the copy is the front end's mirror. Noise of copy
 * and reference 2 kT 2 γ g_m/(m t) in squares of column current, g_m = 2 I/V_ov at I of twice the
 * mean, the largest.
 *
 * <p>After the multi-level current-mode sensing of Xue et al. (JSSC 2020, doi
 * 10.1109/JSSC.2019.2951363; ISSCC 2020); node, mirror ratio assumed. Valid 1..4 bits: units of the
 * reference and the slow last decision grow as 2^B. Neglected: equalisation of the bitline. Area
 * twice for the layout.
 */
public final class SenseAmplifier extends BudgetedConverter {
  private static final CircuitData DATA = CircuitData.of("current-sense");
  private static final double MIRROR = DATA.constant("mirror");
  private static final double NODE_FF = DATA.constant("node");
  private static final double SWING_V = DATA.constant("swing");
  private static final String SOURCE =
      "current-mode sensing after Xue et al., JSSC 2020 (doi 10.1109/JSSC.2019.2951363); mirror 1/4,"
          + " node of 5 fF (assumed); "
          + Comparator.SOURCE;

  private final double pulses_ns;
  private final double decision_ns;
  private final double least_ns;
  private final Comparator comparator;
  private final Matching.Pair unit;

  /**
   * A sense amplifier.
   *
   * @param pulses_ns time of the input's pulses
   * @param step_ns time of one decision that the spec states
   */
  public SenseAmplifier(Process process, Signal signal, double pulses_ns, OptionalDouble step_ns) {
    super(process, signal);
    this.pulses_ns = pulses_ns;
    double step_uA = Math.max(1e-6, signal.step_uA());
    comparator = Comparator.of(process, signal, SWING_V, SWING_V / 4, SWING_V / 4, 0);
    least_ns = NODE_FF * SWING_V / (MIRROR * step_uA / 2) + comparator.least_ns();
    decision_ns = step_ns.orElse(least_ns);
    Matching matching = Matching.of(process);
    unit =
        matching.mirror(ErrorAllocation.BOW / Math.sqrt(signal.codes()), Signal.MIRROR_OVERDRIVE_V);
  }

  private double on_ns() {
    return pulses_ns + signal.bits() * decision_ns;
  }

  @Override
  public List<BudgetTerm> parts() {
    int bits = signal.bits();
    double v = process.supply_V();
    double copied_uA = MIRROR * signal.mean_uA();
    double units = signal.codes();
    return with(
        comparator.parts(bits, 1),
        BudgetTerm.copy(
            "copy",
            new BudgetTerm.Figure(
                copied_uA * v * on_ns(), "# uA x # V x # ns", copied_uA, v, on_ns()),
            BudgetTerm.Figure.NONE,
            on_ns()),
        BudgetTerm.copy(
            "reference",
            new BudgetTerm.Figure(
                copied_uA * v * on_ns(), "# uA x # V x # ns", copied_uA, v, on_ns()),
            new BudgetTerm.Figure(
                LAYOUT * units * unit.area_um2(), "2 x # x # um2", units, unit.area_um2()),
            on_ns()),
        offsetCorrection());
  }

  @Override
  String source() {
    return SOURCE;
  }

  @Override
  public double time_ns() {
    return signal.bits() * decision_ns;
  }

  @Override
  public double needed_ns() {
    return signal.bits() * least_ns;
  }

  @Override
  public ErrorBudget errors() {
    return new ErrorBudget(NoiseTerm.sum_steps2(noise()), ErrorAllocation.OFFSET_AFTER, 0, 0);
  }

  @Override
  public List<NoiseTerm> noise() {
    double step_uA = Math.max(1e-6, signal.step_uA());
    double current_uA = 2 * Math.max(signal.mean_uA(), signal.range_uA() / 2);
    double mirrors_uS = 2 * current_uA / Signal.MIRROR_OVERDRIVE_V;
    double thermal = 4 * signal.kT_fJ() * mirrors_uS / decision_ns / MIRROR / (step_uA * step_uA);
    double late =
        decision_ns >= least_ns
            ? 0
            : (1 - decision_ns / least_ns) * signal.codes() * signal.codes() / 12;
    return List.of(
        new NoiseTerm("thermal noise of copy and reference", thermal),
        new NoiseTerm("settling of the difference", late),
        ErrorAllocation.ofUnits(ErrorAllocation.BOW));
  }

  @Override
  public double input_fF() {
    return 10;
  }
}
