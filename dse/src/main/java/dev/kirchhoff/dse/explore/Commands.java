package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.RunEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Commands that reach a search from outside, or from the log of a search that is repeated. */
public interface Commands {

  /** No commands. */
  Commands NONE =
      new Commands() {
        @Override
        public boolean isWaiting() {
          return false;
        }

        @Override
        public List<RunEvent.Command> take(int rounds) {
          return List.of();
        }

        @Override
        public boolean await() {
          return false;
        }
      };

  /** True if a command waits to be taken; asked after every evaluation, from any thread. */
  boolean isWaiting();

  /**
   * Takes the commands that apply now, in their order.
   *
   * @param rounds rounds done
   */
  List<RunEvent.Command> take(int rounds);

  /**
   * Waits for a command, a fraction of a second at most.
   *
   * @return false if none will come any more
   * @throws InterruptedException if interrupted
   */
  boolean await() throws InterruptedException;

  /** A command was answered, and the answer is recorded. */
  default void answered(RunEvent.Ack answer) {}

  /**
   * Ends of a round that is repeated, as its event told them ({@link RunEvent.Round#cuts}); empty
   * if nothing cut it.
   *
   * @param round number of the round
   */
  default Optional<List<OptionalInt>> cuts(int round) {
    return Optional.empty();
  }
}
