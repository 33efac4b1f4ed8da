package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.RunEvent;
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
 * Comparison of two runs by their fronts, as their logs tell them. Only runs of one workload, one
 * list of objectives and one model version are compared: others have no common measure.
 *
 * @param a the run that is compared
 * @param b the run that it is compared with
 * @param common members of both fronts with equal values
 * @param best the best value of each objective
 * @param differ places in which the resolved specs differ
 */
public record RunPair(
    Side a, Side b, int common, List<BestPair> best, List<SpecDifference> differ) {

  /**
   * A run of the pair.
   *
   * @param evaluated designs up to the last whole round
   * @param members members of the front
   * @param hypervolume hypervolume of the front as a share of the box around both fronts ({@link
   *     ReferenceBox}), 0..1
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

  /**
   * Compares two runs.
   *
   * @throws DataProblemException if they cannot be compared; the message names the difference
   */
  public static RunPair of(RunDirectory first, RunDirectory second) {
    RunEvent.Run ours = RunLogReader.headerOfGoodLog(first);
    RunEvent.Run theirs = RunLogReader.headerOfGoodLog(second);
    requireAlike(ours, theirs);
    List<Objective> objectives = objectives(ours);
    LoggedFront a = LoggedFront.of(first);
    LoggedFront b = LoggedFront.of(second);
    List<double[]> union = new ArrayList<>();
    a.front().forEach(member -> union.add(values(member)));
    b.front().forEach(member -> union.add(values(member)));
    Optional<ReferenceBox> box = ReferenceBox.around(objectives, union);
    double[][] minimisedA = minimised(objectives, a);
    double[][] minimisedB = minimised(objectives, b);
    List<BestPair> best = new ArrayList<>();
    for (int m = 0; m < objectives.size(); m++) {
      best.add(best(objectives.get(m), ours.axes().get(m), m, a, b));
    }
    return new RunPair(
        side(a, ours, box, minimisedA, minimisedB),
        side(b, theirs, box, minimisedB, minimisedA),
        common(minimisedA, minimisedB),
        best,
        SpecDifference.between(withLimits(ours), withLimits(theirs)));
  }

  /** The spec of a run with the limits that it had, those of the command line among them. */
  private static JsonNode withLimits(RunEvent.Run run) {
    ObjectNode spec = run.spec().deepCopy();
    ArrayNode limits = spec.putArray("constraints");
    run.constraints().forEach(limits::add);
    return spec;
  }

  private static void requireAlike(RunEvent.Run a, RunEvent.Run b) {
    requireEqual("the model version", a.version(), b.version());
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

  private static double[] values(LoggedFront.LoggedMember member) {
    return member.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[][] minimised(List<Objective> objectives, LoggedFront front) {
    return front.front().stream()
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

  private static Side side(
      LoggedFront front,
      RunEvent.Run header,
      Optional<ReferenceBox> box,
      double[][] own,
      double[][] other) {
    double[][] placed =
        box.map(b -> front.front().stream().map(m -> b.place(values(m))).toArray(double[][]::new))
            .orElse(new double[0][]);
    return new Side(
        front.run(),
        front.name(),
        front.state(),
        header.seed(),
        header.engine(),
        front.evaluated(),
        front.front().size(),
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

  private static BestPair best(
      Objective objective, RunEvent.Axis axis, int m, LoggedFront a, LoggedFront b) {
    Optional<LoggedFront.LoggedMember> ours = best(objective, m, a);
    Optional<LoggedFront.LoggedMember> theirs = best(objective, m, b);
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
    return new BestPair(
        axis.name(),
        axis.key(),
        axis.maximise(),
        value(ours, m),
        ours.map(LoggedFront.LoggedMember::index),
        value(theirs, m),
        theirs.map(LoggedFront.LoggedMember::index),
        ratio,
        difference);
  }

  private static OptionalDouble value(Optional<LoggedFront.LoggedMember> member, int m) {
    return member.isPresent()
        ? OptionalDouble.of(member.get().values().get(m))
        : OptionalDouble.empty();
  }

  private static Optional<LoggedFront.LoggedMember> best(
      Objective objective, int m, LoggedFront front) {
    return front.front().stream()
        .min(Comparator.comparingDouble(member -> objective.minimised(member.values().get(m))));
  }
}
