package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.DesignComparison;
import dev.kirchhoff.arch.event.PartPair;
import dev.kirchhoff.arch.event.SpecDifference;
import dev.kirchhoff.arch.result.BandEnd;
import dev.kirchhoff.arch.result.JointDraws;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.result.Totals;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.dse.design.RatioError;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecDraws;
import dev.kirchhoff.dse.design.SpecExplainer;
import dev.kirchhoff.dse.front.DrawnDesigns;
import dev.kirchhoff.dse.front.DrawnPair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Comparison of two designs of one run, or of two runs of the same networks, on the objectives that
 * both runs have. Errors are drawn jointly in either case: a draw gives a circuit model one factor
 * wherever it is used.
 *
 * @param a the design that is compared
 * @param b the design that it is compared with
 * @param draws joint draws of the run's seed
 * @param pair the designs in these draws, by the objectives that both runs have
 * @param errors by objective the sources that the ratio errs by
 * @param modelled by objective whether an error is modelled for the figure of either
 * @param missed limits that either misses in some draws, the most often missed first
 * @param ofA nominal totals of A
 * @param ofB nominal totals of B
 */
public record PairReport(
    RunDesigns.RunDesign a,
    RunDesigns.RunDesign b,
    JointDraws draws,
    DrawnPair pair,
    List<List<RatioError>> errors,
    List<Boolean> modelled,
    List<DesignComparison.MissedLimit> missed,
    Totals ofA,
    Totals ofB) {
  /** Share of draws from which on a design is the better one, or both are equal. */
  private static final double SURE = 0.95;

  /** Relative difference that is rounding of sums. */
  private static final double ROUNDING = 1e-9;

  /**
   * The comparison of two designs in joint draws of A's seed.
   *
   * @throws IllegalArgumentException if they have no common measure
   */
  public static DesignComparison compare(RunDesigns.RunDesign a, RunDesigns.RunDesign b) {
    unlike(a, b)
        .ifPresent(
            unlike -> {
              throw new IllegalArgumentException("A and B are not comparable: " + unlike);
            });
    JointDraws draws = JointDraws.of(a.seed());
    SpecDraws ofA = new SpecDraws(a.spec(), List.of(a.ordinals()), draws);
    SpecDraws ofB = new SpecDraws(b.spec(), List.of(b.ordinals()), draws);
    List<Objective> shared = shared(a, b);
    List<List<RatioError>> errors =
        shared.stream().map(objective -> ofA.errors(0, ofB, 0, objective.metric())).toList();
    List<Boolean> modelled =
        shared.stream()
            .map(o -> ofA.isModelled(0, o.metric()) || ofB.isModelled(0, o.metric()))
            .toList();
    PairReport report =
        new PairReport(
            a,
            b,
            draws,
            DrawnPair.of(new TwoSpecs(ofA, ofB, shared)),
            errors,
            modelled,
            missed(ofA.missed(0), ofB.missed(0)),
            ofA.nominal(0),
            ofB.nominal(0));
    return report.document();
  }

  /** Objectives of A that B's run has too. */
  private static List<Objective> shared(RunDesigns.RunDesign a, RunDesigns.RunDesign b) {
    return a.spec().objectives().stream().filter(b.spec().objectives()::contains).toList();
  }

  /** Names of objectives of a run that are not compared. */
  private List<String> others(RunDesigns.RunDesign found) {
    List<Objective> compared =
        pair.objectives().stream().map(DrawnPair.ByObjective::objective).toList();
    return found.spec().objectives().stream()
        .filter(objective -> !compared.contains(objective))
        .map(Objective::name)
        .toList();
  }

  private static List<DesignComparison.MissedLimit> missed(
      Map<String, Double> a, Map<String, Double> b) {
    Set<String> limits = new LinkedHashSet<>(a.keySet());
    limits.addAll(b.keySet());
    return limits.stream()
        .filter(limit -> worse(a, b, limit) > 0)
        .sorted(Comparator.comparingDouble(limit -> -worse(a, b, limit)))
        .map(limit -> new DesignComparison.MissedLimit(limit, share(a, limit), share(b, limit)))
        .toList();
  }

  private static double worse(Map<String, Double> a, Map<String, Double> b, String limit) {
    return Math.max(a.getOrDefault(limit, 0.0), b.getOrDefault(limit, 0.0));
  }

  private static OptionalDouble share(Map<String, Double> missed, String limit) {
    return missed.containsKey(limit)
        ? OptionalDouble.of(missed.get(limit))
        : OptionalDouble.empty();
  }

  /** The first design of each of two specs, in the same draws, by objectives of both. */
  private record TwoSpecs(SpecDraws a, SpecDraws b, List<Objective> objectives)
      implements DrawnDesigns {
    @Override
    public int designs() {
      return 2;
    }

    @Override
    public int draws() {
      return a.draws();
    }

    @Override
    public boolean draw(int design, int draw, double[] values) {
      SpecDraws of = design == 0 ? a : b;
      double[] all = new double[of.objectives().size()];
      boolean isMet = of.draw(0, draw, all);
      for (int m = 0; m < values.length; m++) {
        values[m] = all[of.objectives().indexOf(objectives.get(m))];
      }
      return isMet;
    }
  }

  /** Difference for which two designs have no common measure; empty if there is none. */
  private static Optional<String> unlike(RunDesigns.RunDesign a, RunDesigns.RunDesign b) {
    if (!networks(a).equals(networks(b))) {
      return Optional.of("the workload of A is " + networks(a) + ", of B " + networks(b));
    }
    List<Job> ours = bound(a).jobs();
    List<Job> theirs = bound(b).jobs();
    for (int j = 0; j < ours.size(); j++) {
      if (!ours.get(j).network().layers().equals(theirs.get(j).network().layers())) {
        return Optional.of(
            "the network " + ours.get(j).network().name() + " has other layers in A than in B");
      }
    }
    if (shared(a, b).isEmpty() || a.spec().band() != b.spec().band()) {
      return Optional.of("the objectives of A are " + objectives(a) + ", of B " + objectives(b));
    }
    return Optional.empty();
  }

  private static String objectives(RunDesigns.RunDesign found) {
    return found.spec().objectives().stream()
            .map(o -> (o.maximise() ? "maximise " : "minimise ") + o.name())
            .collect(Collectors.joining(", "))
        + (found.spec().band() == BandEnd.NOMINAL ? "" : " (" + found.spec().band().word() + ")");
  }

  /** Conditions that comparable figures should share and these designs do not. */
  private List<String> notes() {
    Design ours = bound(a);
    Design theirs = bound(b);
    List<String> notes = new ArrayList<>();
    for (int j = 0; j < ours.jobs().size(); j++) {
      if (!ours.jobs().get(j).precision().equals(theirs.jobs().get(j).precision())) {
        notes.add("the precision of " + ours.jobs().get(j).network().name() + " differs");
      }
    }
    if (!ours.chip().technology().equals(theirs.chip().technology())) {
      notes.add("the technology differs (node, supply, transistors or temperature)");
    }
    return notes;
  }

  private static Design bound(RunDesigns.RunDesign found) {
    return found.spec().newBinder().bind(found.ordinals());
  }

  /** True if both are designs of one run. */
  private boolean isOfOneRun() {
    return a.run().equals(b.run());
  }

  /** Energy and area by part. */
  private List<PartPair> parts() {
    var ours = new SpecExplainer.DetailedEvaluator(a.spec()).of(a.ordinals()).trees();
    var theirs = new SpecExplainer.DetailedEvaluator(b.spec()).of(b.ordinals()).trees();
    List<PartPair> pairs = new ArrayList<>();
    for (String figure : List.of("energy", "area")) {
      pairs.addAll(PartPair.of(figure, ours.get(figure), theirs.get(figure)));
    }
    return pairs;
  }

  /** Values in which the designs differ: knobs of one run, places of two resolved specs. */
  private List<SpecDifference> differences() {
    if (!isOfOneRun()) {
      return SpecDifference.between(chip(a), chip(b));
    }
    List<SpecDifference> differ = new ArrayList<>();
    for (int k = 0; k < spec().knobs().size(); k++) {
      if (a.ordinals()[k] != b.ordinals()[k]) {
        Knob knob = spec().knobs().get(k);
        differ.add(
            new SpecDifference(
                knob.path(), value(knob, a.ordinals()[k]), value(knob, b.ordinals()[k])));
      }
    }
    return differ;
  }

  /** The resolved spec of a design without what does not describe it. */
  private static ObjectNode chip(RunDesigns.RunDesign found) {
    ObjectNode json = SpecText.jsonOfDesign(found.spec(), found.ordinals());
    json.remove(
        List.of("kirchhoff", "name", "note", "workload", "objectives", "constraints", "search"));
    json.remove(List.of("expect", "let"));
    return json;
  }

  /** Names of the networks that a design runs. */
  private static String networks(RunDesigns.RunDesign found) {
    return String.join(
        ", ", bound(found).jobs().stream().map(job -> job.network().name()).toList());
  }

  /** The spec of A; that of both where they are of one run. */
  private DesignSpec spec() {
    return a.spec();
  }

  /** The comparison as {@code compare --json} prints it. */
  private DesignComparison document() {
    List<DesignComparison.ByObjective> objectives = new ArrayList<>();
    for (int m = 0; m < pair.objectives().size(); m++) {
      objectives.add(objective(m));
    }
    return new DesignComparison(
        a.run().text(),
        spec().name(),
        isOfOneRun() ? Optional.empty() : Optional.of(b.run().text()),
        new DesignComparison.Draws(draws.count(), draws.seed()),
        a.index(),
        b.index(),
        objectives,
        others(a),
        others(b),
        pair.aDominates(),
        pair.bDominates(),
        pair.aFeasible(),
        pair.bFeasible(),
        missed,
        notes(),
        differences(),
        parts());
  }

  private DesignComparison.ByObjective objective(int m) {
    DrawnPair.ByObjective by = pair.objectives().get(m);
    Objective objective = by.objective();
    double ours = objective.value(ofA);
    double theirs = objective.value(ofB);
    boolean isRatio = objective.metric().axis().isLogarithmic();
    DesignComparison.Interval interval =
        new DesignComparison.Interval(
            isRatio ? ours / theirs : ours - theirs, by.low(), by.median(), by.high());
    return new DesignComparison.ByObjective(
        objective.name(),
        objective.key(),
        objective.maximise(),
        ours,
        theirs,
        isRatio ? Optional.of(interval) : Optional.empty(),
        isRatio ? Optional.empty() : Optional.of(interval),
        DrawnPair.within(objective.axis()),
        by.aBetter(),
        by.bBetter(),
        verdict(m),
        modelled.get(m),
        errors.get(m).stream()
            .map(
                error ->
                    new DesignComparison.SourceShare(
                        error.source().model(), error.source().quantity().word(), error.share()))
            .toList());
  }

  /** Outcome of the comparison by an objective. */
  private DesignComparison.Verdict verdict(int m) {
    DrawnPair.ByObjective by = pair.objectives().get(m);
    double ours = by.objective().value(ofA);
    double theirs = by.objective().value(ofB);
    if (Double.isNaN(ours - theirs)) {
      return DesignComparison.Verdict.NONE;
    }
    double rounding = ROUNDING * Math.abs(ours);
    boolean isRatio = by.objective().axis().isLogarithmic();
    double equal = isRatio ? 1 : 0;
    double apart = Math.max(equal - by.low(), by.high() - equal);
    if (Math.abs(ours - theirs) <= rounding && apart <= (isRatio ? ROUNDING : rounding)) {
      return DesignComparison.Verdict.SAME;
    }
    if (by.aBetter() + by.bBetter() <= 1 - SURE) {
      return DesignComparison.Verdict.EQUAL;
    }
    if (Math.max(by.aBetter(), by.bBetter()) >= SURE) {
      return by.aBetter() > by.bBetter()
          ? DesignComparison.Verdict.A_BETTER
          : DesignComparison.Verdict.B_BETTER;
    }
    return by.aBetter() > by.bBetter()
        ? DesignComparison.Verdict.A_AHEAD
        : DesignComparison.Verdict.B_AHEAD;
  }

  private static Optional<JsonNode> value(Knob knob, int ordinal) {
    return ordinal != Knob.ABSENT
        ? Optional.of(SpecText.scalar(knob.values().get(ordinal)))
        : Optional.empty();
  }
}
