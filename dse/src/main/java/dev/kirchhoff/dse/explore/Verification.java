package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import dev.kirchhoff.dse.space.Problem;
import dev.kirchhoff.dse.space.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Recomputation of a logged search: objectives and violations of every design, the front and the
 * hypervolume of every round, compared bit for bit with the log.
 *
 * <pre>{@code
 * try (Verification verification = new Verification(SpecSteering.begin(spec, budget), 2)) {
 *   verification.evaluations(evaluations);
 *   verification.front(change);
 *   verification.round(round);
 *   Verification.Result result = verification.result();
 * }
 * }</pre>
 */
public final class Verification implements AutoCloseable {
  private static final int KEPT = 20;

  private final CommandFold fold;
  private final SearchState state;
  private final int threads;
  private final Runnable computed;
  private final ExecutorService pool;
  private final List<Session> sessions = new ArrayList<>();
  private final Map<Long, List<Double>> front = new TreeMap<>();
  private final List<Difference> differences = new ArrayList<>();
  private boolean frontChanged;
  private long differing;
  private long designs;
  private int rounds;

  /**
   * A figure of the log that is not what the models give.
   *
   * @param subject design, round or front that it is of, and the figure
   * @param logged its value in the log
   * @param computed its value now
   */
  public record Difference(String subject, String logged, String computed) {}

  /**
   * Result of a recomputation.
   *
   * @param designs designs that were computed again
   * @param rounds rounds whose fronts were
   * @param front members of the last front
   * @param differing figures that differ
   * @param differences the first of them
   */
  public record Result(
      long designs, int rounds, int front, long differing, List<Difference> differences) {
    public Result {
      differences = List.copyOf(differences);
    }

    /** True if every figure is equal, bit for bit. */
    public boolean isEqual() {
      return differing == 0;
    }
  }

  /** Figures of the designs of one event: by figure, then by design. */
  private record Figures(
      double[][] values, double[][] violations, double[][] relative, float[] totals) {
    Figures(int objectives, int constraints, int count) {
      this(
          new double[count][objectives],
          new double[count][constraints],
          new double[count][constraints],
          new float[count]);
    }
  }

  /** A recomputation with a number of threads; the steering is that before any command. */
  public Verification(Steering steering, int threads) {
    this(steering, threads, () -> {});
  }

  /**
   * A recomputation.
   *
   * @param steering that before any command
   * @param threads threads that compute designs
   * @param computed called for each design that has been computed, from any of the threads
   */
  public Verification(Steering steering, int threads, Runnable computed) {
    this.computed = computed;
    this.fold = new CommandFold(steering);
    this.state = new SearchState(steering.terms(), new SilentSink());
    this.threads = threads;
    this.pool = Executors.newFixedThreadPool(threads);
    makeSessions();
  }

  private void makeSessions() {
    sessions.clear();
    for (int t = 0; t < threads; t++) {
      sessions.add(problem().newSession());
    }
  }

  private Problem problem() {
    return fold.problem();
  }

  /**
   * Applies a command again, as its answer says.
   *
   * @throws IllegalArgumentException if it cannot be applied again
   */
  public void ack(RunEvent.Ack event) {
    Optional<Steering.Answer> answer = fold.again(event, state);
    if (answer.isPresent() && fold.follow(answer.get(), state, threads, () -> false)) {
      makeSessions();
    }
  }

  /** Computes the designs of an event again. */
  public void evaluations(RunEvent.Evaluations event) {
    Figures figures = computed(event);
    int[] design = new int[event.knobs().length];
    for (int j = 0; j < event.count(); j++) {
      ordinals(event, j, design);
      String name = "design " + (event.first() + j);
      for (int m = 0; m < problem().objectives().size(); m++) {
        compare(
            name + ", " + problem().objectives().get(m).name(),
            event.values()[m][j],
            figures.values[j][m]);
      }
      for (int c = 0; c < problem().constraints().size(); c++) {
        compare(
            name + ", miss of " + problem().constraints().get(c),
            event.violations()[fold.steering().terms().column(c)][j],
            figures.violations[j][c]);
        compare(
            name + ", share of the miss of " + problem().constraints().get(c),
            event.shares()[fold.steering().terms().column(c)][j],
            (float) figures.relative[j][c]);
      }
      boolean isNew =
          event.first() + j == state.memo().size()
              && state.add(
                  design,
                  figures.values[j],
                  figures.violations[j],
                  figures.relative[j],
                  figures.totals[j]);
      if (!isNew) {
        differ(name, "a new design", "no new design of the space");
      }
    }
    designs += event.count();
  }

