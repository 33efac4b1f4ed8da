package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.kernel.Kernel;
import dev.kirchhoff.arch.kernel.Outcome;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.KernelTask;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.simulate.SimulationOptions;
import dev.kirchhoff.mapper.simulate.WireLosses;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs of kernels on simulated crossbars, each made once: a table by the arguments of a result,
 * which are the task, the chip ({@link KernelChip}) and the age. Designs that agree in these share
 * a run, so that a search executes few. Safe for use by several threads; the results do not depend
 * on their timing.
 */
public final class KernelRuns {
  /** Seed of the chips that are drawn. */
  private static final long SEED = 1;

  private final boolean onCrossbars;
  private final Map<Key, KernelRun> runs = new ConcurrentHashMap<>();
  private final WireLosses losses = new WireLosses();
  private final Map<KernelTask, List<Outcome>> ideals = new ConcurrentHashMap<>();

  /** Runs on the simulated crossbars of each design. */
  public KernelRuns() {
    this(true);
  }

  private KernelRuns(boolean onCrossbars) {
    this.onCrossbars = onCrossbars;
  }

  /**
   * Runs on the exact machine in place of the crossbars: counts without errors, within
   * milliseconds, for the check of a spec.
   */
  public static KernelRuns onExactMachine() {
    return new KernelRuns(false);
  }

  /**
   * Arguments of a run.
   *
   * @param task kernel with its settings
   * @param chip the chip as far as results depend on it
   * @param age_s time since programming
   */
  private record Key(KernelTask task, KernelChip chip, double age_s) {}

  /**
   * A design whose kernels have the counts of their runs.
   *
   * @param design the design
   * @param runs run of each job; empty of a network, and of a kernel whose matrices do not fit into
   *     cells of signs alone
   */
  public record Measured(Design design, List<Optional<KernelRun>> runs) {
    public Measured {
      runs = List.copyOf(runs);
    }
  }

  /** A design with the counts of its kernels on its own crossbars. */
  public Measured of(Design design, PriceTable prices) {
    if (design.jobs().stream().noneMatch(Job::isKernel) || !KernelChip.holdsMagnitudes(design)) {
      return new Measured(design, Collections.nCopies(design.jobs().size(), Optional.empty()));
    }
    List<Job> jobs = new ArrayList<>();
    List<Optional<KernelRun>> found = new ArrayList<>();
    for (Job job : design.jobs()) {
      if (!job.isKernel()) {
        jobs.add(job);
        found.add(Optional.empty());
        continue;
      }
      Precision precision = job.precision().get(0);
      KernelTask task = job.kernel().orElseThrow();
      KernelChip chip = KernelChip.of(design, prices, task.kernel(), precision);
      Key key = new Key(task, chip, design.operation().age_s());
      KernelRun run = runs.computeIfAbsent(key, this::run);
      jobs.add(
          new Job(
              run.network(),
              Collections.nCopies(run.network().layers().size(), precision),
              job.weight(),
              job.kernel()));
      found.add(Optional.of(run));
    }
    return new Measured(design.with(jobs), found);
  }

  private KernelRun run(Key key) {
    if (!onCrossbars) {
      return KernelRun.exact(key.task().kernel());
    }
    Kernel kernel = key.task().kernel();
    SimulationOptions options = SimulationOptions.of(SEED, key.age_s());
    int draws = kernel.drawsOfChips();
    List<Outcome> exact =
        ideals.computeIfAbsent(key.task(), task -> KernelRun.ideals(kernel, options, draws));
    return KernelRun.of(kernel, exact, key.chip(), options, draws, losses);
  }
}
