package dev.kirchhoff.dse.work;

import dev.kirchhoff.dse.explore.SweepRows;
import dev.kirchhoff.dse.explore.SweptDesigns;
import java.util.concurrent.CompletableFuture;

/**
 * A sweep whose chunks workers price.
 *
 * <pre>{@code
 * try (SharedWork work = SharedWork.begin(queue, job.run(), System.err::println)) {
 *   SweepRows rows = new SharedSweep(work, job, designs).price(0, 8_192).get();
 * }
 * }</pre>
 */
public final class SharedSweep {
  private final SharedWork work;
  private final EncodedJob job;
  private final SweptDesigns designs;

  /**
   * A sweep.
   *
   * @param work hands chunks out; not closed
   * @param job the sweep
   * @param designs its designs
   */
  public SharedSweep(SharedWork work, SweepJob job, SweptDesigns designs) {
    this.work = work;
    this.job = new EncodedJob(job);
    this.designs = designs;
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
  public CompletableFuture<SweepRows> price(long first, int count) {
    return work.hand(job, new Chunk(first, count))
        .thenApply(result -> SweepRows.of(result, first, designs.block(first, count)));
  }
}
