package dev.kirchhoff.arch.event;

import java.util.List;
import java.util.Optional;

/**
 * Comparison of two designs A and B in joint draws of the models' errors, of one run or of two runs
 * of the same networks and objectives.
 *
 * @param otherRun the run of B, where it is another
 * @param aDominates share of draws in which A is better in every objective
 * @param aFeasible share of draws in which A meets every limit of its run
 * @param notes conditions that comparable figures should share and these do not
 * @param differ knobs that differ; of designs of two runs the values of their resolved specs
 */
public record DesignComparison(
    String run,
    String name,
    Optional<String> otherRun,
    Draws draws,
    long a,
    long b,
    List<ByObjective> objectives,
    double aDominates,
    double bDominates,
    double aFeasible,
    double bFeasible,
    List<String> notes,
    List<SpecDifference> differ,
    List<PartPair> parts) {
  public DesignComparison {
    objectives = List.copyOf(objectives);
    notes = List.copyOf(notes);
    differ = List.copyOf(differ);
    parts = List.copyOf(parts);
  }

  /** Joint draws of the models' errors. */
  public record Draws(int count, long seed) {}

  /**
   * An objective of both.
   *
   * @param ratio A over B, of an objective on a logarithmic axis
   * @param difference A less B, of an objective on a linear axis
   * @param aBetter share of draws in which A is better
   * @param sources sources of the ratio's error
   */
  public record ByObjective(
      String name,
      String key,
      boolean maximise,
      double a,
      double b,
      Optional<Interval> ratio,
      Optional<Interval> difference,
      double aBetter,
      double bBetter,
      List<SourceShare> sources) {
    public ByObjective {
      sources = List.copyOf(sources);
    }
  }

  /** Nominal value with the interval of 95 % of draws. */
  public record Interval(double nominal, double low, double median, double high) {}

  /** Share of a model in the error of a ratio. */
  public record SourceShare(String model, String quantity, double share) {}
}
