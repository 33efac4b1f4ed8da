package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.budget.EvaluatedDesigns;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.space.Packing;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Judgement of evaluated designs by other constraints. Constraints that both problems have keep
 * their judgement; others are judged by knobs and objectives where these tell, else the design is
 * evaluated again. A design that was ruled out by what is judged first is judged as a new one, so
 * that it may get the values that it never had. The result depends on problems and designs alone,
 * not on threads.
 */
final class Rejudgement {
  private static final int CHUNK = 4_096;

  private final Problem next;
  private final EvaluatedDesigns memo;
  private final int[] same;
  private final List<String> before;
  private final Problem problem;

  /**
   * A judgement of all designs of a memo.
   *
   * @param problem the problem that they were judged by
   * @param next the problem to judge them by; same space but for pinned knobs, same objectives
   * @param memo the designs
   */
  Rejudgement(Problem problem, Problem next, EvaluatedDesigns memo) {
    this.problem = problem;
    this.next = next;
    this.memo = memo;
    this.before = problem.constraints();
    this.same = next.constraints().stream().mapToInt(before::indexOf).toArray();
  }

  /** Results of consecutive designs. */
  private record Chunk(int first, double[][] objectives, double[][] relative, float[] totals) {}

  /**
   * The designs in the same order, judged anew.
   *
   * @throws IslandEvaluator.StopRequest if it is to stop
   */
  EvaluatedDesigns judged(Packing packing, int threads, BooleanSupplier stop) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Chunk>> chunks = new ArrayList<>();
      for (int first = 0; first < memo.size(); first += CHUNK) {
        int from = first;
        chunks.add(pool.submit(() -> chunk(from, stop)));
      }
      EvaluatedDesigns judged =
          new EvaluatedDesigns(packing, next.objectives().size(), same.length, false);
      long[] key = new long[packing.words()];
      double[] none = new double[0];
      for (Future<Chunk> future : chunks) {
        Chunk chunk = future.get();
        for (int i = 0; i < chunk.totals.length; i++) {
          memo.key(chunk.first + i, key);
          judged.add(key, chunk.objectives[i], none, chunk.relative[i], chunk.totals[i]);
        }
      }
      return judged;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The search was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private Chunk chunk(int first, BooleanSupplier stop) {
    int count = Math.min(CHUNK, memo.size() - first);
    Chunk chunk = new Chunk(first, new double[count][], new double[count][], new float[count]);
    Session old = problem.newSession();
    Session session = next.newSession();
    int[] design = new int[next.space().dimension()];
    for (int i = 0; i < count; i++) {
      if (stop.getAsBoolean()) {
        throw new IslandEvaluator.StopRequest();
      }
      memo.ordinals(first + i, design);
      double[] objectives = new double[next.objectives().size()];
      for (int m = 0; m < objectives.length; m++) {
        objectives[m] = memo.objective(first + i, m);
      }
      double[] relative = new double[same.length];
      chunk.totals[i] = judge(first + i, design, old, session, objectives, relative);
      chunk.objectives[i] = objectives;
      chunk.relative[i] = relative;
    }
    return chunk;
  }

  private float judge(
      int index,
      int[] design,
      Session old,
      Session session,
      double[] objectives,
      double[] relative) {
    if (isRuledOut(index, old, objectives)) {
      double[] violations = new double[same.length];
      return IslandEvaluator.compute(session, design, objectives, violations, relative);
    }
    boolean told = true;
    for (int c = 0; c < same.length; c++) {
      relative[c] =
          same[c] >= 0 ? memo.relative(index, same[c]) : session.judge(c, design, objectives);
      told &= !Double.isNaN(relative[c]);
    }
    if (!told) {
      double[] violations = new double[same.length];
      double[] shares = new double[same.length];
      session.evaluate(design, new double[objectives.length], violations, shares);
      for (int c = 0; c < same.length; c++) {
        if (same[c] < 0) {
          relative[c] = violations[c] > 0 ? Math.max(shares[c], Float.MIN_NORMAL) : 0;
        }
      }
    }
    return IslandEvaluator.total(objectives, relative);
  }

  /** True if a design was ruled out by what is judged first, so that nothing else is known. */
  private boolean isRuledOut(int index, Session old, double[] objectives) {
    if (!Arrays.stream(objectives).allMatch(Double::isNaN)) {
      return false;
    }
    for (int c = 0; c < before.size(); c++) {
      if (old.isJudgedFirst(c) && memo.relative(index, c) > 0) {
        return true;
      }
    }
    return false;
  }
}
