package dev.kirchhoff.dse.accuracy;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.mapper.simulate.PairedCount;
import java.util.List;

/** Simulator of designs, safe for several threads. */
public interface Simulation {

  /**
   * Key of the counts of a design: designs with equal keys need one simulation.
   *
   * @throws IllegalArgumentException if the design cannot be simulated; the message says why
   */
  Object kindOf(int[] ordinals);

  /**
   * Runs the samples on chips of a design, for seconds.
   *
   * @param threads threads to run on; the counts do not depend on them
   * @throws IllegalArgumentException if the design cannot be simulated; the message says why
   */
  PairedCount count(Member design, int threads);

  /**
   * Announces designs whose counts are wanted next, so that a simulation which is done elsewhere
   * can begin with all of them.
   */
  default void expect(List<Member> designs) {
    // One that is done here begins when it is asked.
  }

  /** False while the count of a design that was announced is on its way. */
  default boolean isReady(Member design) {
    return true;
  }

  /** Number of designs that could be begun beside those that are announced and not counted yet. */
  default int free() {
    return 0;
  }

  /** Accuracy of one design from the counts of its kind, with its estimate. */
  RunEvent.Accuracy accuracy(int[] ordinals, PairedCount count);
}
