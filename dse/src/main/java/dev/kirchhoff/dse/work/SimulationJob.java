package dev.kirchhoff.dse.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.dse.accuracy.SpecSimulation;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.study.SimulatedNetwork;
import java.io.IOException;
import java.util.Optional;

/**
 * Simulation of members of a front, one a work unit. All members have the job's seed, so that they
 * are compared on the same draws and none depends on its worker.
 *
 * @param run id of the run
 * @param version model version that it must be done with
 * @param spec the spec
 * @param network name of the network that is run
 * @param samples samples that it is judged on, at most
 * @param seed seed of all draws
 * @param draws chips of each design
 * @param carried the network with its samples, where they are files; empty for those that come with
 *     the program
 */
public record SimulationJob(
    String run,
    String version,
    JsonNode spec,
    String network,
    int samples,
    long seed,
    int draws,
    Optional<CarriedNetwork> carried)
    implements RunJob {
  static final String KIND = "simulation";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void write(ObjectNode node) throws IOException {
    node.put("network", network);
    node.put("samples", samples);
    node.put("seed", seed);
    node.put("draws", draws);
    if (carried.isPresent()) {
      carried.get().write(node.putObject("carried"));
    }
  }

  static SimulationJob read(String run, String version, JsonNode node) throws IOException {
    JobJson.require(node, "network", "samples", "seed", "draws");
    return new SimulationJob(
        run,
        version,
        node.get("spec"),
        node.get("network").asText(),
        node.get("samples").asInt(),
        node.get("seed").asLong(),
        node.get("draws").asInt(),
        node.has("carried")
            ? Optional.of(CarriedNetwork.read(node.get("carried")))
            : Optional.empty());
  }

  @Override
  public PreparedJob prepare(int threads) throws SpecException {
    DesignSpec design = RunDesigns.resolved(spec, "the run's spec");
    SimulatedNetwork found = found(design.newBinder().bind(design.tree().start()));
    SpecSimulation simulation =
        new SpecSimulation(design, network, () -> found.accuracy(samples, seed, draws), seed);
    return (designs, unitThreads) -> {
      if (designs instanceof OneDesign member) {
        return SimulatedCount.of(simulation, member.toMember(), unitThreads.threads()).toJson();
      }
      throw new IllegalArgumentException("A simulation is cut into designs.");
    };
  }

  private SimulatedNetwork found(Design design) throws SpecException {
    if (carried.isEmpty()) {
      return SimulatedNetwork.shipped(design);
    }
    Job job =
        design.jobs().stream()
            .filter(candidate -> candidate.network().name().equals(network))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("The spec has no " + network + "."));
    CarriedNetwork own = carried.get();
    return SimulatedNetwork.carried(job, own.model(), own.test(), own.calibration());
  }
}
