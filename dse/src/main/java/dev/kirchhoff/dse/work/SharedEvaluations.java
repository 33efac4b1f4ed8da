package dev.kirchhoff.dse.work;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.space.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Evaluation of the designs of a search by workers, for models so slow that handing a design out
 * costs little in comparison: each island waits for the figures of the design that it chose.
 */
public final class SharedEvaluations {
  private final SharedWork work;
  private final String run;
  private final CompletableFuture<byte[]> stopped = new CompletableFuture<>();

  /**
   * Evaluations.
   *
   * @param work hands designs out; not closed
   * @param run id of the run
   */
  public SharedEvaluations(SharedWork work, String run) {
    this.work = work;
    this.run = run;
  }

  /**
   * A session of one island.
   *
   * @param spec the spec with the constraints of now
   * @param here session that evaluates in this process, for all but evaluations
   */
  public Session session(DesignSpec spec, Session here) {
    return new SharedSession(
        new EncodedJob(new EvaluationJob(run, ModelVersion.text(), SpecText.json(spec))), here);
  }

  /** Ends the wait of all sessions: the search is to stop. From any thread. */
  public void stop() {
    stopped.completeExceptionally(new IslandEvaluator.StopRequest());
  }

  private PricedRows evaluated(EncodedJob job, int[] ordinals) {
    try {
      CompletableFuture<byte[]> result = work.hand(job, OneDesign.of(ordinals));
      CompletableFuture.anyOf(result, stopped).join();
      return SharedSweep.rows(result.join(), 1);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  private final class SharedSession implements Session {
    private final EncodedJob job;
    private final Session here;

    SharedSession(EncodedJob job, Session here) {
      this.job = job;
      this.here = here;
    }

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
      evaluated(job, ordinals).copy(0, objectives, violations, relativeViolations, recorded);
    }

    @Override
    public boolean prune(int[] ordinals, double[] violations, double[] relativeViolations) {
      return here.prune(ordinals, violations, relativeViolations);
    }

    @Override
    public boolean isOnKnobs(int constraint) {
      return here.isOnKnobs(constraint);
    }

    @Override
    public double judge(int constraint, int[] ordinals, double[] objectives) {
      return here.judge(constraint, ordinals, objectives);
    }
  }
}
