package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that price the rows of a large sweep in this process. */
public final class PricingPool implements AutoCloseable {
  private final Problem problem;
  private final ExecutorService threads;
  private final Queue<Session> sessions = new ConcurrentLinkedQueue<>();
  private final int ahead;

  /**
   * A pool.
   *
   * @param problem the problem; its objectives are the columns of the rows
   * @param count number of threads
   * @throws IllegalArgumentException if it is not positive
   */
  public PricingPool(Problem problem, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("The threads (" + count + ") must be positive.");
    }
    this.problem = problem;
    threads = Executors.newFixedThreadPool(count);
    for (int i = 0; i < count; i++) {
      sessions.add(problem.newSession());
    }
    ahead = 2 * count;
  }

  /** Source of the rows of some designs. */
  public LargeSweepEngine.Pricing pricing(SweptDesigns designs) {
    return (first, count) -> threads.submit(() -> price(first, designs.block(first, count)));
  }

  /** Blocks that may be priced before they are wanted. */
  public int ahead() {
    return ahead;
  }

  private SweepRows price(long first, int[][] designs) {
    Session session = sessions.remove();
    try {
      int columns = problem.objectives().size();
      int constraints = problem.constraints().size();
      double[][] values = new double[designs.length][columns];
      double[][] violations = new double[designs.length][constraints];
      float[] totals = new float[designs.length];
      double[] relative = new double[constraints];
      for (int i = 0; i < designs.length; i++) {
        totals[i] =
            IslandEvaluator.compute(session, designs[i], values[i], violations[i], relative);
      }
      return new SweepRows(first, designs, values, violations, totals);
    } finally {
      sessions.add(session);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
