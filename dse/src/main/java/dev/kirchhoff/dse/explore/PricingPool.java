package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that price the rows of a sweep in this process. */
public final class PricingPool implements AutoCloseable {
  private final Problem problem;
  private final ExecutorService threads;
  private final Queue<Session> sessions = new ConcurrentLinkedQueue<>();
  private final int ahead;
  private final int recorded;

  /**
   * A pool.
   *
   * @param problem the problem; its objectives are the columns of the rows
   * @param isRecorded whether the figures that runs record are columns, too
   * @param count number of threads
   * @throws IllegalArgumentException if it is not positive
   */
  public PricingPool(Problem problem, boolean isRecorded, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("The threads (" + count + ") must be positive.");
    }
    this.problem = problem;
    threads = Executors.newFixedThreadPool(count);
    for (int i = 0; i < count; i++) {
      sessions.add(problem.newSession());
    }
    ahead = 2 * count;
    recorded = isRecorded ? problem.recorded().size() : 0;
  }

  /** Source of the rows of some designs. */
  public Sweep.Pricing pricing(SweptDesigns designs) {
    return (first, count) -> threads.submit(() -> price(first, designs.block(first, count)));
  }

  /** Blocks that may be priced before they are wanted. */
  public int ahead() {
    return ahead;
  }

  private SweepRows price(long first, int[][] designs) {
    Session session = sessions.remove();
    try {
      SweepRows rows =
          new SweepRows(
              first, designs, problem.objectives().size(), problem.constraints().size(), recorded);
      for (int row = 0; row < rows.count(); row++) {
        rows.compute(row, session);
      }
      return rows;
    } finally {
      sessions.add(session);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
