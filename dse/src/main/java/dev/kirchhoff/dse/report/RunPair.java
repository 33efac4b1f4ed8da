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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Comparer of two runs by their fronts, on the objectives that both have. Only runs of one workload
 * and one model version are compared: others have no common measure.
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
    boolean isJudged = !RunFront.haveSameLimits(ours, theirs);
    return of(LoggedDesigns.of(first, ours, isJudged), LoggedDesigns.of(second, theirs, isJudged));
  }

  /**
   * Compares two runs by their headers and fronts.
   *
   * @throws DataProblemException if they cannot be compared; the message names the difference
   */
  public static RunComparison of(RunFront a, RunFront b) {
    requireAlike(a.header(), b.header());
    List<RunEvent.Axis> shared = shared(a.header(), b.header());
    List<Objective> objectives = shared.stream().map(RunPair::objective).toList();
    Projected ours = Projected.of(a, shared, objectives);
    Projected theirs = Projected.of(b, shared, objectives);
    Optional<ReferenceBox> box = box(objectives, ours, theirs);
    return new RunComparison(
        side(a, box, ours, theirs),
        side(b, box, theirs, ours),
        others(a.header(), shared),
        others(b.header(), shared),
        common(ours, theirs),
        best(shared, objectives, ours, theirs),
        RunFront.haveSameLimits(a.header(), b.header())
            ? Optional.empty()
            : Optional.of(underBoth(a, b, shared, objectives)),
        KnobTally.between(a, ours.indices(), b, theirs.indices()),
        SpecDifference.between(withLimits(a.header()), withLimits(b.header())));
  }

  private static Optional<ReferenceBox> box(
      List<Objective> objectives, Projected ours, Projected theirs) {
    List<double[]> union = new ArrayList<>(ours.values());
    union.addAll(theirs.values());
    return ReferenceBox.around(objectives, union);
  }

  private static List<RunComparison.BestPair> best(
      List<RunEvent.Axis> shared, List<Objective> objectives, Projected ours, Projected theirs) {
    List<RunComparison.BestPair> best = new ArrayList<>();
    for (int m = 0; m < objectives.size(); m++) {
      best.add(best(objectives.get(m), shared.get(m), m, ours, theirs));
    }
    return best;
  }

  /** Both runs by the limits of both. */
  private static RunComparison.UnderBoth underBoth(
      RunFront a, RunFront b, List<RunEvent.Axis> shared, List<Objective> objectives) {
    ForeignLimits forA = ForeignLimits.of(a.header(), b.header());
    ForeignLimits forB = ForeignLimits.of(b.header(), a.header());
    List<RunFront.Candidate> meetingA = a.feasible().stream().filter(forA::isMet).toList();
    List<RunFront.Candidate> meetingB = b.feasible().stream().filter(forB::isMet).toList();
    Projected ours = Projected.ofCandidates(a.header(), meetingA, shared, objectives);
    Projected theirs = Projected.ofCandidates(b.header(), meetingB, shared, objectives);
    Optional<ReferenceBox> box = box(objectives, ours, theirs);
    List<String> limits = new ArrayList<>(forB.limits());
    limits.addAll(forA.limits());
    List<String> unjudged = new ArrayList<>(forB.unjudged());
    unjudged.addAll(forA.unjudged());
    return new RunComparison.UnderBoth(
        ForeignLimits.tightest(limits),
        unjudged,
        judged(meetingA.size(), box, ours, theirs),
        judged(meetingB.size(), box, theirs, ours),
        best(shared, objectives, ours, theirs));
  }

  private static RunComparison.Judged judged(
      long meeting, Optional<ReferenceBox> box, Projected own, Projected other) {
    return new RunComparison.Judged(
        meeting, own.size(), volume(box, own), dominatedShare(own, other), strongest(own, other));
  }

  /** Axes of A that B has too. */
  private static List<RunEvent.Axis> shared(RunEvent.Run a, RunEvent.Run b) {
    return a.axes().stream()
        .filter(axis -> b.axes().stream().anyMatch(other -> isSame(axis, other)))
        .toList();
  }

  private static boolean isSame(RunEvent.Axis a, RunEvent.Axis b) {
    return Objects.equals(a.key(), b.key())
        && a.maximise() == b.maximise()
        && Objects.equals(a.band(), b.band());
  }

  private static List<String> others(RunEvent.Run run, List<RunEvent.Axis> shared) {
    return run.axes().stream()
        .filter(axis -> shared.stream().noneMatch(other -> isSame(axis, other)))
        .map(RunEvent.Axis::name)
        .toList();
  }

  /**
   * The members of a front that no other dominates by some of its objectives; of members that are
   * equal by these, the first.
   *
   * @param indices their indices, rising
   * @param values their values of these objectives
   * @param minimised the same, signed such that less is better
   */
  private record Projected(List<Long> indices, List<double[]> values, List<double[]> minimised) {
    static Projected of(RunFront front, List<RunEvent.Axis> shared, List<Objective> objectives) {
      Projected all = new Projected(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      int[] places = places(front.header(), shared);
      front.members().stream()
          .sorted(Comparator.comparingLong(RunFront.Member::index))
          .forEach(m -> all.add(m.index(), m.values(), places, objectives));
      return shared.size() == front.header().axes().size() ? all : all.front();
    }

    static Projected ofCandidates(
        RunEvent.Run header,
        List<RunFront.Candidate> candidates,
        List<RunEvent.Axis> shared,
        List<Objective> objectives) {
      Projected all = new Projected(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      int[] places = places(header, shared);
      candidates.forEach(c -> all.add(c.index(), c.values(), places, objectives));
      return all.front();
    }

    private static int[] places(RunEvent.Run header, List<RunEvent.Axis> shared) {
      return shared.stream()
          .mapToInt(
              axis ->
                  IntStream.range(0, header.axes().size())
                      .filter(k -> isSame(axis, header.axes().get(k)))
                      .findFirst()
                      .orElseThrow())
          .toArray();
    }

    /** Adds a design that has values of all of these objectives. */
    private void add(long index, List<Double> all, int[] places, List<Objective> objectives) {
      double[] own = Arrays.stream(places).mapToDouble(all::get).toArray();
      if (Arrays.stream(own).noneMatch(Double::isNaN)) {
        indices.add(index);
        values.add(own);
        minimised.add(
            IntStream.range(0, own.length)
                .mapToDouble(m -> objectives.get(m).minimised(own[m]))
                .toArray());
      }
    }

    /** Members that no other dominates: in lexicographic order none behind a point does. */
    private Projected front() {
      List<Integer> order =
          IntStream.range(0, size())
              .boxed()
              .sorted(
                  Comparator.comparing((Integer i) -> minimised.get(i), Arrays::compare)
                      .thenComparing(i -> i))
              .toList();
      List<Integer> kept = new ArrayList<>();
      for (int i : order) {
        double[] point = minimised.get(i);
        if (kept.stream().noneMatch(j -> covers(minimised.get(j), point))) {
          kept.add(i);
        }
      }
      List<Integer> rising = kept.stream().sorted().toList();
      return new Projected(
          rising.stream().map(indices::get).toList(),
          rising.stream().map(values::get).toList(),
          rising.stream().map(minimised::get).toList());
    }

    private static boolean covers(double[] a, double[] b) {
      return Arrays.equals(a, b) || Archive.dominates(a, b);
    }

    int size() {
      return indices.size();
    }
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
    if (shared(a, b).isEmpty()) {
      requireEqual("the list of objectives", RunSummary.objectives(a), RunSummary.objectives(b));
    }
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

  private static Objective objective(RunEvent.Axis axis) {
    return new Objective(metric(axis), axis.maximise());
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

  private static RunComparison.Side side(
      RunFront front, Optional<ReferenceBox> box, Projected own, Projected other) {
    return new RunComparison.Side(
        front.run(),
        front.header().name(),
        front.state(),
        front.header().seed(),
        front.header().engine(),
        front.evaluated(),
        front.members().size(),
        own.size(),
        volume(box, own),
        dominatedShare(own, other),
        strongest(own, other));
  }

  private static double volume(Optional<ReferenceBox> box, Projected own) {
    return box.map(b -> b.volume(own.values().stream().map(b::place).toArray(double[][]::new)))
        .orElse(0.0);
  }

  private static double dominatedShare(Projected own, Projected other) {
    long dominated =
        own.minimised().stream()
            .filter(
                member ->
                    other.minimised().stream().anyMatch(rival -> Archive.dominates(rival, member)))
            .count();
    return own.size() == 0 ? 0 : (double) dominated / own.size();
  }

  /** The member that dominates the most of another run, the first of several. */
  private static Optional<Long> strongest(Projected own, Projected other) {
    long most = 0;
    Optional<Long> strongest = Optional.empty();
    for (int i = 0; i < own.size(); i++) {
      double[] member = own.minimised().get(i);
      long count =
          other.minimised().stream().filter(rival -> Archive.dominates(member, rival)).count();
      if (count > most) {
        most = count;
        strongest = Optional.of(own.indices().get(i));
      }
    }
    return strongest;
  }

  private static int common(Projected a, Projected b) {
    Set<List<Double>> ours = new HashSet<>();
    for (double[] member : a.minimised()) {
      ours.add(Arrays.stream(member).boxed().toList());
    }
    int common = 0;
    for (double[] member : b.minimised()) {
      common += ours.contains(Arrays.stream(member).boxed().toList()) ? 1 : 0;
    }
    return common;
  }

  private static RunComparison.BestPair best(
      Objective objective, RunEvent.Axis axis, int m, Projected a, Projected b) {
    OptionalInt ours = best(m, a);
    OptionalInt theirs = best(m, b);
    OptionalDouble ratio = OptionalDouble.empty();
    OptionalDouble difference = OptionalDouble.empty();
    if (ours.isPresent() && theirs.isPresent()) {
      double x = a.values().get(ours.getAsInt())[m];
      double y = b.values().get(theirs.getAsInt())[m];
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
        value(a, ours, m),
        index(a, ours),
        value(b, theirs, m),
        index(b, theirs),
        ratio,
        difference);
  }

  private static OptionalDouble value(Projected of, OptionalInt place, int m) {
    return place.isPresent()
        ? OptionalDouble.of(of.values().get(place.getAsInt())[m])
        : OptionalDouble.empty();
  }

  private static Optional<Long> index(Projected of, OptionalInt place) {
    return place.isPresent() ? Optional.of(of.indices().get(place.getAsInt())) : Optional.empty();
  }

  private static OptionalInt best(int m, Projected front) {
    return IntStream.range(0, front.size())
        .boxed()
        .min(Comparator.comparingDouble(i -> front.minimised().get(i)[m]))
        .map(OptionalInt::of)
        .orElse(OptionalInt.empty());
  }
}
