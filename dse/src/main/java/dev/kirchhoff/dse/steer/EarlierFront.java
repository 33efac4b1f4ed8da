package dev.kirchhoff.dse.steer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.report.LoggedFront;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import dev.kirchhoff.dse.space.DesignPoint;
import dev.kirchhoff.dse.space.DesignSpace;
import dev.kirchhoff.dse.steer.KnobValues.KnobValue;
import dev.kirchhoff.dse.steer.KnobValues.NoSuchValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Front of an earlier run as the warm start of a search. Knobs are matched by path and values by
 * text, so that limits, objectives, networks and values of knobs may differ, and the model version
 * too: no figure of the earlier run is used.
 *
 * <pre>{@code
 * RunEvent.WarmStart warm = EarlierFront.of(run).designs(spec.knobs(), space);
 * }</pre>
 */
public final class EarlierFront {
  /** Designs of a warm start at most (chosen: a front of two objectives has rarely more). */
  private static final int MOST = 100;

  private final String run;
  private final Set<String> paths;
  private final List<LoggedFront.LoggedMember> members;

  private EarlierFront(String run, Set<String> paths, List<LoggedFront.LoggedMember> members) {
    this.run = run;
    this.paths = paths;
    this.members = List.copyOf(members);
  }

  /**
   * Designs of a run in place of its front, by their numbers.
   *
   * @throws DataProblemException if the run has no such design
   */
  public static EarlierFront of(RunDirectory run, Set<Long> indices) {
    return new EarlierFront(run.id().text(), paths(run), LoggedFront.designs(run, indices));
  }

  private static Set<String> paths(RunDirectory run) {
    return RunLogReader.header(run).knobs().stream()
        .map(RunEvent.KnobHeader::path)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The last front of a run. */
  public static EarlierFront of(RunDirectory run) {
    Set<String> paths = paths(run);
    List<LoggedFront.LoggedMember> members = new ArrayList<>(LoggedFront.of(run).front());
    members.sort(Comparator.comparing(member -> member.values().get(0)));
    return new EarlierFront(run.id().text(), paths, members);
  }

  /**
   * Members whose values exist in a space, spread along the first objective if they are many.
   *
   * @param knobs knobs of the space
   * @throws DataProblemException if the knobs are others, or no member exists in the space
   */
  public RunEvent.WarmStart designs(List<Knob> knobs, DesignSpace space) {
    requireSameKnobs(knobs);
    if (members.isEmpty()) {
      throw new DataProblemException("run " + run + " has no front: nothing in it was feasible");
    }
    KnobValues values = new KnobValues(knobs);
    Map<DesignPoint, List<Integer>> found = new LinkedHashMap<>();
    for (LoggedFront.LoggedMember member : members) {
      design(member.knobs(), values, space)
          .ifPresent(
              design ->
                  found.putIfAbsent(
                      new DesignPoint(design), Arrays.stream(design).boxed().toList()));
    }
    if (found.isEmpty()) {
      throw new DataProblemException(
          "no design of the front of run "
              + run
              + " exists in this spec: each has a value that its knob does not have here");
    }
    int count = Math.min(found.size(), MOST);
    return new RunEvent.WarmStart(run, spread(List.copyOf(found.values()), count));
  }

  private static List<List<Integer>> spread(List<List<Integer>> designs, int count) {
    List<List<Integer>> some = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      some.add(designs.get(count == 1 ? 0 : i * (designs.size() - 1) / (count - 1)));
    }
    return some;
  }

  private void requireSameKnobs(List<Knob> knobs) {
    Set<String> here =
        knobs.stream().map(Knob::path).collect(Collectors.toCollection(TreeSet::new));
    Set<String> missing = new TreeSet<>(paths);
    missing.removeAll(here);
    Set<String> more = new TreeSet<>(here);
    more.removeAll(paths);
    List<String> differences = new ArrayList<>();
    if (!missing.isEmpty()) {
      differences.add("this spec has no knob " + String.join(", ", missing));
    }
    if (!more.isEmpty()) {
      differences.add("the run has no knob " + String.join(", ", more));
    }
    if (!differences.isEmpty()) {
      throw new DataProblemException(
          "run " + run + " cannot be started from: " + String.join(", and ", differences));
    }
  }

  private static Optional<int[]> design(
      Map<String, JsonNode> member, KnobValues values, DesignSpace space) {
    List<List<KnobValue>> wanted = new ArrayList<>();
    try {
      for (Map.Entry<String, JsonNode> knob : member.entrySet()) {
        wanted.add(values.of(knob.getKey(), knob.getValue().asText()));
      }
    } catch (NoSuchValueException e) {
      return Optional.empty();
    }
    int[] design = space.start();
    wanted.forEach(some -> some.forEach(value -> design[value.knob()] = value.ordinal()));
    space.normalise(design);
    boolean isWhole =
        wanted.stream()
            .allMatch(
                some -> some.stream().anyMatch(value -> design[value.knob()] == value.ordinal()));
    return isWhole && space.isValid(design) ? Optional.of(design) : Optional.empty();
  }
}
