package dev.kirchhoff.dashboards.web;

import dev.kirchhoff.arch.event.Explainer;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dashboards.view.DesignColumns;
import dev.kirchhoff.dashboards.view.Range;
import dev.kirchhoff.dashboards.view.Runs;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Costs by circuit family of the designs of runs. The installed models compute them when somebody
 * asks, one request for a run after the other, and {@link Runs} keeps them beside the designs, as
 * long as the run has the header that they were computed of.
 */
final class RunCosts {
  /** Designs whose costs are computed at a time (chosen: a fraction of a second). */
  private static final int BLOCK = 1_024;

  private final Runs runs;
  private final Optional<Explainer> explainer;

  /** Held by run while its costs are computed; as many as runs that the page had open. */
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  RunCosts(Runs runs, Optional<Explainer> explainer) {
    this.runs = runs;
    this.explainer = explainer;
  }

  /**
   * Costs of a run so far.
   *
   * @param columns the terms of the costs; empty where there are none
   * @param kept designs that the reader keeps
   * @param unpriced designs among those asked for whose costs are still to be computed
   * @param refusal reason why there are no costs; absent where there are
   */
  record State(List<RunEvent.Column> columns, long kept, long unpriced, Optional<String> refusal) {}

  /** True if columns of these names hold costs. */
  static boolean areAmong(List<String> names) {
    return names.stream().anyMatch(name -> name.equals("parts") || name.startsWith("parts."));
  }

  /** Computes costs of all designs of a run for about so long; empty if there is no such run. */
  Optional<State> compute(String runId, long patience_ms) {
    return runs.read(runId, entry -> entry.view().evaluated())
        .map(end -> List.of(new Range(0, Math.toIntExact(end))))
        .map(all -> compute(runId, all, patience_ms));
  }

  /** Computes the costs of the designs of some columns. */
  Optional<State> compute(String runId, DesignColumns designs) {
    IntBuffer index = designs.columns().get(0).bytes().asIntBuffer();
    List<Range> ranges =
        IntStream.range(0, designs.rows()).mapToObj(row -> new Range(index.get(row), 1)).toList();
    return runs.read(runId, Runs.Entry::view).map(known -> compute(runId, ranges, Long.MAX_VALUE));
  }

  private State compute(String runId, List<Range> designs, long patience_ms) {
    // Who waits for others of the run loses patience meanwhile, and computes one block.
    long begin = System.nanoTime();
    synchronized (locks.computeIfAbsent(runId, id -> new Object())) {
      return computed(runId, designs, begin, patience_ms);
    }
  }

  private State computed(String runId, List<Range> designs, long begin, long patience_ms) {
    Optional<RunEvent.Run> header = runs.read(runId, entry -> entry.view().header()).orElseThrow();
    if (header.isEmpty() || explainer.isEmpty()) {
      return refused(
          header.isEmpty()
              ? "the run's header was not read yet"
              : "no model is installed beside this page");
    }
    Explainer.FamilyCosts models;
    try {
      models = explainer.get().costs(header.get());
    } catch (IllegalArgumentException e) {
      return refused(String.valueOf(e.getMessage()));
    }
    Runs.UnpricedDesigns next;
    long from = 0;
    boolean isTaken;
    do {
      next = runs.unpriced(runId, designs, from, BLOCK);
      from = next.end();
      try {
        float[][] costs = models.of(next.ordinals());
        isTaken = runs.price(runId, header.get(), models.columns(), next, costs);
      } catch (IllegalArgumentException e) {
        return refused("a design of the log is none of the run's spec: " + e.getMessage());
      }
      runs.look(runId);
    } while (isTaken
        && !next.index().isEmpty()
        && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin) < patience_ms);
    return runs.read(
            runId,
            entry ->
                new State(
                    models.columns(),
                    entry.view().kept(),
                    entry.view().unpriced(designs),
                    Optional.empty()))
        .orElseThrow();
  }

  private static State refused(String why) {
    return new State(List.of(), 0, 0, Optional.of(why));
  }
}
