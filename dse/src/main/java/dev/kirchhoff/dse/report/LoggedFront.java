package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DataProblemException;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Front of a run from its log, without any model: for runs of other model versions, whose figures
 * are shown and not computed.
 *
 * @param run the run
 * @param name name of its spec
 * @param version version of the models that made it
 * @param state last state
 * @param reason reason of that state
 * @param objectives objectives in the order of values
 * @param constraints texts of the constraints
 * @param front members by rising index
 * @param evaluated designs up to the last whole round
 * @param swept rows of a large sweep, of which the designs are a sample; absent in all other runs
 * @param hypervolume hypervolume of the front, 0..1
 */
public record LoggedFront(
    String run,
    String name,
    String version,
    String state,
    String reason,
    List<RunEvent.Axis> objectives,
    List<String> constraints,
    List<LoggedMember> front,
    long evaluated,
    Optional<RunEvent.Swept> swept,
    double hypervolume) {

  /**
   * A member of the front.
   *
   * @param values values of the objectives
   * @param ordinals ordinals of its knobs; absent of a design that the log does not have
   * @param knobs values by path of the knobs that it has
   */
  public record LoggedMember(
      long index,
      List<Double> values,
      @JsonIgnore Optional<List<Integer>> ordinals,
      Map<String, JsonNode> knobs) {}

  /** Reads the log of a run. */
  public static LoggedFront of(RunDirectory run) {
    RunEvent.Run last = null;
    Map<Long, List<Double>> front = new TreeMap<>();
    long evaluated = 0;
    Optional<RunEvent.Swept> swept = Optional.empty();
    double hypervolume = 0;
    try (RunLogReader log = RunLogReader.open(run)) {
      for (Optional<RawEvent> line = log.nextLine(); line.isPresent(); line = log.nextLine()) {
        RunEvent event = log.event(line.get()).event();
        if (event instanceof RunEvent.Run state) {
          last = state;
        } else if (event instanceof RunEvent.Front change) {
          if (change.change().equals("left")) {
            front.remove(change.index());
          } else {
            front.put(change.index(), change.values());
          }
        } else if (event instanceof RunEvent.Round round) {
          evaluated = round.evaluated();
          swept = Optional.ofNullable(round.swept());
          hypervolume = round.hypervolume();
        }
      }
    }
    if (last == null) {
      throw new DataProblemException("the log of run " + run.id() + " has no event");
    }
    return new LoggedFront(
        run.id().text(),
        last.name(),
        last.version(),
        last.state(),
        last.reason(),
        last.axes(),
        last.constraints(),
        members(run, last, front),
        evaluated,
        swept,
        hypervolume);
  }

  /**
   * Designs of a run by their numbers, whether they are on its front or not.
   *
   * @throws DataProblemException if the run has no such design
   */
  public static List<LoggedMember> designs(RunDirectory run, Collection<Long> indices) {
    Map<Long, List<Double>> wanted = new TreeMap<>();
    indices.forEach(index -> wanted.put(index, List.of()));
    List<LoggedMember> designs = members(run, RunLogReader.header(run), wanted);
    for (LoggedMember design : designs) {
      if (design.ordinals().isEmpty()) {
        throw new DataProblemException("run " + run.id() + " has no design " + design.index());
      }
    }
    return designs;
  }

  /** Designs with their knobs, which the log has in the events of their evaluations. */
  private static List<LoggedMember> members(
      RunDirectory run, RunEvent.Run header, Map<Long, List<Double>> designs) {
    Map<Long, List<Integer>> ordinals = new TreeMap<>();
    RunLogReader.evaluations(
        run,
        batch -> {
          for (long index : designs.keySet()) {
            long at = index - batch.first();
            if (at >= 0 && at < batch.count()) {
              ordinals.put(
                  index, Arrays.stream(batch.knobs()).map(column -> column[(int) at]).toList());
            }
          }
        });
    List<LoggedMember> members = new ArrayList<>();
    designs.forEach(
        (index, values) -> {
          Optional<List<Integer>> own = Optional.ofNullable(ordinals.get(index));
          Map<String, JsonNode> knobs = own.map(of -> knobs(header, of)).orElse(Map.of());
          members.add(new LoggedMember(index, values, own, knobs));
        });
    return members;
  }

  private static Map<String, JsonNode> knobs(RunEvent.Run header, List<Integer> ordinals) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (int k = 0; k < ordinals.size(); k++) {
      int ordinal = ordinals.get(k);
      RunEvent.KnobHeader knob = header.knobs().get(k);
      if (ordinal >= 0 && ordinal < knob.values().size()) {
        values.put(knob.path(), knob.values().get(ordinal));
      }
    }
    return values;
  }
}
