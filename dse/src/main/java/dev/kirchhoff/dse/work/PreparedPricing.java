package dev.kirchhoff.dse.work;

import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.SweepRows;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.space.Session;
import java.util.ArrayList;
import java.util.List;

/** Pricing of chunks, each design by one thread; the result is {@link SweepRows}. */
final class PreparedPricing implements PreparedJob {
  private final SpecProblemSpace problem;
  private final int recorded;
  private final SweptDesigns designs;
  private final List<Session> sessions = new ArrayList<>();

  /**
   * Pricing of the chunks of a sweep.
   *
   * @param problem the problem whose objectives are the columns
   * @param isRecorded whether the figures that runs record are among them
   * @param designs the designs of the sweep
   * @param threads threads that price
   */
  PreparedPricing(SpecProblemSpace problem, boolean isRecorded, SweptDesigns designs, int threads) {
    this.problem = problem;
    this.recorded = isRecorded ? problem.recorded().size() : 0;
    this.designs = designs;
    for (int i = 0; i < threads; i++) {
      sessions.add(problem.newSession());
    }
  }

  @Override
  public byte[] result(UnitDesigns unit, UnitThreads unitThreads) throws InterruptedException {
    if (!(unit instanceof Chunk chunk)) {
      throw new IllegalArgumentException("A sweep is cut into chunks.");
    }
    SweepRows rows =
        new SweepRows(
            chunk.first(),
            designs.block(chunk.first(), chunk.count()),
            problem.objectives().size(),
            problem.constraints().size(),
            recorded);
    unitThreads.each(rows.count(), (thread, row) -> rows.compute(row, sessions.get(thread)));
    return rows.toBytes();
  }
}
