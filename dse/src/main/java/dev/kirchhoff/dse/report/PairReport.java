package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.design.RatioError;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecDraws;
import dev.kirchhoff.dse.front.DrawnPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Comparison of two designs of one run.
 *
 * @param a the design that is compared
 * @param b the design that it is compared with
 * @param draws joint draws of the run's seed
 * @param pair the designs in these draws
 * @param errors by objective the sources that the ratio errs by
 * @param ofA nominal totals of A
 * @param ofB nominal totals of B
 */
public record PairReport(
    RunDesigns.RunDesign a,
    RunDesigns.RunDesign b,
    JointDraws draws,
    DrawnPair pair,
    List<List<RatioError>> errors,
    Totals ofA,
    Totals ofB) {

  /** Two designs of one run that run the same networks. */
  public static PairReport of(RunDesigns.RunDesign a, RunDesigns.RunDesign b) {
    JointDraws draws = JointDraws.of(a.seed());
    SpecDraws drawn = new SpecDraws(a.spec(), List.of(a.ordinals(), b.ordinals()), draws);
    List<List<RatioError>> errors =
        a.spec().objectives().stream().map(o -> drawn.errors(0, 1, o.metric())).toList();
    return new PairReport(
        a, b, draws, DrawnPair.of(drawn), errors, drawn.nominal(0), drawn.nominal(1));
  }

  /** Names of the networks that a design runs. */
  public static String networks(RunDesigns.RunDesign found) {
    return String.join(
        ", ",
        found.spec().newBinder().bind(found.ordinals()).jobs().stream()
            .map(job -> job.network().name())
            .toList());
  }

  /** The spec of both. */
  public DesignSpec spec() {
    return a.spec();
  }

  /** The comparison as {@code compare --json} prints it. */
  public Document document() {
    List<ObjectiveReport> objectives = new ArrayList<>();
    for (int m = 0; m < pair.objectives().size(); m++) {
      objectives.add(objective(m));
    }
    List<KnobDifference> differ = new ArrayList<>();
    for (int k = 0; k < spec().knobs().size(); k++) {
      if (a.ordinals()[k] != b.ordinals()[k]) {
        Knob knob = spec().knobs().get(k);
        differ.add(
            new KnobDifference(
                knob.path(), value(knob, a.ordinals()[k]), value(knob, b.ordinals()[k])));
      }
    }
    return new Document(
        a.run().text(),
        spec().name(),
        new Draws(draws.count(), draws.seed()),
        a.index(),
        b.index(),
        objectives,
        pair.aDominates(),
        pair.bDominates(),
        pair.aFeasible(),
        pair.bFeasible(),
        differ);
  }

  private ObjectiveReport objective(int m) {
    Objective objective = spec().objectives().get(m);
    DrawnPair.ByObjective by = pair.objectives().get(m);
    double ours = objective.value(ofA);
    double theirs = objective.value(ofB);
    boolean isRatio = objective.metric().axis().isLogarithmic();
    Interval interval =
        new Interval(isRatio ? ours / theirs : ours - theirs, by.low(), by.median(), by.high());
    return new ObjectiveReport(
        objective.name(),
        objective.key(),
        objective.maximise(),
        ours,
        theirs,
        isRatio ? Optional.of(interval) : Optional.empty(),
        isRatio ? Optional.empty() : Optional.of(interval),
        by.aBetter(),
        by.bBetter(),
        errors.get(m).stream()
            .map(
                error ->
                    new SourceShare(
                        error.source().model(), error.source().quantity().word(), error.share()))
            .toList());
  }

  private static Optional<JsonNode> value(Knob knob, int ordinal) {
    return ordinal != Knob.ABSENT
        ? Optional.of(SpecText.scalar(knob.values().get(ordinal)))
        : Optional.empty();
  }

  /**
   * The comparison in JSON.
   *
   * @param aDominates share of draws in which A is better in every objective
   * @param aFeasible share of draws in which A meets every limit
   */
  public record Document(
      String run,
      String name,
      Draws draws,
      long a,
      long b,
      List<ObjectiveReport> objectives,
      double aDominates,
      double bDominates,
      double aFeasible,
      double bFeasible,
      List<KnobDifference> differ) {}

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
  public record ObjectiveReport(
      String name,
      String key,
      boolean maximise,
      double a,
      double b,
      Optional<Interval> ratio,
      Optional<Interval> difference,
      double aBetter,
      double bBetter,
      List<SourceShare> sources) {}

  /** Nominal value with the interval of 95 % of draws. */
  public record Interval(double nominal, double low, double median, double high) {}

  /** Share of a model in the error of a ratio. */
  public record SourceShare(String model, String quantity, double share) {}

  /** A knob in which the designs differ; a value is absent where the design has no such knob. */
  public record KnobDifference(String path, Optional<JsonNode> a, Optional<JsonNode> b) {}
}
