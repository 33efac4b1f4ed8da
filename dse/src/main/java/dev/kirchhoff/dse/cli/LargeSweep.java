package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.ExploreSettings;
import dev.kirchhoff.dse.explore.LargeSweepEngine;
import dev.kirchhoff.dse.explore.PricingPool;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.table.RowFile;
import dev.kirchhoff.dse.table.SweepTable;
import dev.kirchhoff.dse.work.SharedSweep;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Sources of the rows of a large sweep, and the file that keeps them beside the log of its run. */
final class LargeSweep implements AutoCloseable {
  /** Rows that a thread prices at once (chosen). */
  private static final int BLOCK = 1_024;

  private final RowFile file;
  private final Optional<PricingPool> pool;
  private final ExploreSettings settings;

  /**
   * Rows that workers price.
   *
   * @param sweep hands chunks out
   * @param chunk designs of a chunk
   */
  record Workers(SharedSweep sweep, int chunk) {}

  private LargeSweep(RowFile file, Optional<PricingPool> pool, ExploreSettings settings) {
    this.file = file;
    this.pool = pool;
    this.settings = settings;
  }

  /** Begins to price the rows of a run; empty if it is no large sweep. */
  static Optional<LargeSweep> begin(
      ExploreSettings settings,
      SpecProblemSpace problem,
      RunDirectory run,
      Optional<Workers> workers) {
    if (!(settings.engine() instanceof LargeSweepEngine engine)) {
      return Optional.empty();
    }
    RowFile file =
        new RowFile(run.rows(), problem.objectives().size(), problem.constraints().size());
    SweptDesigns designs = engine.designs();
    Optional<PricingPool> pool =
        workers.isPresent()
            ? Optional.empty()
            : Optional.of(new PricingPool(problem, Runtime.getRuntime().availableProcessors()));
    LargeSweepEngine.Source source =
        workers
            .map(by -> source(by, designs, file))
            .orElseGet(
                () ->
                    new LargeSweepEngine.Source(
                        pool.get().pricing(designs), BLOCK, pool.get()::ahead, file));
    return Optional.of(
        new LargeSweep(
            file,
            pool,
            new ExploreSettings(
                engine.with(source),
                settings.seed(),
                settings.budget(),
                settings.islands(),
                settings.threads(),
                settings.time())));
  }

  private static LargeSweepEngine.Source source(
      Workers workers, SweptDesigns designs, RowFile file) {
    SharedSweep sweep = workers.sweep();
    return new LargeSweepEngine.Source(
        (first, count) ->
            sweep
                .price(first, count)
                .thenApply(rows -> rows.toSweepRows(first, designs.block(first, count))),
        workers.chunk(),
        sweep::ahead,
        file);
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
    file.close();
  }
}
