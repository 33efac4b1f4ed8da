package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.explore.ExploreResult.FrontMember;
import java.util.List;

/**
 * Result of a sweep.
 *
 * @param evaluated rows
 * @param feasible rows that meet every constraint and have every value
 * @param missed for each constraint the number of rows that miss it
 * @param valueless those that miss no constraint but lack a value
 * @param front the front, by rising index; empty if none was asked for
 * @param complete whether all rows were done; false after a stop
 */
public record SweepResult(
    long evaluated,
    long feasible,
    List<Long> missed,
    long valueless,
    List<FrontMember> front,
    boolean complete) {
  public SweepResult {
    missed = List.copyOf(missed);
    front = List.copyOf(front);
  }
}
