package dev.kirchhoff.dse.work;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.space.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pricing of chunks in several threads. What a sweep is prepared with is kept, so that only its
 * first chunk reads the spec.
 */
public final class ChunkPricer implements AutoCloseable {
  /** Designs that a thread takes at once. */
  private static final int PIECE = 32;

  /** Sweeps whose preparation is kept (chosen: each takes some MB a thread). */
  private static final int KEPT = 3;

  private final int threads;
  private final ExecutorService pool;
  private final Map<SweepJob, Prepared> prepared = new LinkedHashMap<>(8, 0.75f, true);

  /** A sweep that is ready to be priced. */
  private record Prepared(SpecProblemSpace problem, SweptDesigns designs, List<Session> sessions) {}

  /**
   * A pricer.
   *
   * @param threads threads that price
   */
  public ChunkPricer(int threads) {
    this.threads = threads;
    // One thread more: it prepares a sweep, hands its designs out and waits.
    this.pool = Executors.newFixedThreadPool(threads + 1);
  }

  /** A chunk that is being priced. */
  public static final class Pricing {
    private final AtomicBoolean isGivenUp = new AtomicBoolean();
    private final CompletableFuture<PricedRows> rows = new CompletableFuture<>();

    /** The rows; fails with what the model threw. */
    public CompletableFuture<PricedRows> rows() {
      return rows;
    }

    /** Ends the pricing after the designs in hand. */
    public void giveUp() {
      isGivenUp.set(true);
    }
  }

  /** Begins to price a chunk, the only one at a time. */
  public Pricing begin(SweepJob job, Chunk chunk) {
    Pricing pricing = new Pricing();
    pool.execute(
        () -> {
          try {
            pricing.rows.complete(price(job, chunk, pricing.isGivenUp));
          } catch (Throwable e) {
            // The model's exceptions and the virtual machine's errors are reported alike.
            pricing.rows.completeExceptionally(e);
          }
        });
    return pricing;
  }

  private PricedRows price(SweepJob job, Chunk chunk, AtomicBoolean isGivenUp) throws Exception {
    Prepared sweep = prepare(job);
    int[][] designs = sweep.designs().block(chunk.first(), chunk.count());
    SpecProblemSpace problem = sweep.problem();
    int constraints = problem.constraints().size();
    int recorded = job.isLogged() ? problem.recorded().size() : 0;
    PricedRows rows =
        new PricedRows(designs.length, problem.objectives().size(), constraints, recorded);
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (Session session : sweep.sessions()) {
      running.add(
          pool.submit(
              () -> {
                int from = next.getAndAdd(PIECE);
                while (from < designs.length && !isGivenUp.get()) {
                  price(session, designs, rows, from, Math.min(designs.length, from + PIECE));
                  from = next.getAndAdd(PIECE);
                }
              }));
    }
    try {
      for (Future<?> thread : running) {
        thread.get();
      }
    } catch (java.util.concurrent.ExecutionException failed) {
      isGivenUp.set(true);
      prepared.remove(job);
      throw failed.getCause() instanceof Exception cause ? cause : failed;
    }
    if (isGivenUp.get()) {
      throw new IllegalStateException("The chunk was given up.");
    }
    return rows;
  }

  private static void price(Session session, int[][] designs, PricedRows rows, int from, int end) {
    for (int i = from; i < end; i++) {
      rows.totals()[i] =
          IslandEvaluator.compute(
              session,
              designs[i],
              rows.objectives(i),
              rows.violations(i),
              rows.relative(i),
              rows.recorded(i));
    }
  }

  private Prepared prepare(SweepJob job) throws SpecException {
    Prepared known = prepared.get(job);
    if (known != null) {
      return known;
    }
    if (prepared.size() >= KEPT) {
      prepared.remove(prepared.keySet().iterator().next());
    }
    DesignSpec spec = job.design();
    SpecProblemSpace problem = job.problem(spec);
    List<Session> sessions = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      sessions.add(problem.newSession());
    }
    Prepared fresh = new Prepared(problem, job.designs(problem.space()), sessions);
    prepared.put(job, fresh);
    return fresh;
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
