package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.space.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Commands so far of one search, folded: its steering, and the designs that wait for the next
 * round. Searches, replays and verifications apply commands through it, so that they agree.
 */
final class CommandFold {
  private static final String PAUSE = "pause";

  private final List<int[]> injected = new ArrayList<>();
  private Steering steering;

  CommandFold(Steering steering) {
    this.steering = steering;
  }

  Steering steering() {
    return steering;
  }

  Problem problem() {
    return steering.terms().problem();
  }

  /** Designs to evaluate in the next round. */
  List<int[]> injected() {
    return injected;
  }

  /** Takes the end of a round, which has evaluated the injected designs unless it was the first. */
  void ended(RunEvent.Round round) {
    if (round.round() > 0) {
      injected.clear();
    }
  }

  /** The answer to a command. */
  Steering.Answer answer(RunEvent.Command command, SearchState state, boolean paused) {
    return steering.answer(
        command,
        new Steering.Situation(
            state.memo().size() + injected.size(), paused, state::find, state::ordinals));
  }

  /**
   * Follows an accepted answer.
   *
   * @param threads threads that may evaluate designs again
   * @param stop asked between evaluations
   * @return whether the problem is another one
   */
  boolean follow(Steering.Answer answer, SearchState state, int threads, BooleanSupplier stop) {
    SearchTerms next = answer.next().terms();
    boolean isOther = next.problem() != problem();
    if (isOther || !next.excluded().equals(steering.terms().excluded())) {
      state.restate(next, threads, stop);
    }
    steering = answer.next();
    injected.addAll(answer.injected());
    return isOther;
  }

  /**
   * The answer to a logged command that changed the terms. Refused commands, pauses and stops did
   * not: the run went on after them.
   *
   * @throws IllegalArgumentException if the command cannot be applied again
   */
  Optional<Steering.Answer> again(RunEvent.Ack ack, SearchState state) {
    if (!ack.accepted()) {
      return Optional.empty();
    }
    RunEvent.Command command;
    try {
      command = (RunEvent.Command) EventJson.data(RunEvent.Command.TYPE, ack.applied());
    } catch (EventFormatException e) {
      throw new IllegalArgumentException(
          "Command " + ack.command() + " of the log cannot be read: " + e.getMessage(), e);
    }
    if (ack.atIndex() != state.memo().size()) {
      throw new IllegalArgumentException(
          "Command "
              + ack.command()
              + " of the log applies after "
              + ack.atIndex()
              + " designs, but "
              + state.memo().size()
              + " are there.");
    }
    Steering.Answer answer = answer(command, state, !PAUSE.equals(command.kind()));
    if (answer.action() != Steering.Action.GO_ON) {
      return Optional.empty();
    }
    if (!answer.isAccepted()) {
      throw new IllegalArgumentException(
          "Command " + ack.command() + " of the log is refused now: " + answer.refusal() + ".");
    }
    return Optional.of(answer);
  }
}
