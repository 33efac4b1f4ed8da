package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.engine.Engine;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of an exploration.
 *
 * @param engine chooses the designs
 * @param seed root of all randomness
 * @param budget unique designs to evaluate at most
 * @param islands searches side by side; part of the result, unlike threads
 * @param threads threads that run the islands; the result does not depend on it
 * @param time after this time no further design is computed, but the first
 * @param warmStart designs that the first round has besides its own
 */
public record ExploreSettings(
    Engine engine,
    long seed,
    long budget,
    int islands,
    int threads,
    Optional<Duration> time,
    Optional<RunEvent.WarmStart> warmStart) {
  /** Designs of a run at most. */
  public static final long MOST_DESIGNS = 20_000_000;

  /** An exploration without earlier designs. */
  public ExploreSettings(
      Engine engine, long seed, long budget, int islands, int threads, Optional<Duration> time) {
    this(engine, seed, budget, islands, threads, time, Optional.empty());
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if budget, islands or threads are not positive
   */
  public ExploreSettings {
    if (budget < 1 || islands < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "The budget ("
              + budget
              + "), islands ("
              + islands
              + ") and threads ("
              + threads
              + ") must be positive.");
    }
  }
}
