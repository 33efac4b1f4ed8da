package dev.kirchhoff.dse.explore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.engine.Engine;
import dev.kirchhoff.dse.engine.Round;
import dev.kirchhoff.dse.explore.ExploreResult.End;
import dev.kirchhoff.dse.space.LatinHypercube;
import dev.kirchhoff.dse.space.Problem;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Explorer of a space, in rounds. In a round each island chooses and evaluates designs by itself,
 * against the memo and the fronts as they were when the round began; at the barrier the islands are
 * merged in their order, so the result does not depend on threads.
 *
 * <p>Round 0 evaluates the start and 15 designs spread over the space, the same for every engine
 * that searches and every seed. The budget counts unique designs and is never exceeded: as soon as
 * a round could exceed it, the islands run one after the other and stop at the design that uses it
 * up. A run whose budget is the number of designs of another run with the same seed and islands
 * repeats that run.
 *
 * <pre>{@code
 * ExploreSettings settings =
 *     new ExploreSettings(new RandomEngine(), 1, 3_000, 2, 2, Optional.empty());
 * ExploreResult result = new Explorer(problem, settings, sink, Clock.systemUTC()).run();
 * }</pre>
 */
public final class Explorer {
  private static final int SPREAD = 15;

  /** Rivals of a technology (chosen): a dozen technologies are drawn within a second. */
  static final int RIVALS = 20;

  private static final long SPREAD_SEED = 1;
  private static final long PROGRESS_MS = 100;

  private final Problem problem;
  private final ExploreSettings settings;
  private final RunSink sink;
  private final Clock clock;
  private final SearchState state;
  private final List<IslandEvaluator> islands = new ArrayList<>();
  private final List<Engine.Searcher> searchers = new ArrayList<>();
  private final List<JsonNode> states = new ArrayList<>();
  private volatile boolean stop;
  private int round;
  private long progressAt;

  /** Prepares an exploration. */
  public Explorer(Problem problem, ExploreSettings settings, RunSink sink, Clock clock) {
    this.problem = problem;
    this.settings = settings;
    this.sink = sink;
    this.clock = clock;
    this.state = new SearchState(problem, sink);
    for (int i = 0; i < settings.islands(); i++) {
      islands.add(new IslandEvaluator(problem, state.memo(), () -> stop));
      searchers.add(settings.engine().searcher(problem));
      states.add(MissingNode.getInstance());
    }
  }

  /**
   * Asks the run to stop: before the next computation of a design. The round it is in is void. From
   * any thread.
   */
  public void requestStop() {
    stop = true;
  }

  /**
   * Reads logged evaluations again, before {@link #run}; nothing is told.
   *
   * @throws IllegalArgumentException if they do not continue the run, or the model disagrees with
   *     them
   */
  public void replay(RunEvent.Evaluations event) {
    state.replay(event);
  }

  /**
   * Reads the end of a logged round again, after its evaluations; {@link #run} goes on from the
   * last.
   *
   * @throws IllegalArgumentException if it does not match the evaluations, or the number of islands
   */
  public void replay(RunEvent.Round event) {
    if (event.engineState().size() != settings.islands()) {
      throw new IllegalArgumentException(
          "The run has "
              + event.engineState().size()
              + " islands, not "
              + settings.islands()
              + ".");
    }
    state.replay(event);
    for (int i = 0; i < settings.islands(); i++) {
      JsonNode state = event.engineState().get(i);
      states.set(i, state.isNull() ? MissingNode.getInstance() : state);
    }
    round = event.round() + 1;
  }

  /** The front now: after the last logged round that was read again, or at the end. */
  public List<ExploreResult.FrontMember> front() {
    return state.front();
  }

