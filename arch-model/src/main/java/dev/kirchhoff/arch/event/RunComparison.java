package dev.kirchhoff.arch.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Comparison of two runs by their fronts, from their logs. Only runs of one workload, one list of
 * objectives and one model version are compared: others have no common measure.
 *
 * @param a the run that is compared
 * @param b the run that it is compared with
 * @param common members of both fronts with equal values
 * @param best the best value of each objective
 * @param differ places in which the resolved specs differ
 */
public record RunComparison(
    Side a, Side b, int common, List<BestPair> best, List<SpecDifference> differ) {

  /**
   * A run of the pair.
   *
   * @param evaluated designs up to the last whole round
   * @param members members of the front
   * @param hypervolume hypervolume of the front as a share of the box around both fronts, 0..1
   * @param dominated share of the members that a member of the other front dominates, 0..1
   */
  public record Side(
      String run,
      String name,
      String state,
      long seed,
      String engine,
      long evaluated,
      int members,
      double hypervolume,
      double dominated) {}

  /**
   * Best values of an objective on both fronts.
   *
   * @param a best value of A; absent where its front is empty
   * @param aIndex design of A that has it
   * @param ratio A over B, of an objective on a logarithmic axis
   * @param difference A less B, of an objective on a linear axis
   */
  public record BestPair(
      String name,
      String key,
      boolean maximise,
      OptionalDouble a,
      Optional<Long> aIndex,
      OptionalDouble b,
      Optional<Long> bIndex,
      OptionalDouble ratio,
      OptionalDouble difference) {}
}
