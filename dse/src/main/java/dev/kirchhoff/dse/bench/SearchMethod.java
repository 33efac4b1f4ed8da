package dev.kirchhoff.dse.bench;

import dev.kirchhoff.dse.space.Problem;

/**
 * A way to search, by its name. Engines are methods ({@link EngineMethod}); others register as
 * services on the class path.
 */
public interface SearchMethod {

  /** Name in tables and on the command line. */
  String name();

  /**
   * Searches until the trace is complete or nothing is left to try.
   *
   * @param problem the problem, with memos of its own
   * @param seed root of all randomness
   * @param trace takes every unique design and the end of every round
   */
  void search(Problem problem, long seed, SearchTrace trace);
}
