package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.FrontChanges;
import dev.kirchhoff.dse.front.Fronts;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Evaluation of many designs without selection: all of a space in its fixed order, or a spread
 * sample. Several threads price blocks of rows; the rows come out in order, a few blocks at most
 * wait, so memory does not grow with the number of rows.
 *
 * <pre>{@code
 * SweepResult result = new Sweep(problem, 2, 4).all(rows -> table.write(rows), () -> false);
 * }</pre>
 */
public final class Sweep {
  private static final int BLOCK = 1_024;

  private final Problem problem;
  private final int frontObjectives;
  private final int threads;

  /**
   * A sweep.
   *
   * @param problem the problem; its objectives are the columns of the rows
   * @param frontObjectives how many of the first objectives span the front; 0 = no front
   * @param threads threads that price
   */
  public Sweep(Problem problem, int frontObjectives, int threads) {
    if (threads < 1 || frontObjectives < 0 || frontObjectives > problem.objectives().size()) {
      throw new IllegalArgumentException(
          "The threads ("
              + threads
              + ") must be positive, the objectives of the front ("
              + frontObjectives
              + ") at most "
              + problem.objectives().size()
              + ".");
    }
    this.problem = problem;
    this.frontObjectives = frontObjectives;
    this.threads = threads;
  }

  /** Source of the rows of a sweep, which prices blocks of it in any order. */
  @FunctionalInterface
  public interface Pricing {
    /**
     * Begins to price a block.
     *
     * @param first index of its first design
     * @param count designs in it
     */
    Future<SweepRows> begin(long first, int count);
  }

  /** Threads that price designs in this process. */
  public static final class Pool implements AutoCloseable {
    private final Problem problem;
    private final ExecutorService threads;
    private final Queue<Session> sessions = new ConcurrentLinkedQueue<>();
    private final int ahead;

    /**
     * Threads.
     *
     * @param problem the problem; its objectives are the columns of the rows
     * @param count number of threads
     */
    public Pool(Problem problem, int count) {
      this.problem = problem;
      threads = Executors.newFixedThreadPool(count);
      for (int i = 0; i < count; i++) {
        sessions.add(problem.newSession());
      }
      ahead = 2 * count;
    }

    /** Source of the rows of some designs. */
    public Pricing pricing(SweptDesigns designs) {
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

  /**
   * Prices all designs.
   *
   * @param sink receives the rows
   * @param stop asked before each block; true ends the sweep early
   * @throws IllegalArgumentException if the space has more than 2⁶³ − 1 designs
   */
  public SweepResult all(SweepSink sink, BooleanSupplier stop) {
    return of(SweptDesigns.all(problem.space()), sink, stop);
  }

  /**
   * Prices a sample ({@link SweptDesigns#sample}).
   *
   * @param count rows wanted
   * @param seed seed of the sample
   * @param sink receives the rows
   * @param stop asked before each block; true ends the sweep early
   */
  public SweepResult sample(int count, long seed, SweepSink sink, BooleanSupplier stop) {
    return of(SweptDesigns.sample(problem.space(), count, seed), sink, stop);
  }

  /**
   * Prices given designs.
   *
   * @param designs the designs
   * @param sink receives the rows
   * @param stop asked before each block; true ends the sweep early
   */
  public SweepResult of(SweptDesigns designs, SweepSink sink, BooleanSupplier stop) {
    try (Pool pool = new Pool(problem, threads)) {
      return collect(designs.count(), BLOCK, pool::ahead, pool.pricing(designs), sink, stop);
    }
  }

  /**
   * Takes the rows of a sweep in order, wherever they are priced.
   *
   * @param total its designs
   * @param block designs of a block
   * @param ahead blocks that may be priced before they are wanted; asked again for each
   * @param pricing prices blocks
   * @param sink receives the rows
   * @param stop asked before each block; true ends the sweep early
   */
  public SweepResult collect(
      long total,
      int block,
      IntSupplier ahead,
      Pricing pricing,
      SweepSink sink,
      BooleanSupplier stop) {
    Tally tally = new Tally(sink);
    ArrayDeque<Future<SweepRows>> waiting = new ArrayDeque<>();
    long next = 0;
    boolean stopped = false;
    try {
      while (!stopped && (next < total || !waiting.isEmpty())) {
        while (next < total && waiting.size() < ahead.getAsInt()) {
          int count = (int) Math.min(block, total - next);
          waiting.add(pricing.begin(next, count));
          next += count;
        }
        tally.take(waiting.remove().get());
        stopped = stop.getAsBoolean();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The sweep was interrupted.", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    }
    return tally.result(total);
  }

  /** Counts and front of the rows so far, in order. */
  private final class Tally {
    private final SweepSink sink;
    private final Fronts fronts =
        new Fronts(problem.objectives().subList(0, Math.max(1, frontObjectives)), List.of());
    private final FrontChanges changes = new FrontChanges();
    private final Map<Long, int[]> members = new HashMap<>();
    private final long[] missed = new long[problem.constraints().size()];
    private long evaluated;
    private long feasible;
    private long valueless;

    Tally(SweepSink sink) {
      this.sink = sink;
    }

    void take(SweepRows rows) {
      for (int row = 0; row < rows.count(); row++) {
        evaluated++;
        boolean met = true;
        for (int c = 0; c < missed.length; c++) {
          missed[c] += rows.violation(row, c) > 0 ? 1 : 0;
          met &= rows.violation(row, c) == 0;
        }
        valueless += met && !rows.isFeasible(row) ? 1 : 0;
        if (rows.isFeasible(row)) {
          feasible++;
          long index = rows.first() + row;
          if (frontObjectives > 0 && fronts.offer(index, rows.ordinals(row), rows.values(row), 0)) {
            members.put(index, rows.ordinals(row));
          }
        }
      }
      sink.rows(rows);
      if (changes.look(fronts.whole())) {
        for (long index : changes.left()) {
          sink.front(index, false, members.get(index));
        }
        for (long index : changes.entered()) {
          sink.front(index, true, members.get(index));
        }
        Set<Long> kept = new HashSet<>();
        for (int place = 0; place < fronts.whole().size(); place++) {
          kept.add(fronts.whole().index(place));
        }
        members.keySet().retainAll(kept);
      }
    }

    SweepResult result(long total) {
      List<FrontMember> front = new ArrayList<>();
      Archive whole = fronts.whole();
      for (int place : whole.placesByIndex()) {
        long index = whole.index(place);
        front.add(
            new FrontMember(
                index,
                Arrays.stream(members.get(index)).boxed().toList(),
                Arrays.stream(fronts.values(whole, place)).boxed().toList()));
      }
      return new SweepResult(
          evaluated,
          feasible,
          Arrays.stream(missed).boxed().toList(),
          valueless,
          front,
          evaluated == total);
    }
  }
}