  private static void ordinals(RunEvent.Evaluations event, int j, int[] design) {
    for (int k = 0; k < design.length; k++) {
      design[k] = event.knobs()[k][j];
    }
  }

  private Figures computed(RunEvent.Evaluations event) {
    Figures figures =
        new Figures(problem().objectives().size(), problem().constraints().size(), event.count());
    List<Future<?>> running = new ArrayList<>();
    for (int t = 0; t < sessions.size(); t++) {
      int first = t;
      running.add(
          pool.submit(
              () -> {
                int[] design = new int[event.knobs().length];
                for (int j = first; j < event.count(); j += sessions.size()) {
                  ordinals(event, j, design);
                  if (problem().space().isValid(design)) {
                    figures.totals[j] =
                        IslandEvaluator.compute(
                            sessions.get(first),
                            design,
                            figures.values[j],
                            figures.violations[j],
                            figures.relative[j]);
                  }
                  computed.run();
                }
              }));
    }
    try {
      for (Future<?> future : running) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The verification was interrupted.", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
    return figures;
  }

  /** Takes a change of the front, to compare it at the end of its round. */
  public void front(RunEvent.Front event) {
    frontChanged = true;
    if (event.change().equals("left")) {
      front.remove(event.index());
    } else {
      front.put(event.index(), event.values());
    }
  }

  /** Compares the front and the hypervolume at the end of a round. */
  public void round(RunEvent.Round event) {
    state.measure();
    fold.ended(event);
    String name = "round " + event.round();
    compare(name + ", designs", event.evaluated(), state.memo().size());
    compare(name + ", members of the front", event.front(), state.fronts().whole().size());
    compare(name + ", hypervolume", event.hypervolume(), state.hypervolume());
    if (frontChanged) {
      compareFront(name);
      frontChanged = false;
    }
    rounds++;
  }

  private void compareFront(String name) {
    Map<Long, List<Double>> computed = new TreeMap<>();
    for (FrontMember member : state.front()) {
      computed.put(member.index(), member.values());
    }
    for (Map.Entry<Long, List<Double>> member : front.entrySet()) {
      List<Double> values = computed.remove(member.getKey());
      if (!Objects.equals(values, member.getValue())) {
        differ(
            name + ", member " + member.getKey(),
            member.getValue().toString(),
            values == null ? "not on the front" : values.toString());
      }
    }
    computed.forEach(
        (index, values) ->
            differ(name + ", member " + index, "not on the front", values.toString()));
  }

  /** Terms of the search after the commands so far. */
  public Steering steering() {
    return fold.steering();
  }

  /** Search so far, of the figures that are computed. */
  public ExploreResult search() {
    return state.result(ExploreResult.End.UNFINISHED, rounds, Optional.empty());
  }

  /** True if the front so far has members: then the end of a search tells their joint draws. */
  public boolean hasFront() {
    return !state.front().isEmpty();
  }

  /** Compares joint draws of the last front, as the last state tells them and as they are now. */
  public void draws(Optional<RunEvent.Draws> told, RunEvent.Draws computed) {
    if (told.isEmpty()) {
      differ("draws of the last front", "none", Integer.toString(computed.count()));
      return;
    }
    RunEvent.Draws logged = told.get();
    compare("draws of the last front", List.of(logged.count()), List.of(computed.count()));
    compare("drawn members", logged.index(), computed.index());
    compare("shares of draws on the front", logged.onFront(), computed.onFront());
    compare("shares of draws that are feasible", logged.feasible(), computed.feasible());
    compare("drawn rivals", List.of(logged.rivals()), List.of(computed.rivals()));
    compare("contests", logged.contests(), computed.contests());
  }

  /** Compares two lists up to the first place that differs. */
  private void compare(String subject, List<?> logged, List<?> computed) {
    for (int i = 0; i < Math.max(logged.size(), computed.size()); i++) {
      String before = i < logged.size() ? logged.get(i).toString() : "none";
      String after = i < computed.size() ? computed.get(i).toString() : "none";
      if (!before.equals(after)) {
        differ(subject + ", place " + (i + 1), before, after);
        return;
      }
    }
  }

  private void compare(String subject, double logged, double computed) {
    if (Double.doubleToLongBits(logged) != Double.doubleToLongBits(computed)) {
      differ(subject, text(logged), text(computed));
    }
  }

  private static String text(double value) {
    return Double.isNaN(value) ? "no value" : Double.toString(value);
  }

  private void differ(String subject, String logged, String computed) {
    differing++;
    if (differences.size() < KEPT) {
      differences.add(new Difference(subject, logged, computed));
    }
  }

  /** The result so far. */
  public Result result() {
    return new Result(designs, rounds, front.size(), differing, differences);
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
