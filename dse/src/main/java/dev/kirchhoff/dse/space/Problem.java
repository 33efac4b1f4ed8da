package dev.kirchhoff.dse.space;

import dev.kirchhoff.arch.result.Objective;
import java.util.List;

/**
 * Search problem: a space, two to four objectives, and constraints. Immutable and shared by all
 * threads.
 */
public interface Problem {

  /** All designs. */
  DesignSpace space();

  /** Objectives, in the order of values. */
  List<Objective> objectives();

  /** Texts of the constraints, in the order of violations. */
  List<String> constraints();

  /** A new session for one thread. */
  Session newSession();
}
