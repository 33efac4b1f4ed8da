package dev.kirchhoff.dse.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.dse.proof.Proof;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Proof of a run's front as {@code prove --json} prints it.
 *
 * @param run id of the run
 * @param members members of its front
 * @param designs designs of its space
 * @param blocks blocks that the space is bounded in
 * @param bounded those that were bounded
 * @param possible chips that meet the limits on noise and their own, and may be ahead by their
 *     crossbars
 * @param evaluated designs evaluated whole
 * @param gap share by which an unseen design may be ahead in every objective at once; null while it
 *     is not known
 * @param lead share by which a design that was found is ahead of the front; null of an empty front
 * @param objectives names of the objectives
 * @param found designs that were found and no member dominates
 */
public record ProofReport(
    String run,
    int members,
    BigInteger designs,
    long blocks,
    long bounded,
    long possible,
    long evaluated,
    Double gap,
    Double lead,
    List<String> objectives,
    List<FoundDesign> found) {
  public ProofReport {
    objectives = List.copyOf(objectives);
    found = List.copyOf(found);
  }

  /** The report of a proof. */
  public static ProofReport of(String run, DesignSpec spec, int members, Proof proof) {
    return new ProofReport(
        run,
        members,
        proof.designs(),
        proof.blocks(),
        proof.bounded(),
        proof.possible(),
        proof.evaluated(),
        Double.isFinite(proof.gap()) ? proof.gap() : null,
        Double.isFinite(proof.lead()) ? proof.lead() : null,
        spec.objectives().stream().map(objective -> objective.name()).toList(),
        proof.found().stream().map(found -> FoundDesign.of(spec, found)).toList());
  }

  /**
   * A design that was found.
   *
   * @param values values of the objectives
   * @param ordinals ordinals of its knobs
   * @param knobs values by path of the knobs that it has
   */
  public record FoundDesign(
      List<Double> values, List<Integer> ordinals, Map<String, JsonNode> knobs) {
    public FoundDesign {
      values = List.copyOf(values);
      ordinals = List.copyOf(ordinals);
    }

    private static FoundDesign of(DesignSpec spec, Proof.Found found) {
      return new FoundDesign(
          found.values(), found.ordinals(), ChosenKnobs.of(spec, found.ordinals()));
    }
  }
}
