package dev.kirchhoff.dse.work;

import dev.kirchhoff.dse.run.SteadyClock;
import dev.kirchhoff.dse.stream.WorkMessage;
import dev.kirchhoff.dse.stream.WorkQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A sweep whose chunks workers price: hands chunks out and takes their results, each once, whatever
 * is delivered twice. Results come in any order; who waits for a chunk gets its own.
 *
 * <pre>{@code
 * try (SharedSweep sweep = SharedSweep.begin(queue, job, System.err::println)) {
 *   PricedRows rows = sweep.price(0, 8_192).get();
 * }
 * }</pre>
 */
public final class SharedSweep implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long SUMMARY_MS = 15_000;

  /** Chunks that are handed out before the first worker is seen. */
  private static final int FEWEST_AHEAD = 16;

  /** Chunks handed out for each worker: one in hand, and enough that none waits for the next. */
  private static final int AHEAD_EACH = 4;

  private final WorkQueue queue;
  private final SweepJob job;
  private final byte[] work;
  private final Consumer<String> talk;
  private final Clock clock = SteadyClock.start();
  private final ChunkBoard board;
  private final Map<String, CompletableFuture<PricedRows>> waiting = new HashMap<>();
  private final Thread thread;
  private RuntimeException failure;
  private boolean closed;
  private long summaryAt_ms = clock.millis();

  private SharedSweep(WorkQueue queue, SweepJob job, Consumer<String> talk) {
    this.queue = queue;
    this.job = job;
    this.work = job.toJson();
    this.talk = talk;
    this.board = new ChunkBoard(job.run());
    this.thread = new Thread(this::collect, "work-results");
    thread.setDaemon(true);
  }

  /**
   * Begins to take results.
   *
   * @param queue where chunks go and results come from; closed with the sweep
   * @param job the sweep
   * @param talk takes sentences for the user, from another thread
   */
  public static SharedSweep begin(WorkQueue queue, SweepJob job, Consumer<String> talk) {
    SharedSweep sweep = new SharedSweep(queue, job, talk);
    sweep.thread.start();
    return sweep;
  }

  /**
   * Chunks that may be handed out at once: enough for the workers that are known, so that memory
   * does not grow with the sweep.
   */
  public synchronized int ahead() {
    return Math.max(FEWEST_AHEAD, AHEAD_EACH * board.working());
  }

  /**
   * Hands a chunk out.
   *
   * @return its rows; fails with {@link SetAsideException} if nobody can price it, and with the
   *     failure of the cluster
   */
  public CompletableFuture<PricedRows> price(long first, int count) {
    Chunk chunk = new Chunk(job.run(), first, count);
    CompletableFuture<PricedRows> rows = new CompletableFuture<>();
    synchronized (this) {
      if (failure != null) {
        rows.completeExceptionally(failure);
        return rows;
      }
      board.handOut(chunk);
      waiting.put(chunk.id(), rows);
    }
    try {
      queue.send(new WorkMessage(chunk.id(), Map.of(), work));
    } catch (RuntimeException e) {
      fail(e);
    }
    return rows;
  }

  private void collect() {
    try {
      while (!isClosed()) {
        for (WorkMessage message : queue.poll(POLL)) {
          Report.of(message).ifPresent(this::take);
        }
        look();
      }
    } catch (RuntimeException e) {
      fail(e);
    } finally {
      queue.close();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void take(Report report) {
    CompletableFuture<PricedRows> ready = null;
    synchronized (this) {
      if (board.take(report, clock.millis())) {
        ready = waiting.remove(report.chunk().id());
      }
    }
    if (ready != null && report instanceof Report.Done done) {
      PricedRows rows = PricedRows.of(done.rows());
      if (rows.count() != done.chunk().count()) {
        throw new IllegalStateException(
            "The result of "
                + done.chunk().designs()
                + " by worker "
                + done.worker()
                + " has "
                + rows.count()
                + " rows.");
      }
      ready.complete(rows);
    }
  }

  /** Reports news to the user, and fails chunks that are set aside once no other is on its way. */
  private void look() {
    List<String> told;
    boolean isStuck;
    synchronized (this) {
      long now_ms = clock.millis();
      board.look(now_ms);
      told = board.news();
      isStuck = board.waiting() == 0 && !board.setAside().isEmpty();
      if (now_ms - summaryAt_ms > SUMMARY_MS) {
        summaryAt_ms = now_ms;
        String summary = board.summary();
        talk.accept(
            summary.isEmpty()
                ? "no worker has taken a chunk yet; start some: ./kirchhoff worker"
                : "workers: " + summary);
      }
    }
    told.forEach(talk);
    if (isStuck) {
      fail(new SetAsideException(board.failures()));
    }
  }

  private void fail(RuntimeException e) {
    List<CompletableFuture<PricedRows>> all;
    synchronized (this) {
      if (failure == null) {
        failure = e;
      }
      all = List.copyOf(waiting.values());
      waiting.clear();
    }
    all.forEach(rows -> rows.completeExceptionally(e));
  }

  /** Workers with their chunks and rates, and what was delivered twice. */
  public synchronized String summary() {
    return board.summary()
        + (board.duplicates() == 0
            ? ""
            : "; " + board.duplicates() + " chunks came twice and were taken once");
  }

  /** Ends; chunks that nobody has begun may still be priced, in vain. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    fail(new IllegalStateException("The sweep has ended."));
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
