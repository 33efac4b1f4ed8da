package dev.kirchhoff.dse.accuracy;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.mapper.simulate.PairedCount;

/** Simulates designs; used by one thread at a time. */
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
  PairedCount count(int[] ordinals, int threads);

  /** Accuracy of one design from the counts of its kind, with its estimate. */
  RunEvent.Accuracy accuracy(int[] ordinals, PairedCount count);
}
