package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.workload.KernelWork.Scheme;
import dev.kirchhoff.arch.workload.KernelWork.Update;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.simulate.Confidence;
import dev.kirchhoff.mapper.simulate.SimulationOptions;
import dev.kirchhoff.mapper.simulate.WireLosses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A kernel on the simulated crossbars of a design: the programmed chip whose result is the median
 * of those that were drawn.
 *
 * @param ideal result on the exact machine
 * @param outcome result on the chip of the median
 * @param network reads, writes and digital work of that run
 * @param outcomes results of all chips, in the order of their draws
 */
public record KernelRun(Outcome ideal, Outcome outcome, Network network, List<Outcome> outcomes) {
  /** Certainty to which an optimiser is run again and again. */
  private static final double CERTAINTY = 0.99;

  private static final double CONFIDENCE = 0.95;

  public KernelRun {
    outcomes = List.copyOf(outcomes);
  }

  /** Result on the exact machine. */
  public static Outcome ideal(Kernel kernel) {
    return kernel.run(ArithmeticMachine.exact(ShippedKernels.SEED));
  }

  /**
   * A run on the exact machine, with its counts.
   *
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  static KernelRun exact(Kernel kernel) {
    CountingMachine machine =
        CountingMachine.endingWhenInterrupted(ArithmeticMachine.exact(ShippedKernels.SEED));
    Outcome outcome = kernel.run(machine);
    return new KernelRun(
        outcome, outcome, machine.trace(kernel.word()).network(), List.of(outcome));
  }

  /**
   * Runs a kernel on programmed chips.
   *
   * @param ideal its result on the exact machine
   * @param chip the chips before their cells are drawn
   * @param options effects and age; chips are drawn from its draw on
   * @param draws number of chips
   * @param losses losses in wires of mean chips, solved before or now
   */
  public static KernelRun of(
      Kernel kernel,
      Outcome ideal,
      KernelChip chip,
      SimulationOptions options,
      int draws,
      WireLosses losses) {
    List<Drawn> chips = new ArrayList<>();
    for (int d = 0; d < draws; d++) {
      SimulationOptions drawn = options.withDraw(options.draw() + d);
      CountingMachine machine = new CountingMachine(chip.machine(drawn, losses));
      chips.add(new Drawn(kernel.run(machine), machine));
    }
    List<Drawn> ranked = chips.stream().sorted(RANKING).toList();
    Drawn median = ranked.get(ranked.size() / 2);
    return new KernelRun(
        ideal,
        median.outcome(),
        median.machine().trace(kernel.word()).network(),
        chips.stream().map(Drawn::outcome).toList());
  }

  /** A run on one programmed chip. */
  private record Drawn(Outcome outcome, CountingMachine machine) {}

  /**
   * Chips that have diverged last; then by what makes the cost, iterations and of optimisers the
   * success of a run, then by quality.
   */
  private static final Comparator<Drawn> RANKING =
      Comparator.comparing((Drawn chip) -> chip.outcome().isDiverged())
          .thenComparing(chip -> !chip.outcome().converged())
          .thenComparing(chip -> chip.outcome().iterations())
          .thenComparing(chip -> -chip.outcome().success().orElse(1))
          .thenComparing(
              chip ->
                  (chip.outcome().measure().isHigherBetter() ? -1 : 1)
                      * chip.outcome().quality().orElse(0));

  /**
   * Quality lost against the ideal result, in the unit of its measure: none by a solver that has
   * reached its tolerance, by however much it fell below it; empty if either has diverged.
   */
  public OptionalDouble qualityLoss() {
    if (outcome.residual().isPresent() && outcome.converged()) {
      return OptionalDouble.of(0);
    }
    return ideal.isDiverged() || outcome.isDiverged()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            outcome.measure().loss(ideal.quality().getAsDouble(), outcome.quality().getAsDouble()));
  }

  /** Interval that holds the success of a run of an optimiser with 95 %, by the runs of a task. */
  public Optional<Confidence> successInterval() {
    return outcome.success().isEmpty()
        ? Optional.empty()
        : Optional.of(
            Confidence.of(
                outcome.success().getAsDouble() * outcome.runs(), outcome.runs(), CONFIDENCE));
  }

  /**
   * Tasks that a solution takes: of an optimiser whose runs succeed with probability p the runs of
   * 99 % certainty, ln(1 − 0.99) / ln(1 − p), over the runs of a task; at least one run. 1 of other
   * kernels. Of n runs that all succeed p is taken as 1 − 1/(2 n). Infinite if none succeeds, and
   * of a solver that has diverged or stalled.
   */
  public double tasksToSolution() {
    if (!outcome.converged()) {
      return Double.POSITIVE_INFINITY;
    }
    if (outcome.success().isEmpty()) {
      return 1;
    }
    double runs = outcome.runs();
    double p = Math.min(outcome.success().getAsDouble(), 1 - 0.5 / runs);
    return Math.max(1, StrictMath.log1p(-CERTAINTY) / StrictMath.log1p(-p)) / runs;
  }

  /**
   * Cycles of the cell that a task writes most often, at most: the most of each scheme added up, as
   * if one element were written most by all of them.
   *
   * @param pulses pulses of a verified write
   */
  public double mostCycles(double pulses) {
    Map<Scheme, Double> most = new EnumMap<>(Scheme.class);
    for (Layer layer : network.layers()) {
      for (Update update : layer.kernel().updates()) {
        most.merge(update.scheme(), update.most(), Math::max);
      }
    }
    double sum = 0;
    for (Map.Entry<Scheme, Double> entry : most.entrySet()) {
      sum += entry.getValue() * (entry.getKey() == Scheme.VERIFIED ? pulses : 1);
    }
    return sum;
  }
}
