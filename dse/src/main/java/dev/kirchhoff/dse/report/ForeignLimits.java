package dev.kirchhoff.dse.report;

import dev.kirchhoff.arch.design.PlainLimit;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.event.RunFront;
import dev.kirchhoff.arch.result.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
  /**
   * A limit of a figure of the run.
   *
   * @param limit the limit
   * @param ofObjectives whether the figure is an objective; else a recorded metric
   * @param place its place among these
   */
  private record Bound(PlainLimit limit, boolean ofObjectives, int place) {
    boolean isMet(RunFront.Candidate design) {
      List<Double> of = ofObjectives ? design.values() : design.metrics();
      return place < of.size() && limit.isMet(limit.metric().coherent(of.get(place)));
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

  /** Limits of a list that none of the others implies. */
  static List<String> tightest(List<String> limits) {
    List<PlainLimit> all = limits.stream().flatMap(limit -> PlainLimit.of(limit).stream()).toList();
    return limits.stream()
        .filter(
            limit ->
                PlainLimit.of(limit).stream()
                    .noneMatch(p -> all.stream().anyMatch(p::isLooserThan)))
        .toList();
  }

  private static Optional<Bound> bound(String limit, RunEvent.Run run) {
    Optional<PlainLimit> plain = PlainLimit.of(limit);
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt objective = objective(plain.get().metric(), run.axes());
    OptionalInt place = objective.isPresent() ? objective : recorded(plain.get().metric(), run);
    return place.isPresent()
        ? Optional.of(new Bound(plain.get(), objective.isPresent(), place.getAsInt()))
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
