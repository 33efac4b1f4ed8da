package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.KernelParts;
import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.arch.chip.Transpose;
import dev.kirchhoff.arch.device.Device;
import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.kernel.KernelRun;
import dev.kirchhoff.peripherals.Action;

/**
 * Figures of a kernel's task: quality, iterations, writes, energy and time of the tasks that a
 * solution takes, wear.
 *
 * <p>Energy to solution = energy of a task × tasks to solution; programming its matrices once is
 * apart ({@link Metric#PROGRAMMING_ENERGY}). Tasks until worn = endurance / writes of the element
 * that a task writes most often, each write of as many pulses as its scheme takes. Of several
 * kernels on one chip each has its own figures, the chip the worst of them.
 */
final class KernelFigures {
  private static final Action[] DIGITAL = {
    Action.ADD, Action.MULTIPLY_ACCUMULATE, Action.LOOKUP, Action.MAX_COMPARE
  };

  private KernelFigures() {}

  /** Sets the figures of consecutive programs as far as they are kernels. */
  static void set(EvaluatedDesign evaluated, Totals totals, int first, int count) {
    for (int j = first; j < first + count; j++) {
      if (evaluated.kernels().get(j).isPresent()) {
        set(evaluated, totals, j, evaluated.kernels().get(j).get());
      }
    }
  }

  private static void set(EvaluatedDesign evaluated, Totals totals, int j, KernelRun run) {
    worst(totals, Metric.RESULT_QUALITY, run.outcome().quality());
    worst(totals, Metric.QUALITY_LOSS, run.qualityLoss());
    run.outcome().residual().ifPresent(value -> worst(totals, Metric.RESIDUAL, value));
    worst(totals, Metric.ITERATIONS, run.outcome().iterations());
    double tasks = run.tasksToSolution();
    if (Double.isFinite(tasks)) {
      worst(totals, Metric.ENERGY_TO_SOLUTION, tasks * ProgramCosts.energy_uJ(evaluated, j));
      worst(totals, Metric.TIME_TO_SOLUTION, tasks * ProgramCosts.latency_ms(evaluated, j));
    }
    ActionCounts work = evaluated.program(j).counts().workActions();
    double digital_fJ = 0;
    for (Action action : DIGITAL) {
      digital_fJ += work.of(action) * evaluated.prices().energy_fJ(action);
    }
    digital_fJ +=
        work.of(Action.TILE_BUFFER_READ_BIT)
            * evaluated.prices().energy_fJ(Action.TILE_BUFFER_READ_BIT);
    digital_fJ +=
        work.of(Action.TILE_BUFFER_WRITE_BIT)
            * evaluated.prices().energy_fJ(Action.TILE_BUFFER_WRITE_BIT);
    worst(totals, Metric.DIGITAL_SHARE, digital_fJ / ProgramCosts.energy_fJ(evaluated, j));
    double written = work.of(Action.CELL_WRITE) + work.of(Action.CELL_PULSE);
    worst(totals, Metric.WRITES_PER_TASK, written);
    Device device = evaluated.design().chip().cell().device();
    double cycles = run.mostCycles(device.write().pulses());
    if (cycles > 0) {
      worst(totals, Metric.TASKS_UNTIL_WORN, device.limits().endurance_cycles() / cycles);
    }
  }

  /** Keeps the worse of a figure and one that is there. */
  private static void worst(Totals totals, Metric metric, double value) {
    double before = totals.value(metric);
    boolean isBetter = metric.higherIsBetter() ? value > before : value < before;
    if (!totals.has(metric) || !isBetter) {
      totals.set(metric, value);
    }
  }

  /** Kernels whose run found no solution. */
  static int unsolved(EvaluatedDesign evaluated) {
    int unsolved = 0;
    for (var run : evaluated.kernels()) {
      unsolved += run.isPresent() && !run.get().outcome().converged() ? 1 : 0;
    }
    return unsolved;
  }

  /** Parts that kernels need and the chip does not have. */
  static int missingParts(EvaluatedDesign evaluated) {
    KernelParts parts = evaluated.design().chip().pe().kernelParts();
    int missing = 0;
    for (Job job : evaluated.design().jobs()) {
      if (job.kernel().isPresent()) {
        Kernel kernel = job.kernel().get().kernel();
        missing += kernel.readsBack() && parts.transpose() == Transpose.NONE ? 1 : 0;
        missing += kernel.solves() && parts.feedback().isEmpty() ? 1 : 0;
        missing += kernel.draws() && parts.random().equals(RandomSource.NONE) ? 1 : 0;
      }
    }
    return missing;
  }
}
