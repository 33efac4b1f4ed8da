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
 * Distributed work of one run: hands out work units and takes each result once, even if it is
 * delivered twice. Results come in any order; a caller that waits for a work unit gets its own.
 * Safe for several threads.
 */
public final class SharedWork implements AutoCloseable {
  /** Bytes of a job at most, as each of its work units is a record that holds it. */
  public static final int MOST_JOB_BYTES = 7 << 20;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final long SUMMARY_MS = 15_000;

  /** Work units that are handed out before the first worker is seen. */
  private static final int FEWEST_AHEAD = 16;

  /**
   * Work units handed out for each worker: one in hand, and enough that none waits for the next.
   */
  private static final int AHEAD_EACH = 4;

  private final WorkQueue queue;
  private final Consumer<String> talk;
  private final Clock clock = SteadyClock.start();
  private final WorkBoard board;
  private final Map<String, CompletableFuture<byte[]>> waiting = new HashMap<>();
  private final Thread thread;
  private RuntimeException failure;
  private boolean closed;
  private long summaryAt_ms = clock.millis();

  private SharedWork(WorkQueue queue, String run, Consumer<String> talk) {
    this.queue = queue;
    this.talk = talk;
    this.board = new WorkBoard(run);
    this.thread = new Thread(this::collect, "work-results");
    thread.setDaemon(true);
  }

  /**
   * Begins to take results.
   *
   * @param queue topics of work units and results; closed with the work
   * @param run id of the run
   * @param talk receiver of sentences for the user, from another thread
   */
  public static SharedWork begin(WorkQueue queue, String run, Consumer<String> talk) {
    SharedWork work = new SharedWork(queue, run, talk);
    work.thread.start();
    return work;
  }

  /** Work units that may be handed out at once: enough for the workers that are known. */
  public synchronized int ahead() {
    return Math.max(FEWEST_AHEAD, AHEAD_EACH * board.working());
  }

  /** Workers that are not silent. */
  public synchronized int working() {
    return board.working();
  }

  /**
   * Hands a work unit out; one that waits already is not handed out again.
   *
   * @return its result; fails with {@link SetAsideException} if nobody can do it, and with the
   *     failure of the cluster
   */
  CompletableFuture<byte[]> hand(EncodedJob job, UnitDesigns designs) {
    WorkUnit unit = job.unit(designs);
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    synchronized (this) {
      if (failure != null) {
        result.completeExceptionally(failure);
        return result;
      }
      CompletableFuture<byte[]> there = waiting.putIfAbsent(unit.id(), result);
      if (there != null) {
        return there;
      }
      board.handOut(unit);
    }
    try {
      queue.send(new WorkMessage(unit.id(), Map.of(), job.json()));
    } catch (RuntimeException e) {
      fail(e);
    }
    return result;
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
    String id = report.unit().id();
    CompletableFuture<byte[]> ready = null;
    synchronized (this) {
      boolean isAwaited = board.take(report, clock.millis());
      boolean isAlone = report.unit().designs() instanceof OneDesign;
      if (isAwaited || (isAlone && report instanceof Report.Failed failed && failed.isLast())) {
        ready = waiting.remove(id);
      }
    }
    if (ready != null && report instanceof Report.Done done) {
      ready.complete(done.result());
    } else if (ready != null && report instanceof Report.Failed failed) {
      ready.completeExceptionally(new SetAsideException(WorkBoard.sentence(failed)));
    }
  }

  /**
   * Reports news to the user. Chunks that are set aside fail together, once no other is on its way:
   * then all that is wrong with the sweep is known.
   */
  private void look() {
    List<String> told;
    boolean isStuck;
    synchronized (this) {
      long now_ms = clock.millis();
      board.look(now_ms);
      told = board.news();
      isStuck = board.waiting() == 0 && !waiting.isEmpty() && !board.setAside().isEmpty();
      if (now_ms - summaryAt_ms > SUMMARY_MS) {
        summaryAt_ms = now_ms;
        if (!waiting.isEmpty()) {
          String summary = board.summary();
          talk.accept(
              summary.isEmpty()
                  ? "no worker has taken anything yet; start some: ./kirchhoff worker"
                  : "workers: " + summary);
        }
      }
    }
    told.forEach(talk);
    if (isStuck) {
      fail(
          new SetAsideException(
              "the sweep has no table, as workers could not price all of it: " + board.failures()));
    }
  }

  private void fail(RuntimeException e) {
    List<CompletableFuture<byte[]>> all;
    synchronized (this) {
      if (failure == null) {
        failure = e;
      }
      all = List.copyOf(waiting.values());
      waiting.clear();
    }
    all.forEach(result -> result.completeExceptionally(e));
  }

  /** Workers with their work units and rates, and what was delivered twice. */
  public synchronized String summary() {
    return board.summary()
        + (board.duplicates() == 0
            ? ""
            : "; " + board.duplicates() + " results came twice and were taken once");
  }

  /** Ends; work units that no worker has begun may still be done, in vain. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    fail(new IllegalStateException("The run has ended."));
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
