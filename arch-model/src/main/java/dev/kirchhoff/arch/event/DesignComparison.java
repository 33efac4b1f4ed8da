package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Comparison of two designs A and B in joint draws of the models' errors, of one run or of two runs
 * of the same networks and at least one common objective. Differences within one per cent count as
 * none.
 *
 * @param otherRun the run of B, where it is another
 * @param objectives the objectives that both runs have
 * @param onlyA names of the objectives of A's run alone
 * @param onlyB names of the objectives of B's run alone
 * @param aDominates share of draws in which A is better in some objective and worse in none
 * @param aFeasible share of draws in which A meets every limit of its run
 * @param missed limits that either misses in some draws, the most often missed first
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
    List<String> onlyA,
    List<String> onlyB,
    double aDominates,
    double bDominates,
    double aFeasible,
    double bFeasible,
    List<MissedLimit> missed,
    List<String> notes,
    List<SpecDifference> differ,
    List<PartPair> parts) {
  public DesignComparison {
    objectives = List.copyOf(objectives);
    onlyA = List.copyOf(onlyA);
    onlyB = List.copyOf(onlyB);
    missed = List.copyOf(missed);
    notes = List.copyOf(notes);
    differ = List.copyOf(differ);
    parts = List.copyOf(parts);
  }

  /** Joint draws of the models' errors. */
  public record Draws(int count, long seed) {}

  /** Outcome of a comparison by one objective. */
  public enum Verdict {
    /** One figure, in every draw. */
    SAME("same"),
    /** Equal within one per cent in 95 % of draws or more. */
    EQUAL("equal"),
    /** A is better in 95 % of draws or more. */
    A_BETTER("aBetter"),
    B_BETTER("bBetter"),
    /** A is better in more draws than B, in fewer than 95 %: the sources do not tell them apart. */
    A_AHEAD("aAhead"),
    B_AHEAD("bAhead"),
    /** One of them has no such figure. */
    NONE("none");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    /** Name in results. */
    @JsonValue
    public String word() {
      return word;
    }
  }

  /**
   * A limit that designs miss in some draws.
   *
   * @param limit the limit in words
   * @param a share of draws in which A misses it; absent where A's run has no such limit
   * @param b share of draws in which B misses it
   */
  public record MissedLimit(String limit, OptionalDouble a, OptionalDouble b) {}

  /**
   * An objective of both.
   *
   * @param ratio A over B, of an objective on a logarithmic axis
   * @param difference A less B, of an objective on a linear axis
   * @param within difference that counts as none: of a ratio 0.01, else in the unit of the metric
   * @param aBetter share of draws in which A is better by more than that
   * @param bBetter share of draws in which B is; in the rest they are equal within it
   * @param verdict outcome
   * @param modelled whether an error is modelled for the figure of either; without one each draw
   *     has the nominal figures
   * @param sources sources of the ratio's error; none where errors cancel or none is modelled
   */
  public record ByObjective(
      String name,
      String key,
      boolean maximise,
      double a,
      double b,
      Optional<Interval> ratio,
      Optional<Interval> difference,
      double within,
      double aBetter,
      double bBetter,
      Verdict verdict,
      boolean modelled,
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
