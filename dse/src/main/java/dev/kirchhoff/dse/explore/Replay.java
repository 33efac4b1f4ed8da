package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * State of a search read again from its log, without searching: front, rivals and counts after its
 * last whole round.
 *
 * <pre>{@code
 * Replay replay = new Replay(SpecSteering.begin(spec, budget));
 * replay.evaluations(evaluations);
 * replay.round(round);
 * ExploreResult result = replay.result(ExploreResult.End.BUDGET);
 * }</pre>
 */
public final class Replay {
  private final CommandFold fold;
  private final SearchState state;
  private final List<RunEvent.Evaluations> pending = new ArrayList<>();
  private int rounds;

  /** A search of which nothing is read, with its steering before any command. */
  public Replay(Steering steering) {
    this.fold = new CommandFold(steering);
    this.state = new SearchState(steering.terms(), new SilentSink());
  }

  /** Terms of the search after the commands so far. */
  public Steering steering() {
    return fold.steering();
  }

  /**
   * Takes an event of the log, if the search follows from it.
   *
   * @throws IllegalArgumentException if it does not continue the search
   */
  public void take(RunEvent event) {
    if (event instanceof RunEvent.Evaluations evaluations) {
      evaluations(evaluations);
    } else if (event instanceof RunEvent.Round round) {
      round(round);
    } else if (event instanceof RunEvent.Ack ack) {
      ack(ack);
    }
  }

  /**
   * Takes the answer to a command.
   *
   * @throws IllegalArgumentException if the command cannot be applied again
   */
  public void ack(RunEvent.Ack event) {
    int threads = Runtime.getRuntime().availableProcessors();
    fold.again(event, state).ifPresent(answer -> fold.follow(answer, state, threads, () -> false));
  }

  /** Takes evaluations, which count once their round has ended. */
  public void evaluations(RunEvent.Evaluations event) {
    pending.add(event);
  }

  /**
   * Takes the end of a round.
   *
   * @throws IllegalArgumentException if it does not match the evaluations
   */
  public void round(RunEvent.Round event) {
    pending.forEach(state::replay);
    pending.clear();
    state.replay(event);
    fold.ended(event);
    rounds = event.round() + 1;
  }

  /** The result so far. */
  public ExploreResult result(ExploreResult.End end) {
    return state.result(end, rounds, Optional.empty());
  }
}
