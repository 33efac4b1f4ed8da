package dev.kirchhoff.dse.explore;

import java.util.List;

/**
 * Result of an exploration.
 *
 * @param front members of the front by rising index
 * @param rivals designs near the front, of each technology some, by rising index: in the eyes of
 *     other models of circuits they may be on it
 * @param counts designs evaluated, requested and feasible
 * @param hypervolume hypervolume of the front, 0..1 of the run's reference box
 * @param missed for each constraint the number of evaluated designs that miss it
 * @param valueless those that miss no constraint but lack an objective
 * @param reason why the run ended
 * @param rounds rounds done
 * @param repeatBudget budget that repeats this run: equal to the designs evaluated, whatever ended
 *     it
 */
public record ExploreResult(
    List<FrontMember> front,
    List<FrontMember> rivals,
    Counts counts,
    double hypervolume,
    List<Long> missed,
    long valueless,
    End reason,
    int rounds,
    long repeatBudget) {
  public ExploreResult {
    front = List.copyOf(front);
    rivals = List.copyOf(rivals);
    missed = List.copyOf(missed);
  }

  /** Reasons for the end of a run. */
  public enum End {
    /** The budget is used up. */
    BUDGET,
    /** The time is over. */
    TIME,
    /** It was asked to stop. */
    STOPPED,
    /** Every design of the space has been evaluated. */
    EXHAUSTED,
    /** The engine found nothing new to try in a space that has more. */
    STUCK
  }

  /**
   * A design on the front.
   *
   * @param index its index in the run
   * @param ordinals its knobs
   * @param values its objectives in metric units
   */
  public record FrontMember(long index, List<Integer> ordinals, List<Double> values) {
    public FrontMember {
      ordinals = List.copyOf(ordinals);
      values = List.copyOf(values);
    }
  }
}
