package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.RunEvent;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Fold of commands into the terms of a search. Immutable: an answer depends on the commands that
 * were accepted before and on the situation alone, so that a log's acks, applied in their order,
 * end in the same terms.
 */
public interface Steering {

  /** Terms of the search now. */
  SearchTerms terms();

  /** The answer to a command; nothing is changed by asking. */
  Answer answer(RunEvent.Command command, Situation now);

  /** Change of a search's course beside its terms. */
  enum Action {
    /** None. */
    GO_ON,
    /** Nothing is evaluated until it is resumed. */
    PAUSE,
    /** The end of a pause. */
    RESUME,
    /** The end of the search. */
    STOP
  }

  /**
   * Situation that a command meets.
   *
   * @param evaluated unique designs so far
   * @param paused whether the search is paused
   * @param find index of a design; empty if it has not been evaluated
   * @param designs reads designs by index
   */
  record Situation(
      long evaluated, boolean paused, Function<int[], OptionalInt> find, DesignReader designs) {}

  /** Reader of evaluated designs. */
  interface DesignReader {
    /** The ordinals of an evaluated design. */
    int[] design(long index);
  }

  /**
   * Answer to a command.
   *
   * @param refusal why it is refused; empty if it is accepted
   * @param next the steering from here on
   * @param action what the search does at once
   * @param injected designs to evaluate in the next round
   */
  record Answer(String refusal, Steering next, Action action, List<int[]> injected) {
    public Answer {
      injected = List.copyOf(injected);
    }

    /** True if the command is accepted. */
    public boolean isAccepted() {
      return refusal.isEmpty();
    }
  }

  /** Steering of a search that takes no commands. */
  static Steering none(SearchTerms terms) {
    return new Steering() {
      @Override
      public SearchTerms terms() {
        return terms;
      }

      @Override
      public Answer answer(RunEvent.Command command, Situation now) {
        return new Answer("this search takes no commands", this, Action.GO_ON, List.of());
      }
    };
  }
}
