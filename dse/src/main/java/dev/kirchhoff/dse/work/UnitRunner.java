package dev.kirchhoff.dse.work;

import dev.kirchhoff.arch.spec.SpecException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Execution of work units in several threads. What a job is prepared with is kept, so that only its
 * first work unit reads the spec.
 */
public final class UnitRunner implements AutoCloseable {
  /** Jobs whose preparation is kept (chosen: each takes some MB a thread). */
  private static final int KEPT = 3;

  private final int threads;
  private final ExecutorService pool;
  private final Map<String, PreparedJob> prepared = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * A runner.
   *
   * @param threads threads that do a work unit
   */
  public UnitRunner(int threads) {
    this.threads = threads;
    // One thread more: it prepares a job, hands steps out and waits.
    this.pool = Executors.newFixedThreadPool(threads + 1);
  }

  /** A work unit that is being done. */
  public static final class Running {
    private final UnitThreads unitThreads;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();

    private Running(UnitThreads unitThreads) {
      this.unitThreads = unitThreads;
    }

    /** The result; fails with what the model threw. */
    public CompletableFuture<byte[]> result() {
      return result;
    }

    /** Ends it after the designs in hand. */
    public void giveUp() {
      unitThreads.giveUp();
    }
  }

  /** Begins a work unit, the only one at a time. */
  public Running begin(RunJob job, WorkUnit unit) {
    Running running = new Running(new UnitThreads(pool, threads));
    pool.execute(
        () -> {
          try {
            running.result.complete(prepare(job, unit).result(unit.designs(), running.unitThreads));
          } catch (Throwable e) {
            // The model's exceptions and the virtual machine's errors are reported alike.
            prepared.remove(unit.job());
            running.result.completeExceptionally(e);
          }
        });
    return running;
  }

  private PreparedJob prepare(RunJob job, WorkUnit unit) throws SpecException, IOException {
    PreparedJob known = prepared.get(unit.job());
    if (known != null) {
      return known;
    }
    if (prepared.size() >= KEPT) {
      prepared.remove(prepared.keySet().iterator().next());
    }
    PreparedJob fresh = job.prepare(threads);
    prepared.put(unit.job(), fresh);
    return fresh;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
