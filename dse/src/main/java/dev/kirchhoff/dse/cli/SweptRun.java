package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.PricingPool;
import dev.kirchhoff.dse.explore.Sweep;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.table.RowFile;
import dev.kirchhoff.dse.table.SweepTable;
import dev.kirchhoff.dse.work.SharedSweep;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Source of the rows of a sweep: threads or workers, and the file that keeps the rows of a large
 * one beside the log of its run.
 */
final class SweptRun implements AutoCloseable {
  /** Rows that a thread prices at once (chosen): of a large sweep, of others, of kernels. */
  private static final int LARGE = 1_024;

  private static final int BLOCK = 128;
  private static final int KERNELS = 16;

  private final Optional<RowFile> file;
  private final Optional<PricingPool> pool;
  private final ExploreSettings settings;

  /**
   * Rows that workers price.
   *
   * @param sweep hands chunks out
   * @param chunk designs of a chunk
   */
  record Workers(SharedSweep sweep, int chunk) {}

  private SweptRun(Optional<RowFile> file, Optional<PricingPool> pool, ExploreSettings settings) {
    this.file = file;
    this.pool = pool;
    this.settings = settings;
  }

  /** Begins to price the rows of a run; empty if its designs are not known beforehand. */
  static Optional<SweptRun> begin(
      ExploreSettings settings,
      DesignSpec spec,
      SpecProblemSpace problem,
      RunDirectory run,
      Optional<Workers> workers) {
    if (!(settings.engine() instanceof Sweep sweep)) {
      return Optional.empty();
    }
    Optional<RowFile> file =
        sweep.isLogged()
            ? Optional.empty()
            : Optional.of(
                new RowFile(run.rows(), problem.objectives().size(), problem.constraints().size()));
    Optional<Sweep.Keeper> keeper = file.map(rows -> rows);
    Optional<PricingPool> pool =
        workers.isPresent()
            ? Optional.empty()
            : Optional.of(
                new PricingPool(
                    problem, sweep.isLogged(), Runtime.getRuntime().availableProcessors()));
    Sweep.Source source =
        pool.map(
                threads ->
                    new Sweep.Source(
                        threads.pricing(sweep.designs()),
                        block(sweep, spec),
                        threads::ahead,
                        keeper))
            .orElseGet(
                () ->
                    new Sweep.Source(
                        workers.get().sweep()::price,
                        workers.get().chunk(),
                        workers.get().sweep()::ahead,
                        keeper));
    return Optional.of(
        new SweptRun(
            file,
            pool,
            new ExploreSettings(
                sweep.with(source),
                settings.seed(),
                settings.budget(),
                settings.islands(),
                settings.threads(),
                settings.time())));
  }

  private static int block(Sweep sweep, DesignSpec spec) {
    if (!sweep.isLogged()) {
      return LARGE;
    }
    return ChunkArguments.hasKernels(spec) ? KERNELS : BLOCK;
  }

  /** Settings of the run, with its rows. */
  ExploreSettings settings() {
    return settings;
  }

  /**
   * Writes the rows of a run as a table.
   *
   * @param designs the designs of the sweep
   * @param most rows at most
   * @param told is given the number of rows of each piece that is written
   * @return rows that were written
   */
  static long write(
      TableArguments.Target target,
      RunDirectory run,
      DesignSpec spec,
      SpecProblemSpace problem,
      SweptDesigns designs,
      long most,
      LongConsumer told) {
    SweepTable table = new SweepTable(spec, problem.objectives(), problem.constraints());
    return target.write(
        table.columns(),
        writer ->
            RowFile.read(
                run.rows(),
                designs,
                problem.objectives().size(),
                problem.constraints().size(),
                most,
                rows -> {
                  writer.write(table.rows(rows));
                  told.accept(rows.count());
                }));
  }

  @Override
  public void close() {
    pool.ifPresent(PricingPool::close);
    file.ifPresent(RowFile::close);
  }
}
