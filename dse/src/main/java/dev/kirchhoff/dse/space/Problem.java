package dev.kirchhoff.dse.space;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Objective;
import java.util.List;

/**
 * Search problem: a space, objectives, of which two to four span the front, and constraints.
 * Immutable and shared by all threads.
 */
public interface Problem {

  /** All designs. */
  DesignSpace space();

  /** Objectives, in the order of values. */
  List<Objective> objectives();

  /** Number of objectives, the first ones, that span the front; the others are only kept. */
  default int frontObjectives() {
    return objectives().size();
  }

  /** Texts of the constraints, in the order of violations. */
  List<String> constraints();

  /** Figures that a session gives of every design beside these. */
  default RunEvent.Recorded recorded() {
    return RunEvent.Recorded.NONE;
  }

  /** A new session for one thread. */
  Session newSession();
}
