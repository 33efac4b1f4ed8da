package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.scaling.Matching;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Voltage sense amplifier: the voltage that a bitline has developed is compared B times with a
 * reference chosen by the previous bits, from a capacitor DAC of 2^B units of 0.5 fF
 * (docs/circuits.md, eq. 25 and 26).
 *
 * <p>E = B (comparator + 0.25 C V_FS²), noise of 0.25 LSB ({@link Comparator}), an offset of a step
 * subtracted digitally. A decision takes 20 FO4 (assumed) unless a step is given. Area twice for
 * the layout (assumed). Valid 1..4 bits.
 */
public final class VoltageSenseAmplifier extends BudgetedConverter {
  private static final double STEP_FO4 = 20;
  private static final double UNIT_FF = 0.5;
  private static final String SOURCE =
      "voltage sense amplifier with a capacitor reference of 0.5 fF units (assumed); "
          + Comparator.SOURCE;

  private final double step_ns;
  private final Comparator comparator;

  /**
   * A sense amplifier.
   *
   * @param step_ns time of one decision that the spec states
   */
  public VoltageSenseAmplifier(Process process, Signal signal, OptionalDouble step_ns) {
    super(process, signal);
    this.step_ns = step_ns.orElse(STEP_FO4 * process.fo4_ns());
    comparator =
        Comparator.of(
            process,
            signal,
            ErrorAllocation.COMPARATOR * signal.step_V(),
            ErrorAllocation.OFFSET_BEFORE * signal.step_V(),
            this.step_ns);
  }

  private double reference_fF() {
    return signal.codes() * UNIT_FF;
  }

  @Override
  public List<BudgetTerm> parts() {
    int bits = signal.bits();
    double v = signal.range_V();
    return with(
        comparator.parts(bits, 1),
        new BudgetTerm(
            "reference",
            new BudgetTerm.Figure(
                bits * 0.25 * reference_fF() * v * v,
                "# x 0.25 x # fF x (# V)^2",
                bits,
                reference_fF(),
                v),
            new BudgetTerm.Figure(
                LAYOUT * reference_fF() / Matching.CAPACITOR_FF_PER_UM2,
                "2 x # fF / 1.5 fF/um2",
                reference_fF())),
        offsetCorrection());
  }

  @Override
  String source() {
    return SOURCE;
  }

  @Override
  public double time_ns() {
    return signal.bits() * step_ns;
  }

  @Override
  public double needed_ns() {
    return signal.bits() * comparator.least_ns();
  }

  @Override
  public ErrorBudget errors() {
    return new ErrorBudget(NoiseTerm.sum_steps2(noise()), ErrorAllocation.OFFSET_AFTER, 0, 0);
  }

  @Override
  public List<NoiseTerm> noise() {
    return List.of(
        comparison(), comparator.metastability(), ErrorAllocation.ofUnits(ErrorAllocation.BOW));
  }

  @Override
  public double input_fF() {
    return comparator.input_fF();
  }
}
