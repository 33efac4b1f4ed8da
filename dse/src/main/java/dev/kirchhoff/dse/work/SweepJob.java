package dev.kirchhoff.dse.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecProblemSpace;
import dev.kirchhoff.dse.explore.SweptDesigns;
import dev.kirchhoff.dse.space.DesignSpace;
import java.io.IOException;
import java.util.OptionalInt;

/**
 * A sweep, whose work units are chunks.
 *
 * @param run id of the run
 * @param version model version that it must be priced with
 * @param isLogged whether the log keeps its rows, with the figures that runs record; else values
 *     and limits alone are priced
 * @param sample designs of a sample; empty for all of the space
 * @param seed seed of the sample
 * @param spec the spec
 */
public record SweepJob(
    String run, String version, boolean isLogged, OptionalInt sample, long seed, JsonNode spec)
    implements RunJob {
  static final String KIND = "sweep";

  /** The designs. */
  public SweptDesigns designs(DesignSpace space) {
    return sample.isPresent()
        ? SweptDesigns.sample(space, sample.getAsInt(), seed)
        : SweptDesigns.all(space);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void write(ObjectNode node) {
    node.put("logged", isLogged);
    sample.ifPresent(count -> node.put("sample", count));
    node.put("seed", seed);
  }

  static SweepJob read(String run, String version, JsonNode node) throws IOException {
    JobJson.require(node, "logged", "seed");
    return new SweepJob(
        run,
        version,
        node.get("logged").asBoolean(),
        node.has("sample") ? OptionalInt.of(node.get("sample").asInt()) : OptionalInt.empty(),
        node.get("seed").asLong(),
        node.get("spec"));
  }

  @Override
  public PreparedJob prepare(int threads) throws SpecException {
    DesignSpec resolved = RunDesigns.resolved(spec, "the sweep's spec");
    SpecProblemSpace problem =
        isLogged ? SpecProblemSpace.ofSweep(resolved) : SpecProblemSpace.ofLargeSweep(resolved);
    return new PreparedPricing(problem, isLogged, designs(problem.space()), threads);
  }
}
