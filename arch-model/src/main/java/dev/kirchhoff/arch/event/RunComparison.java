package dev.kirchhoff.arch.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Comparison of two runs by their fronts, from their logs. Only runs of one workload, one model
 * version and at least one common objective are compared: others have no common measure. Where the
 * lists of objectives differ, both fronts are projected onto the objectives that both runs have: of
 * each run those members are compared that no other dominates by these alone.
 *
 * @param a the run that is compared
 * @param b the run that it is compared with
 * @param onlyA names of the objectives of A alone
 * @param onlyB names of the objectives of B alone
 * @param common members of both fronts with equal values
 * @param best the best value of each objective of both
 * @param underBoth the runs by the limits of both, where these differ
 * @param knobs knobs that both have by their values among the members that are compared, those that
 *     differ the most first
 * @param differ places in which the resolved specs differ
 */
public record RunComparison(
    Side a,
    Side b,
    List<String> onlyA,
    List<String> onlyB,
    int common,
    List<BestPair> best,
    Optional<UnderBoth> underBoth,
    List<KnobShares> knobs,
    List<SpecDifference> differ) {
  public RunComparison {
    onlyA = List.copyOf(onlyA);
    onlyB = List.copyOf(onlyB);
    best = List.copyOf(best);
    knobs = List.copyOf(knobs);
    differ = List.copyOf(differ);
  }

  /**
   * A run of the pair.
   *
   * @param evaluated designs up to the last whole round
   * @param members members of the front
   * @param compared members that are compared: those on the front of the common objectives
   * @param hypervolume hypervolume of these as a share of the box around both fronts, 0..1
   * @param dominated share of these that one of the other run dominates, 0..1
   * @param strongest the one that dominates the most of the other run; absent where none dominates
   *     any
   */
  public record Side(
      String run,
      String name,
      String state,
      long seed,
      String engine,
      long evaluated,
      int members,
      int compared,
      double hypervolume,
      double dominated,
      Optional<Long> strongest) {}

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

  /**
   * Two runs by the limits of both: of each the feasible designs that meet those of the other too,
   * by recorded figures.
   *
   * @param limits limits that one run alone has, of two on one figure the tighter
   * @param unjudged limits of one run alone whose figure a run has not recorded, which judge
   *     nothing
   */
  public record UnderBoth(
      List<String> limits, List<String> unjudged, Judged a, Judged b, List<BestPair> best) {
    public UnderBoth {
      limits = List.copyOf(limits);
      unjudged = List.copyOf(unjudged);
      best = List.copyOf(best);
    }
  }

  /**
   * A run by the limits of both.
   *
   * @param meeting designs that meet them
   * @param members those on the front of the common objectives
   * @param hypervolume hypervolume of these as a share of the box around both fronts, 0..1
   * @param dominated share of these that one of the other run dominates, 0..1
   * @param strongest the one that dominates the most of the other run; absent where none does
   */
  public record Judged(
      long meeting, int members, double hypervolume, double dominated, Optional<Long> strongest) {}

  /**
   * A knob, or all of its layers.
   *
   * @param values its values, those that differ the most first
   */
  public record KnobShares(String path, List<ValueShare> values) {
    public KnobShares {
      values = List.copyOf(values);
    }
  }

  /**
   * A value of a knob.
   *
   * @param a share of the members of A that have it, 0..1
   * @param b share of the members of B that have it
   */
  public record ValueShare(String value, double a, double b) {}
}
