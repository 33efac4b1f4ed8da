package dev.kirchhoff.dse.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of a worker on one work unit, which may be given up. */
final class UnitThreads {
  /** Steps that a thread takes at once, at most. */
  private static final int PIECE = 32;

  /** Pieces for each thread, so that none waits long for the last (chosen). */
  private static final int PIECES = 8;

  private final ExecutorService pool;
  private final int threads;
  private final AtomicBoolean isGivenUp = new AtomicBoolean();

  /** One step of a work unit. */
  interface Step {
    /**
     * Takes it.
     *
     * @param thread number of the thread, from 0 on: no two at once have the same
     * @param step number of the step
     */
    void take(int thread, int step);
  }

  UnitThreads(ExecutorService pool, int threads) {
    this.pool = pool;
    this.threads = threads;
  }

  /** Number of threads. */
  int threads() {
    return threads;
  }

  /** Ends the work unit after the steps in hand; from any thread. */
  void giveUp() {
    isGivenUp.set(true);
  }

  /**
   * Takes steps in any order and waits for them.
   *
   * @throws IllegalStateException if the work unit was given up
   */
  void each(int steps, Step what) throws InterruptedException {
    int piece = Math.max(1, Math.min(PIECE, steps / (PIECES * threads)));
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      running.add(
          pool.submit(
              () -> {
                int from = next.getAndAdd(piece);
                while (from < steps && !isGivenUp.get()) {
                  for (int step = from; step < Math.min(steps, from + piece); step++) {
                    what.take(thread, step);
                  }
                  from = next.getAndAdd(piece);
                }
              }));
    }
    try {
      for (Future<?> thread : running) {
        thread.get();
      }
    } catch (ExecutionException failed) {
      giveUp();
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    }
    if (isGivenUp.get()) {
      throw new IllegalStateException("The work unit was given up.");
    }
  }
}
