package dev.kirchhoff.arch.event;

import java.util.List;

/**
 * A run by its header and its front, as a reader of its events knows them.
 *
 * @param run id of the run
 * @param header its header
 * @param state its state in words
 * @param evaluated designs up to the last whole round
 * @param members members of the front, by rising index
 */
public record RunFront(
    String run, RunEvent.Run header, String state, long evaluated, List<Member> members) {
  public RunFront {
    members = List.copyOf(members);
  }

  /**
   * A member of a front.
   *
   * @param index index of the design in the run
   * @param values values of the objectives
   */
  public record Member(long index, List<Double> values) {
    public Member {
      values = List.copyOf(values);
    }
  }
}
