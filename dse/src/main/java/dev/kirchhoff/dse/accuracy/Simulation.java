package dev.kirchhoff.dse.accuracy;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.mapper.simulate.PairedCount;

/** Simulates designs; used by one thread at a time. */
public interface Simulation {

  /**
   * What decides the counts of a design: designs of equal kinds need one simulation.
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

  /** What the counts say of one design of their kind, with its estimate beside them. */
  RunEvent.Accuracy accuracy(int[] ordinals, PairedCount count);
}
