package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.RunComparison;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.event.RunFront;
import dev.kirchhoff.arch.event.SpecDifference;
import dev.kirchhoff.arch.result.Metric;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.dse.front.Archive;
import dev.kirchhoff.dse.front.ReferenceBox;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * Comparer of two runs by their fronts. Only runs of one workload, one list of objectives and one
 * model version are compared: others have no common measure.
 */
public final class RunPair {
  private RunPair() {}

  /**
   * Compares two runs by their logs.
   *
   * @throws DataProblemException if they cannot be compared; the message names the difference
   */
  public static RunComparison of(RunDirectory first, RunDirectory second) {
    RunEvent.Run ours = RunLogReader.headerOfGoodLog(first);
    RunEvent.Run theirs = RunLogReader.headerOfGoodLog(second);
    requireAlike(ours, theirs);
    return of(logged(first, ours), logged(second, theirs));
  }

  private static RunFront logged(RunDirectory run, RunEvent.Run header) {
    LoggedFront front = LoggedFront.of(run);
    return new RunFront(
        front.run(),
        header,
        front.state(),
        front.evaluated(),
        front.front().stream()
            .map(member -> new RunFront.Member(member.index(), member.values()))
            .toList());
  }

  /**
   * Compares two runs by their headers and fronts.
   *
   * @throws DataProblemException if they cannot be compared; the message names the difference
   */
  public static RunComparison of(RunFront a, RunFront b) {
    requireAlike(a.header(), b.header());
    List<Objective> objectives = objectives(a.header());
    List<double[]> union = new ArrayList<>();
    a.members().forEach(member -> union.add(values(member)));
    b.members().forEach(member -> union.add(values(member)));
    Optional<ReferenceBox> box = ReferenceBox.around(objectives, union);
    double[][] minimisedA = minimised(objectives, a);
    double[][] minimisedB = minimised(objectives, b);
    List<RunComparison.BestPair> best = new ArrayList<>();
    for (int m = 0; m < objectives.size(); m++) {
      best.add(best(objectives.get(m), a.header().axes().get(m), m, a, b));
    }
    return new RunComparison(
        side(a, box, minimisedA, minimisedB),
        side(b, box, minimisedB, minimisedA),
        common(minimisedA, minimisedB),
        best,
        SpecDifference.between(withLimits(a.header()), withLimits(b.header())));
  }

  /** The spec of a run with the limits that it had, those of the command line among them. */
  private static JsonNode withLimits(RunEvent.Run run) {
    ObjectNode spec = run.spec().deepCopy();
    ArrayNode limits = spec.putArray("constraints");
    run.constraints().forEach(limits::add);
    return spec;
  }

  private static void requireAlike(RunEvent.Run a, RunEvent.Run b) {
    if (!a.version().equals(b.version())) {
      throw new DataProblemException(
          "A and B are not comparable: A is of model version "
              + a.version()
              + ", B of "
              + b.version()
              + ".\nMaybe search on from the older front with this version, ./kirchhoff explore --from"
              + " RUN, and compare with that");
    }
    requireEqual("the list of objectives", RunSummary.objectives(a), RunSummary.objectives(b));
    JsonNode ours = a.spec().path("workload");
    JsonNode theirs = b.spec().path("workload");
    if (!ours.equals(theirs)) {
      SpecDifference first = SpecDifference.between(ours, theirs).get(0);
      String path = first.path().isEmpty() ? "the workload" : "workload." + first.path();
      requireEqual(path, shown(first.a()), shown(first.b()));
    }
    TreeMap<String, String> digests = new TreeMap<>();
    files(a).forEach(file -> digests.put(file.name(), file.sha256()));
    for (RunEvent.FileDigest file : files(b)) {
      String digest = digests.get(file.name());
      boolean isSpec = file.name().matches("(?i).*\\.(ya?ml|json)");
      if (digest != null && !isSpec) {
        requireEqual("the digest of " + file.name(), digest, file.sha256());
      }
    }
  }

  private static List<RunEvent.FileDigest> files(RunEvent.Run run) {
    return run.files() == null ? List.of() : run.files();
  }

