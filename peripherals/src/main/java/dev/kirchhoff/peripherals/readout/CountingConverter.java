package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.scaling.Process;
import java.util.ArrayList;
import java.util.List;

/**
 * Converters that take a copy of a column's current and count: oscillator, integrate-and-fire
 * neuron, time to digital (docs/circuits.md, eq. 31).
 *
 * <p>A single pulse lasts as long as the full count takes, 2^B steps. Trains and pulse widths end
 * by themselves: where they are shorter than 2^B steps, the missing counts are lost bits. A step
 * that is shorter than the circuit can count loses counts in the same way.
 */
abstract class CountingConverter extends BudgetedConverter {
  private static final double COUNTER_GATES = 6;
  private static final double COUNTER_AREA_GATES = 9;

  final PulseTrain train;
  final double pulses_ns;
  final double step_ns;

  CountingConverter(
      Process process, Signal signal, PulseTrain train, double pulses_ns, double step_ns) {
    super(process, signal);
    this.train = train;
    this.pulses_ns = pulses_ns;
    this.step_ns = step_ns;
  }

  /** Counts at full scale in the time that inputs are applied. */
  private double counts() {
    double counted = Math.min(signal.codes(), countingTime_ns() / Math.max(step_ns, least_ns()));
    return Math.max(1, counted);
  }

  /** Time in which counts are made. */
  double countingTime_ns() {
    return train.sustained() ? Math.max(pulses_ns, signal.codes() * step_ns) : pulses_ns;
  }

  /** Counts on average, half of full scale. */
  double meanCounts() {
    return counts() / 2;
  }

  /** Copied current and the reference that takes the mean off it, over the range. */
  double currentShare() {
    return signal.meanShare() + signal.subtractedShare();
  }

  /** The counter: 6 gates a bit that is latched, area 9 gates a bit. */
  BudgetTerm counter() {
    int bits = signal.bits();
    return new BudgetTerm(
        "counter",
        new BudgetTerm.Figure(
            bits * COUNTER_GATES * process.gate_fJ(), "# x 6 x # fJ", bits, process.gate_fJ()),
        new BudgetTerm.Figure(
            LAYOUT * bits * COUNTER_AREA_GATES * process.gate_um2(),
            "2 x # x 9 x # um2",
            bits,
            process.gate_um2()));
  }

  /** Shortest step that the circuit can count. */
  abstract double least_ns();

  /** Jitter and noise of a count in the middle of the range. */
  abstract List<NoiseTerm> jitter();

  @Override
  public double integrate_ns(double pulses_ns) {
    return train.sustained() ? Math.max(pulses_ns, signal.codes() * step_ns) : pulses_ns;
  }

  @Override
  public double needed_ns() {
    return time_ns() * Math.max(1, least_ns() / step_ns);
  }

  @Override
  public ErrorBudget errors() {
    return new ErrorBudget(
        NoiseTerm.sum_steps2(noise()), ErrorAllocation.OFFSET_AFTER, 0, ErrorAllocation.BOW);
  }

  @Override
  public List<NoiseTerm> noise() {
    double coarser = signal.codes() / counts();
    List<NoiseTerm> noise = new ArrayList<>(jitter());
    noise.add(new NoiseTerm("missing counts", (coarser * coarser - 1) / 12));
    return noise;
  }

  @Override
  public double input_fF() {
    return 20;
  }

  @Override
  public boolean countsInputs() {
    return true;
  }

  @Override
  public boolean trimsItself() {
    return true;
  }
}
