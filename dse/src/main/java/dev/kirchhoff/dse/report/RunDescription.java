package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunLogReader;
import java.util.List;
import java.util.Optional;

/**
 * Description of a run with its knobs and files.
 *
 * @param summary summary of the run
 * @param knobs the knobs that are explored
 * @param files files that the spec refers to, with digests
 */
public record RunDescription(
    RunSummary summary, List<KnobRange> knobs, List<RunEvent.FileDigest> files) {

  /**
   * A knob that is explored.
   *
   * @param values its values
   * @param start the value that it starts at
   * @param condition condition on which it exists; empty if it always does
   */
  public record KnobRange(
      String path, List<JsonNode> values, JsonNode start, Optional<String> condition) {
    static KnobRange of(RunEvent.KnobHeader knob) {
      return new KnobRange(
          knob.path(),
          knob.values(),
          knob.values().get(knob.start()),
          Optional.ofNullable(knob.condition()).filter(text -> !text.isEmpty()));
    }
  }

  /**
   * Description of a run; of a damaged or empty one its directory alone.
   *
   * @param data the data directory
   */
  public static RunDescription of(DataDirectory data, RunDirectory run) {
    RunSummary summary = RunSummary.of(data, run);
    if (summary.header().isEmpty()) {
      return new RunDescription(summary, List.of(), List.of());
    }
    RunEvent.Run header = RunLogReader.header(run);
    return new RunDescription(
        summary,
        header.knobs().stream().map(KnobRange::of).toList(),
        header.files() == null ? List.of() : header.files());
  }
}