  private static String shown(Optional<JsonNode> value) {
    String text = value.map(JsonNode::toString).orElse("absent");
    int most = 80;
    return text.length() > most ? text.substring(0, most) + "…" : text;
  }

  private static void requireEqual(String subject, Object a, Object b) {
    if (!a.equals(b)) {
      throw new DataProblemException(
          "A and B are not comparable: " + subject + " of A is " + a + ", of B " + b);
    }
  }

  private static List<Objective> objectives(RunEvent.Run run) {
    return run.axes().stream().map(axis -> new Objective(metric(axis), axis.maximise())).toList();
  }

  private static Metric metric(RunEvent.Axis axis) {
    return axis.metric()
        .orElseThrow(
            () ->
                new DataProblemException(
                    "the runs have the objective "
                        + axis.name()
                        + ", which this version does not know"));
  }

  private static double[] values(RunFront.Member member) {
    return member.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[][] minimised(List<Objective> objectives, RunFront front) {
    return front.members().stream()
        .map(
            member -> {
              double[] at = values(member);
              for (int m = 0; m < at.length; m++) {
                at[m] = objectives.get(m).minimised(at[m]);
              }
              return at;
            })
        .toArray(double[][]::new);
  }

  private static RunComparison.Side side(
      RunFront front, Optional<ReferenceBox> box, double[][] own, double[][] other) {
    double[][] placed =
        box.map(b -> front.members().stream().map(m -> b.place(values(m))).toArray(double[][]::new))
            .orElse(new double[0][]);
    return new RunComparison.Side(
        front.run(),
        front.header().name(),
        front.state(),
        front.header().seed(),
        front.header().engine(),
        front.evaluated(),
        front.members().size(),
        box.map(b -> b.volume(placed)).orElse(0.0),
        own.length == 0 ? 0 : (double) dominated(own, other) / own.length);
  }

  private static int dominated(double[][] own, double[][] other) {
    int dominated = 0;
    for (double[] member : own) {
      boolean isDominated = false;
      for (int i = 0; i < other.length && !isDominated; i++) {
        isDominated = Archive.dominates(other[i], member);
      }
      dominated += isDominated ? 1 : 0;
    }
    return dominated;
  }

  private static int common(double[][] a, double[][] b) {
    Set<List<Double>> ours = new HashSet<>();
    for (double[] member : a) {
      ours.add(Arrays.stream(member).boxed().toList());
    }
    int common = 0;
    for (double[] member : b) {
      common += ours.contains(Arrays.stream(member).boxed().toList()) ? 1 : 0;
    }
    return common;
  }

  private static RunComparison.BestPair best(
      Objective objective, RunEvent.Axis axis, int m, RunFront a, RunFront b) {
    Optional<RunFront.Member> ours = best(objective, m, a);
    Optional<RunFront.Member> theirs = best(objective, m, b);
    OptionalDouble ratio = OptionalDouble.empty();
    OptionalDouble difference = OptionalDouble.empty();
    if (ours.isPresent() && theirs.isPresent()) {
      double x = ours.get().values().get(m);
      double y = theirs.get().values().get(m);
      if (objective.axis().isLogarithmic() && y > 0) {
        ratio = OptionalDouble.of(x / y);
      } else {
        difference = OptionalDouble.of(x - y);
      }
    }
    return new RunComparison.BestPair(
        axis.name(),
        axis.key(),
        axis.maximise(),
        value(ours, m),
        ours.map(RunFront.Member::index),
        value(theirs, m),
        theirs.map(RunFront.Member::index),
        ratio,
        difference);
  }

  private static OptionalDouble value(Optional<RunFront.Member> member, int m) {
    return member.isPresent()
        ? OptionalDouble.of(member.get().values().get(m))
        : OptionalDouble.empty();
  }

  private static Optional<RunFront.Member> best(Objective objective, int m, RunFront front) {
    return front.members().stream()
        .min(Comparator.comparingDouble(member -> objective.minimised(member.values().get(m))));
  }
}
