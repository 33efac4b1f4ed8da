package dev.kirchhoff.dse.work;

import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.Session;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rows of a shared sweep by their designs, for a run that evaluates them in order: a request for a
 * design waits until a worker has priced its chunk. A few chunks ahead of the run are handed out.
 */
public final class SharedRows {
  /** Designs after which more chunks may be handed out. */
  private static final int HANDED_OUT_EVERY = 256;

  private final SharedSweep sweep;
  private final SweptDesigns designs;
  private final int chunk;
  private final Map<DesignPoint, Row> rows = new ConcurrentHashMap<>();
  private final AtomicLong wanted;
  private long next;
  private Optional<RuntimeException> failure = Optional.empty();

  /** A row of a chunk. */
  private record Row(PricedRows rows, int place) {}

  /**
   * Rows from a design on.
   *
   * @param sweep prices chunks
   * @param designs the designs of the sweep
   * @param from index of the first design that the run lacks
   * @param chunk designs of a chunk
   */
  public SharedRows(SharedSweep sweep, SweptDesigns designs, long from, int chunk) {
    this.sweep = sweep;
    this.designs = designs;
    this.chunk = chunk;
    this.next = from;
    this.wanted = new AtomicLong(from);
  }

  /** A session that takes its figures from workers. */
  public Session session() {
    return new SharedSession();
  }

  /** Ends the wait of all sessions: the run is to stop. From any thread. */
  public void stop() {
    end(new IslandEvaluator.StopRequest());
  }

  private synchronized void end(RuntimeException reason) {
    if (failure.isEmpty()) {
      failure = Optional.of(reason);
    }
    notifyAll();
  }

  private Row take(DesignPoint design) {
    Row there = rows.remove(design);
    if (wanted.incrementAndGet() % HANDED_OUT_EVERY == 0 || there == null) {
      handOut();
    }
    return there == null ? await(design) : there;
  }

  private synchronized Row await(DesignPoint design) {
    Row row = rows.remove(design);
    while (row == null) {
      if (failure.isPresent()) {
        throw failure.get();
      }
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IslandEvaluator.StopRequest();
      }
      row = rows.remove(design);
    }
    return row;
  }

  /** Hands chunks out as far ahead of the run as there are workers for them. */
  private synchronized void handOut() {
    long end = Math.min(designs.count(), wanted.get() + (long) sweep.ahead() * chunk);
    while (next < end && failure.isEmpty()) {
      long first = next;
      int count = (int) Math.min(chunk, designs.count() - first);
      next += count;
      sweep.price(first, count).whenComplete((priced, failed) -> arrive(first, priced, failed));
    }
  }

  private void arrive(long first, PricedRows priced, Throwable failed) {
    if (failed != null) {
      end(failed instanceof RuntimeException e ? e : new IllegalStateException(failed));
      return;
    }
    int[][] block = designs.block(first, priced.count());
    for (int i = 0; i < block.length; i++) {
      rows.put(new DesignPoint(block[i]), new Row(priced, i));
    }
    synchronized (this) {
      notifyAll();
    }
  }

  /** Session of one island. */
  private final class SharedSession implements Session {
    @Override
    public void evaluate(
        int[] ordinals, double[] objectives, double[] violations, double[] relativeViolations) {
      evaluate(ordinals, objectives, violations, relativeViolations, new float[0]);
    }

    @Override
    public void evaluate(
        int[] ordinals,
        double[] objectives,
        double[] violations,
        double[] relativeViolations,
        float[] recorded) {
      Row row = take(new DesignPoint(ordinals));
      row.rows().copy(row.place(), objectives, violations, relativeViolations, recorded);
    }
  }
}
