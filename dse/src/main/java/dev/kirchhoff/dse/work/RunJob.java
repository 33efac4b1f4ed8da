package dev.kirchhoff.dse.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.design.ModelVersion;
import java.io.IOException;

/**
 * Work of a run that is cut into work units. A job holds all that its work units need: the spec in
 * its resolved form, which names no files, and what is to be done with its designs. The result of a
 * work unit depends on job and designs alone, never on the worker.
 */
public sealed interface RunJob permits SweepJob, SimulationJob {
  /** Id of the run. */
  String run();

  /** Model version required of workers. */
  String version();

  /** The spec in its resolved form. */
  JsonNode spec();

  /** Word of its kind. */
  String kind();

  /** Writes what only jobs of its kind have. */
  void write(ObjectNode node) throws IOException;

  /**
   * Makes a worker ready for its work units.
   *
   * @param threads threads that a work unit is done in
   * @throws SpecException if the spec is bad
   */
  PreparedJob prepare(int threads) throws SpecException, IOException;

  /** True if this program computes the same numbers as the one that started the job. */
  default boolean isOurs() {
    return ModelVersion.isOurs(version());
  }

  /** The job as JSON. */
  default byte[] toJson() {
    ObjectNode node = EventJson.mapper().createObjectNode();
    node.put("kind", kind());
    node.put("run", run());
    node.put("version", version());
    node.set("spec", spec());
    try {
      write(node);
      return EventJson.mapper().writeValueAsBytes(node);
    } catch (IOException e) {
      throw new IllegalStateException("A job is always JSON.", e);
    }
  }

  /**
   * The job of a work unit.
   *
   * @throws IOException if it is not a job
   */
  static RunJob parse(byte[] json) throws IOException {
    JsonNode node = EventJson.mapper().readTree(json);
    JobJson.require(node, "kind", "run", "version", "spec");
    String run = node.get("run").asText();
    String version = node.get("version").asText();
    return switch (node.get("kind").asText()) {
      case SweepJob.KIND -> SweepJob.read(run, version, node);
      case SimulationJob.KIND -> SimulationJob.read(run, version, node);
      default -> throw new IOException("its kind is " + node.get("kind"));
    };
  }
}
