package dev.kirchhoff.dse.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.spec.SpecException;
import dev.kirchhoff.dse.design.RunDesigns;
import dev.kirchhoff.dse.design.SpecProblemSpace;

/**
 * Evaluation of the designs of a search, one a work unit: the search chooses, workers evaluate.
 *
 * @param run id of the run
 * @param version model version that it must be done with
 * @param spec the spec, with the constraints of the search as they are now
 */
public record EvaluationJob(String run, String version, JsonNode spec) implements RunJob {
  static final String KIND = "evaluation";

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void write(ObjectNode node) {
    // The spec is all.
  }

  @Override
  public PreparedJob prepare(int threads) throws SpecException {
    return new PreparedPricing(
        new SpecProblemSpace(RunDesigns.resolved(spec, "the search's spec")),
        true,
        designs -> {
          if (designs instanceof OneDesign design) {
            return new int[][] {design.knobs()};
          }
          throw new IllegalArgumentException("A search is cut into designs.");
        },
        1);
  }
}
