package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.event.RunFront;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Limits of one run that judge the designs of another by its recorded figures: {@code area <= 250
 * mm2}, a metric and a quantity. Formulas, and figures that the other run has not recorded, judge
 * nothing.
 *
 * @param limits texts of the limits that the other run has not
 * @param unjudged those of them that judge nothing
 * @param bounds the others
 */
record ForeignLimits(List<String> limits, List<String> unjudged, List<Bound> bounds) {
  private static final Pattern PLAIN = Pattern.compile("(\\S+) (<=|>=) (.+)");

  /**
   * A bound of a figure.
   *
   * @param ofObjectives whether the figure is an objective; else a recorded metric
   * @param place its place among these
   * @param bound the bound, in the coherent unit
   */
  private record Bound(
      Metric metric, boolean ofObjectives, int place, boolean atMost, double bound) {
    boolean isMet(RunFront.Candidate design) {
      List<Double> of = ofObjectives ? design.values() : design.metrics();
      double value = place < of.size() ? metric.coherent(of.get(place)) : Double.NaN;
      return atMost ? value <= bound : value >= bound;
    }
  }

  /** Limits of another run that a run has not. */
  static ForeignLimits of(RunEvent.Run run, RunEvent.Run other) {
    List<String> limits =
        other.constraints().stream().filter(limit -> !run.constraints().contains(limit)).toList();
    List<String> unjudged = new ArrayList<>();
    List<Bound> bounds = new ArrayList<>();
    for (String limit : limits) {
      bound(limit, run).ifPresentOrElse(bounds::add, () -> unjudged.add(limit));
    }
    return new ForeignLimits(limits, unjudged, bounds);
  }

  /** True if a design of the run meets all of them that can judge it. */
  boolean isMet(RunFront.Candidate design) {
    return bounds.stream().allMatch(bound -> bound.isMet(design));
  }

  /** A limit of a metric by a quantity, in the coherent unit. */
  private record Plain(Metric metric, boolean atMost, double bound) {
    static Optional<Plain> of(String limit) {
      Matcher matcher = PLAIN.matcher(limit);
      if (!matcher.matches() || Metric.ofWord(matcher.group(1)).isEmpty()) {
        return Optional.empty();
      }
      boolean atMost = matcher.group(2).equals("<=");
      Metric named = Metric.ofWord(matcher.group(1)).get();
      // A limit on an estimate is held by the high end of its band.
      Metric metric = atMost && named == Metric.ACCURACY_LOSS ? Metric.ACCURACY_LOSS_HIGH : named;
      try {
        double bound = Units.quantity(matcher.group(3), metric.dimension());
        return Optional.of(new Plain(metric, atMost, bound));
      } catch (Units.UnitException e) {
        return Optional.empty();
      }
    }

    /** True if what meets another limit meets this one too, and not the reverse. */
    boolean isLooserThan(Plain other) {
      return metric == other.metric
          && atMost == other.atMost
          && (atMost ? bound > other.bound : bound < other.bound);
    }
  }

  /** Limits of a list that none of the others implies. */
  static List<String> tightest(List<String> limits) {
    List<Plain> all = limits.stream().flatMap(limit -> Plain.of(limit).stream()).toList();
    return limits.stream()
        .filter(
            limit ->
                Plain.of(limit).stream().noneMatch(p -> all.stream().anyMatch(p::isLooserThan)))
        .toList();
  }

  private static Optional<Bound> bound(String limit, RunEvent.Run run) {
    Optional<Plain> plain = Plain.of(limit);
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    Metric metric = plain.get().metric();
    OptionalInt objective = objective(metric, run.axes());
    OptionalInt place = objective.isPresent() ? objective : recorded(metric, run);
    return place.isPresent()
        ? Optional.of(
            new Bound(
                metric,
                objective.isPresent(),
                place.getAsInt(),
                plain.get().atMost(),
                plain.get().bound()))
        : Optional.empty();
  }

  private static OptionalInt objective(Metric metric, List<RunEvent.Axis> axes) {
    return IntStream.range(0, axes.size())
        .filter(k -> metric.key().equals(axes.get(k).key()) && axes.get(k).band() == null)
        .findFirst();
  }

  private static OptionalInt recorded(Metric metric, RunEvent.Run run) {
    List<RunEvent.Column> metrics = run.recorded() == null ? List.of() : run.recorded().metrics();
    return IntStream.range(0, metrics.size())
        .filter(k -> metric.key().equals(metrics.get(k).key()))
        .findFirst();
  }
}