  /** Runs until the budget or the space is used up, the time is over, or it is asked to stop. */
  public ExploreResult run() {
    long deadline =
        settings.time().map(time -> clock.millis() + time.toMillis()).orElse(Long.MAX_VALUE);
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(settings.threads(), settings.islands()));
    End end;
    try {
      end = rounds(threads, deadline);
    } finally {
      threads.shutdownNow();
    }
    return new ExploreResult(
        state.front(),
        state.rivals(RIVALS),
        state.counts(),
        state.hypervolume(),
        state.missed(),
        state.valueless(),
        end,
        round,
        state.memo().size());
  }

  private End rounds(ExecutorService threads, long deadline) {
    BigInteger size = problem.space().size();
    while (true) {
      if (stop) {
        return End.STOPPED;
      }
      if (size.equals(BigInteger.valueOf(state.memo().size()))) {
        return End.EXHAUSTED;
      }
      if (state.memo().size() >= settings.budget()) {
        return End.BUDGET;
      }
      if (round > 0 && clock.millis() >= deadline) {
        return End.TIME;
      }
      int added;
      try {
        added = round == 0 && settings.engine().opensWithSpread() ? first() : search(threads);
      } catch (IslandEvaluator.StopRequest stopped) {
        return End.STOPPED;
      }
      endRound();
      if (added == 0) {
        return End.STUCK;
      }
    }
  }

  private void endRound() {
    state.measure();
    state.publishFront();
    Counts counts = state.counts();
    ArrayNode engineState = JsonNodeFactory.instance.arrayNode();
    states.forEach(
        state -> engineState.add(state.isMissingNode() ? engineState.nullNode() : state));
    sink.round(
        new RunEvent.Round(
            round,
            counts.evaluated(),
            counts.requested(),
            state.fronts().whole().size(),
            state.hypervolume(),
            engineState));
    long now = clock.millis();
    if (now - progressAt >= PROGRESS_MS) {
      progressAt = now;
      sink.progress(
          new RunSink.Progress(counts, state.fronts().whole().size(), state.hypervolume(), round));
    }
    round++;
  }

  private int left() {
    return (int) Math.min(Integer.MAX_VALUE, settings.budget() - state.memo().size());
  }

  /** Round 0: the start, and designs spread over the space. */
  private int first() {
    IslandEvaluator island = islands.get(0);
    island.begin(SPREAD + 1, left(), List.of());
    island.evaluate(problem.space().start());
    for (int[] design : LatinHypercube.designs(problem.space(), SPREAD, SPREAD_SEED)) {
      island.evaluate(design);
    }
    return state.merge(island, round, 0);
  }

  private int search(ExecutorService threads) {
    int quota = settings.engine().quota(state.memo().size(), settings.islands());
    if ((long) quota * settings.islands() > left()) {
      return searchInTurn(quota);
    }
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < islands.size(); i++) {
      int number = i;
      islands.get(i).begin(quota, Integer.MAX_VALUE, List.of());
      running.add(threads.submit(() -> search(number)));
    }
    RuntimeException first = null;
    for (Future<?> future : running) {
      RuntimeException failure = failure(future);
      if (first == null || first instanceof IslandEvaluator.StopRequest && failure != null) {
        first = failure;
      }
    }
    if (first != null) {
      throw first;
    }
    int added = 0;
    for (int i = 0; i < islands.size(); i++) {
      added += state.merge(islands.get(i), round, i);
    }
    return added;
  }

  private RuntimeException failure(Future<?> future) {
    try {
      future.get();
      return null;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stop = true;
      return new IllegalStateException("The search was interrupted.", interrupted);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        return cause;
      }
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      return new IllegalStateException(failed.getCause());
    }
  }

  /**
   * The last rounds: an island may compute what the islands before it have left of the budget.
   * Designs that they found in this round do not use it up, exactly as when all islands run at once
   * and are merged.
   */
  private int searchInTurn(int quota) {
    int unique = 0;
    int left = left();
    List<IslandEvaluator> done = new ArrayList<>();
    for (int i = 0; i < islands.size(); i++) {
      IslandEvaluator island = islands.get(i);
      island.begin(quota, left - unique, done);
      if (unique < left) {
        search(i);
      }
      unique += island.unique();
      done.add(island);
    }
    int added = 0;
    for (int i = 0; i < islands.size(); i++) {
      added += state.merge(islands.get(i), round, i);
    }
    return added;
  }

  private void search(int number) {
    Round from =
        new Round(
            round,
            number,
            settings.islands(),
            Round.seed(settings.seed(), round, number),
            state.fronts().copy(),
            islands.get(number));
    states.set(number, searchers.get(number).search(states.get(number), from));
  }
}
