package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.KernelParts;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.chip.Transpose;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.kernel.KernelChip;
import dev.kirchhoff.mapper.kernel.KernelRun;
import dev.kirchhoff.peripherals.Action;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Figures of a kernel's task: quality, iterations, writes, energy and time of the tasks that a
 * solution takes, wear.
 *
 * <p>Energy to solution = energy of a task × tasks to solution; programming its matrices once is
 * apart ({@link Metric#PROGRAMMING_ENERGY}). Tasks until worn = endurance / writes of the element
 * that a task writes most often, each write of as many pulses as its scheme takes. Of several
 * kernels on one chip each has its own figures, the chip the worst of them, its quality only if all
 * are of one measure; of a kernel that has diverged quality and its loss have no value, neither has
 * the chip then.
 */
final class KernelFigures {

  private KernelFigures() {}

  /**
   * Sets the figures of consecutive programs as far as they are kernels; of others there are none.
   *
   * @param energies_fJ energies of an inference of the programs
   */
  static void set(Stages evaluated, Costs costs, double[] energies_fJ, Totals totals, int first) {
    Worst worst = new Worst();
    for (int i = 0; i < energies_fJ.length; i++) {
      if (evaluated.kernels().get(first + i).isPresent()) {
        add(evaluated, costs, energies_fJ[i], first + i, worst);
      }
    }
    for (Metric metric : Metric.values()) {
      if (metric.group() == Metric.Group.KERNEL) {
        totals.set(metric, worst.of(metric));
      }
    }
  }

  private static void add(Stages evaluated, Costs costs, double energy_fJ, int j, Worst worst) {
    KernelRun run = evaluated.kernels().get(j).orElseThrow();
    worst.add(run.outcome());
    worst.add(Metric.QUALITY_LOSS, run.qualityLoss());
    run.outcome().residual().ifPresent(value -> worst.add(Metric.RESIDUAL, value));
    worst.add(Metric.ITERATIONS, run.outcome().iterations());
    double tasks = run.tasksToSolution();
    double latency_ms = evaluated.flow().latency_ns(j) * Units.MS_PER_NS;
    worst.add(Metric.ENERGY_TO_SOLUTION, finite(tasks * (energy_fJ * Ledger.Cost.ENERGY.unit())));
    worst.add(Metric.TIME_TO_SOLUTION, finite(tasks * latency_ms));
    worst.add(Metric.DIGITAL_SHARE, costs.digital_fJ(j) / energy_fJ);
    ActionCounts work = evaluated.program(j).workActions();
    double written = work.of(Action.CELL_WRITE) + work.of(Action.CELL_PULSE);
    worst.add(Metric.WRITES_PER_TASK, written);
    Device device = evaluated.design().chip().cell().device();
    double cycles = run.mostCycles(device.write().pulses());
    if (cycles > 0) {
      worst.add(Metric.TASKS_UNTIL_WORN, device.limits().endurance_cycles() / cycles);
    }
  }

  /** A figure; empty where a kernel never ends. */
  private static OptionalDouble finite(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** Worst figures of several kernels; none where one of them has no result. */
  private static final class Worst {
    private final Map<Metric, OptionalDouble> values = new EnumMap<>(Metric.class);
    private final Set<Outcome.Measure> measures = new HashSet<>();

    /** Qualities have a worst one if all are of one measure. */
    private void add(Outcome outcome) {
      measures.add(outcome.measure());
      add(
          Metric.RESULT_QUALITY,
          measures.size() == 1 ? outcome.quality() : OptionalDouble.empty(),
          outcome.measure().isHigherBetter());
    }

    private void add(Metric metric, double value) {
      add(metric, OptionalDouble.of(value));
    }

    private void add(Metric metric, OptionalDouble value) {
      add(metric, value, metric.higherIsBetter());
    }

    private void add(Metric metric, OptionalDouble value, boolean isHigherBetter) {
      values.merge(metric, value, (a, b) -> worse(a, b, isHigherBetter));
    }

    private static OptionalDouble worse(
        OptionalDouble a, OptionalDouble b, boolean isHigherBetter) {
      if (a.isEmpty() || b.isEmpty()) {
        return OptionalDouble.empty();
      }
      return OptionalDouble.of(
          isHigherBetter
              ? Math.min(a.getAsDouble(), b.getAsDouble())
              : Math.max(a.getAsDouble(), b.getAsDouble()));
    }

    private OptionalDouble of(Metric metric) {
      return values.getOrDefault(metric, OptionalDouble.empty());
    }
  }

  /** Kernels whose run found no solution. */
  static int unsolved(Stages evaluated) {
    int unsolved = 0;
    for (var run : evaluated.kernels()) {
      unsolved += run.isPresent() && !run.get().outcome().converged() ? 1 : 0;
    }
    return unsolved;
  }

  /** Parts that kernels need and the chip does not have. */
  static int missingParts(Stages evaluated) {
    KernelParts parts = evaluated.design().chip().pe().kernelParts();
    boolean holdsMagnitudes = KernelChip.holdsMagnitudes(evaluated.design());
    boolean isPair = evaluated.design().chip().crossbar().weights().isPair();
    int missing = 0;
    for (Job job : evaluated.design().jobs()) {
      if (job.kernel().isPresent()) {
        Kernel kernel = job.kernel().get().kernel();
        missing += holdsMagnitudes && (!kernel.usesGates() || isPair) ? 0 : 1;
        missing += kernel.readsBack() && parts.transpose() == Transpose.NONE ? 1 : 0;
        missing += kernel.solves() && parts.feedback().isEmpty() ? 1 : 0;
        missing += kernel.draws() && parts.random().equals(RandomSource.NONE) ? 1 : 0;
      }
    }
    return missing;
  }
}
