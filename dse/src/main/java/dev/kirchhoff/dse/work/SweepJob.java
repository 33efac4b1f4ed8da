package dev.kirchhoff.dse.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.design.ModelVersion;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.space.DesignSpace;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * A sweep as workers need it: spec in its resolved form, which names no files, and designs. Each
 * piece of work holds all of it, so that any worker can begin with any piece.
 *
 * @param run id of the run
 * @param version model version that it must be priced with
 * @param isLogged whether a run keeps its rows, with the figures that runs record; else a table
 *     alone takes the columns of the spec's sweep
 * @param sample designs of a sample; empty for all of the space
 * @param seed seed of the sample
 * @param spec the spec
 */
public record SweepJob(
    String run, String version, boolean isLogged, OptionalInt sample, long seed, JsonNode spec) {

  /** Name of the share group of the workers with this model version. */
  public static String workers() {
    return "kirchhoff-workers-" + ModelVersion.identity();
  }

  /** True if this program prices the sweep with the same numbers as the one that began it. */
  public boolean isOurs() {
    return ModelVersion.isOurs(version);
  }

  /** The spec. */
  DesignSpec design() throws SpecException {
    return RunDesigns.resolved(spec, "the sweep's spec");
  }

  /** Problem whose objectives are the columns. */
  SpecProblemSpace problem(DesignSpec design) {
    return isLogged
        ? SpecProblemSpace.ofSweep(design)
        : SpecProblemSpace.withMetrics(design, design.sweepColumns());
  }

  /** The designs. */
  public SweptDesigns designs(DesignSpace space) {
    return sample.isPresent()
        ? SweptDesigns.sample(space, sample.getAsInt(), seed)
        : SweptDesigns.all(space);
  }

  /** The job as JSON. */
  byte[] toJson() {
    ObjectNode node = EventJson.mapper().createObjectNode();
    node.put("run", run);
    node.put("version", version);
    node.put("logged", isLogged);
    sample.ifPresent(count -> node.put("sample", count));
    node.put("seed", seed);
    node.set("spec", spec);
    try {
      return EventJson.mapper().writeValueAsBytes(node);
    } catch (IOException e) {
      throw new IllegalStateException("A job is always JSON.", e);
    }
  }

  /**
   * The job of a piece of work.
   *
   * @throws IOException if it is none
   */
  static SweepJob parse(byte[] json) throws IOException {
    JsonNode node = EventJson.mapper().readTree(json);
    for (String key : new String[] {"run", "version", "logged", "seed", "spec"}) {
      if (node == null || !node.hasNonNull(key)) {
        throw new IOException("it has no " + key);
      }
    }
    return new SweepJob(
        node.get("run").asText(),
        node.get("version").asText(),
        node.get("logged").asBoolean(),
        node.has("sample") ? OptionalInt.of(node.get("sample").asInt()) : OptionalInt.empty(),
        node.get("seed").asLong(),
        node.get("spec"));
  }
}
