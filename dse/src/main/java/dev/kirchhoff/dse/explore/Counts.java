package dev.kirchhoff.dse.explore;

import dev.kirchhoff.arch.event.RunEvent;

/**
 * Designs of a run.
 *
 * @param evaluated unique designs whose constraints or objectives were computed
 * @param requested designs asked for, repeats included
 * @param feasible evaluated designs that meet every constraint and have every objective
 */
public record Counts(long evaluated, long requested, long feasible) {

  /** Rows of a large sweep. */
  static Counts of(RunEvent.Swept rows) {
    return new Counts(rows.rows(), rows.rows(), rows.feasible());
  }
}
