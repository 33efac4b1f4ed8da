package dev.kirchhoff.dse.work;

import dev.kirchhoff.arch.spec.SpecException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Execution of tasks in several threads. What a job is prepared with is kept, so that only its
 * first task reads the spec.
 */
public final class TaskRunner implements AutoCloseable {
  /** Jobs whose preparation is kept (chosen: each takes some MB a thread). */
  private static final int KEPT = 3;

  private final int threads;
  private final ExecutorService pool;
  private final Map<String, Bench> benches = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * A runner.
   *
   * @param threads threads that do a task
   */
  public TaskRunner(int threads) {
    this.threads = threads;
    // One thread more: it prepares a job, hands steps out and waits.
    this.pool = Executors.newFixedThreadPool(threads + 1);
  }

  /** A task that is being done. */
  public static final class Running {
    private final Crew crew;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();

    private Running(Crew crew) {
      this.crew = crew;
    }

    /** The result; fails with what the model threw. */
    public CompletableFuture<byte[]> result() {
      return result;
    }

    /** Ends it after the designs in hand. */
    public void giveUp() {
      crew.giveUp();
    }
  }

  /** Begins a task, the only one at a time. */
  public Running begin(RunJob job, Task task) {
    Running running = new Running(new Crew(pool, threads));
    pool.execute(
        () -> {
          try {
            running.result.complete(bench(job, task).result(task.part(), running.crew));
          } catch (Throwable e) {
            // The model's exceptions and the virtual machine's errors are reported alike.
            benches.remove(task.job());
            running.result.completeExceptionally(e);
          }
        });
    return running;
  }

  private Bench bench(RunJob job, Task task) throws SpecException, IOException {
    Bench known = benches.get(task.job());
    if (known != null) {
      return known;
    }
    if (benches.size() >= KEPT) {
      benches.remove(benches.keySet().iterator().next());
    }
    Bench fresh = job.bench(threads);
    benches.put(task.job(), fresh);
    return fresh;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
