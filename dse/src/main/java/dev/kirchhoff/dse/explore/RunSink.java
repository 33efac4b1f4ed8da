package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.RunEvent;

/**
 * Receiver of what happens in a run, from one thread, in an order that depends on spec, seed,
 * budget and islands alone: per round the evaluations, the net changes of the front, then the round
 * itself. Only {@link #progress} is called by the clock.
 */
public interface RunSink {

  /** Evaluated designs, in columns, at most 1,024. */
  void evaluations(RunEvent.Evaluations event);

  /** A design that entered or left the front; those that left come first, each by rising index. */
  void front(RunEvent.Front event);

  /** The end of a round. All that happened in it has been reported. */
  void round(RunEvent.Round event);

  /** The answer to a command, before anything that follows from it. */
  default void ack(RunEvent.Ack event) {}

  /**
   * The search goes on in another state or under other terms.
   *
   * @param command id of the command; empty when logged commands have been read again
   * @param paused whether it is paused
   * @param terms what it is asked to do
   */
  default void steered(String command, boolean paused, SearchTerms terms) {}

  /** Reports the progress of the run; at most ten times a second. */
  default void progress(Progress progress) {}

  /** Name of a design in front events. */
  String designId(int[] ordinals);

  /**
   * Progress of a run.
   *
   * @param counts designs of whole rounds
   * @param inHand further designs, of the round in hand; those that several islands found count for
   *     each
   * @param front members of the front
   * @param hypervolume hypervolume, 0..1
   * @param round last round
   */
  record Progress(Counts counts, int inHand, int front, double hypervolume, int round) {
    /** Designs evaluated, those of the round in hand included. */
    public long evaluated() {
      return counts.evaluated() + inHand;
    }
  }
}
