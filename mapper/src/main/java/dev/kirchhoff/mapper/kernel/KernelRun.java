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
 * @param ideals results on the exact machine, of a kernel that draws random numbers from the start
 *     of each chip
 * @param outcome result on the chip of the median
 * @param network reads, writes and digital work of that run
 * @param outcomes results of all chips, in the order of their draws
 */
public record KernelRun(
    List<Outcome> ideals, Outcome outcome, Network network, List<Outcome> outcomes) {
  /** Certainty to which an optimiser is run again and again. */
  private static final double CERTAINTY = 0.99;

  private static final double CONFIDENCE = 0.95;

  public KernelRun {
    ideals = List.copyOf(ideals);
    outcomes = List.copyOf(outcomes);
  }

  /**
   * Results on the exact machine with the random sources of drawn chips; one of a kernel that draws
   * no random numbers.
   *
   * @param options seed and first draw of the chips
   * @param draws number of chips
   */
  public static List<Outcome> ideals(Kernel kernel, SimulationOptions options, int draws) {
    List<Outcome> ideals = new ArrayList<>();
    for (int d = 0; d < (kernel.draws() ? draws : 1); d++) {
      SimulationOptions drawn = options.withDraw(options.draw() + d);
      ideals.add(kernel.run(ArithmeticMachine.exact(drawn)));
    }
    return ideals;
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
        List.of(outcome), outcome, machine.trace(kernel.word()).network(), List.of(outcome));
  }

  /**
   * Runs a kernel on programmed chips.
   *
   * @param ideals its results on the exact machine ({@link #ideals})
   * @param chip the chips before their cells are drawn
   * @param options effects and age; chips are drawn from its draw on
   * @param draws number of chips
   * @param losses losses in wires of mean chips, solved before or now
   */
  public static KernelRun of(
      Kernel kernel,
      List<Outcome> ideals,
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
    Drawn median = median(chips, Comparator.comparing(Drawn::outcome, RANKING));
    return new KernelRun(
        ideals,
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
  private static final Comparator<Outcome> RANKING =
      Comparator.comparing(Outcome::isDiverged)
          .thenComparing(outcome -> !outcome.converged())
          .thenComparing(Outcome::iterations)
          .thenComparing(outcome -> -outcome.success().orElse(1))
          .thenComparing(KernelRun::badness);

  /** Rank of a quality, the best first; of a task that has diverged the last. */
  private static double badness(Outcome outcome) {
    int sign = outcome.measure().isHigherBetter() ? -1 : 1;
    return outcome.isDiverged() ? Double.POSITIVE_INFINITY : sign * outcome.quality().getAsDouble();
  }

  private static <T> T median(List<T> drawn, Comparator<T> ranking) {
    return drawn.stream().sorted(ranking).toList().get(drawn.size() / 2);
  }

  /** Result on the exact machine from the median start. */
  public Outcome ideal() {
    return median(ideals, RANKING);
  }

  /**
   * Quality lost against the exact machine, in the unit of its measure: the median of the chips
   * against that of exact runs from the same starts. None by a solver that has reached its
   * tolerance, by however much it fell below it; empty if either median has diverged.
   */
  public OptionalDouble qualityLoss() {
    if (outcome.residual().isPresent() && outcome.converged()) {
      return OptionalDouble.of(0);
    }
    Comparator<Outcome> byQuality = Comparator.comparing(KernelRun::badness);
    Outcome exact = median(ideals, byQuality);
    Outcome chips = median(outcomes, byQuality);
    return exact.isDiverged() || chips.isDiverged()
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            chips.measure().loss(exact.quality().getAsDouble(), chips.quality().getAsDouble()));
  }

  /** Drawn chips that have reached the tolerance or the goal of the task. */
  public int solved() {
    return (int) outcomes.stream().filter(Outcome::converged).count();
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
