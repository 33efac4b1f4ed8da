package dev.kirchhoff.dse.explore;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Result of an exploration.
 *
 * @param front members of the front by rising index
 * @param rivals designs near the front, some from each niche, by rising index: under other circuit
 *     models they may be on it
 * @param excluded designs that commands took off the front, by rising index
 * @param nearest the infeasible design of least violation; empty without one
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
    List<Long> excluded,
    Optional<FrontMember> nearest,
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
    excluded = List.copyOf(excluded);
    missed = List.copyOf(missed);
  }

  /** Reasons for the end of a run. */
  public enum End {
    /** The budget is used up. */
    BUDGET("the budget is used up"),
    /** The time is over. */
    TIME("the time is over"),
    /** It was asked to stop. */
    STOPPED("it was stopped"),
    /** Every design of the space has been evaluated. */
    EXHAUSTED("every design is evaluated"),
    /** The engine found nothing new to try in a space that has more. */
    STUCK("the engine found nothing new to try"),
    /** It goes on, or was interrupted. */
    UNFINISHED("it has not ended");

    private final String words;

    End(String words) {
      this.words = words;
    }

    /** Reason in words, as the last state of a run's log gives it. */
    public String words() {
      return words;
    }

    /** The end whose words these are; {@link #UNFINISHED} if they are of none. */
    public static End of(String words) {
      return Arrays.stream(values())
          .filter(end -> end.words.equals(words))
          .findFirst()
          .orElse(UNFINISHED);
    }
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
