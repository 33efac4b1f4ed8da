package dev.kirchhoff.arch.event;

import java.util.List;
import java.util.Set;

/**
 * A run by its header and its front, as a reader of its events knows them.
 *
 * @param run id of the run
 * @param header its header
 * @param state its state in words
 * @param evaluated designs up to the last whole round
 * @param members members of the front, by rising index
 * @param feasible designs that meet the run's limits, by rising index; empty unless they are to be
 *     judged by the limits of another run
 */
public record RunFront(
    String run,
    RunEvent.Run header,
    String state,
    long evaluated,
    List<Member> members,
    List<Candidate> feasible) {
  public RunFront {
    members = List.copyOf(members);
    feasible = List.copyOf(feasible);
  }

  /**
   * A member of a front.
   *
   * @param index index of the design in the run
   * @param values values of the objectives
   * @param ordinals ordinals of its knobs, in the order of the header; −1 = it has no such knob
   */
  public record Member(long index, List<Double> values, List<Integer> ordinals) {
    public Member {
      values = List.copyOf(values);
      ordinals = List.copyOf(ordinals);
    }
  }

  /**
   * A design that other limits may judge.
   *
   * @param values values of the objectives; NaN = none
   * @param metrics recorded metrics, in the order of the header; NaN = none
   */
  public record Candidate(long index, List<Double> values, List<Double> metrics) {
    public Candidate {
      values = List.copyOf(values);
      metrics = List.copyOf(metrics);
    }
  }

  /** True if both runs have the same limits, so that neither has to be judged by the other's. */
  public static boolean haveSameLimits(RunEvent.Run a, RunEvent.Run b) {
    return Set.copyOf(a.constraints()).equals(Set.copyOf(b.constraints()));
  }
}
