package dev.kirchhoff.dse.work;

import java.util.concurrent.CompletableFuture;

/**
 * A sweep whose chunks workers price.
 *
 * <pre>{@code
 * try (SharedWork work = SharedWork.begin(queue, job.run(), System.err::println)) {
 *   PricedRows rows = new SharedSweep(work, job).price(0, 8_192).get();
 * }
 * }</pre>
 */
public final class SharedSweep {
  private final SharedWork work;
  private final EncodedJob job;

  /**
   * A sweep.
   *
   * @param work hands chunks out; not closed
   * @param job the sweep
   */
  public SharedSweep(SharedWork work, SweepJob job) {
    this.work = work;
    this.job = new EncodedJob(job);
  }

  /**
   * Chunks that may be handed out at once: enough for the workers that are known, so that memory
   * does not grow with the sweep.
   */
  public int ahead() {
    return work.ahead();
  }

  /**
   * Hands a chunk out.
   *
   * @return its rows; fails as {@link SharedWork#hand} does
   */
  public CompletableFuture<PricedRows> price(long first, int count) {
    return work.hand(job, new Chunk(first, count)).thenApply(result -> rows(result, count));
  }

  /**
   * The rows of a result.
   *
   * @throws IllegalStateException if they are not as many as they must be
   */
  static PricedRows rows(byte[] result, int count) {
    PricedRows rows = PricedRows.of(result);
    if (rows.count() != count) {
      throw new IllegalStateException(
          "A result has " + rows.count() + " rows and must have " + count + ".");
    }
    return rows;
  }
}
