package dev.kirchhoff.arch.event;

import dev.kirchhoff.arch.result.Band;
import dev.kirchhoff.arch.result.CostTree;
import dev.kirchhoff.arch.result.LayerResult;
import java.util.List;
import java.util.Map;

/**
 * Service that explains any design of any run from the run's header alone; found by {@link
 * java.util.ServiceLoader}. Safe for use by several threads.
 */
public interface Explainer {

  /**
   * Explains one design.
   *
   * @param header the run's header
   * @param knobs the design's ordinals
   * @return its details
   * @throws IllegalArgumentException if the run was made by another model version, or the ordinals
   *     do not fit the header; the message is for the user
   */
  Details explain(RunEvent.Run header, int[] knobs);

  /**
   * Costs by circuit family of the designs of a run.
   *
   * @param header the run's header
   * @throws IllegalArgumentException if the run was made by another model version; the message is
   *     for the user
   */
  FamilyCosts costs(RunEvent.Run header);

  /**
   * Costs of the designs of one run, each split into terms that one product of calibration factors
   * multiplies, at the end of the band that the run's values are of. Safe for use by several
   * threads.
   */
  interface FamilyCosts {

    /** The terms, metric by metric: {@code parts.METRIC.TERM}; those of a metric add up to it. */
    List<RunEvent.Column> columns();

    /**
     * Terms of some designs.
     *
     * @param designs ordinals of each design
     * @return for each design its terms in the order of the columns, NaN = none
     */
    float[][] of(List<int[]> designs);
  }

  /**
   * The details of a design.
   *
   * @param totals metric key to value; metrics that the design does not have are absent
   * @param bands metric key to band, of the totals that sources disagree about
   * @param trees cost trees by name: {@code energy}, {@code area}, {@code latency}, {@code power};
   *     formulas as people read them
   * @param units metric key to unit, of the totals whose unit is that of a kernel's measure
   * @param layers one row a layer
   * @param spec resolved spec of this one design, YAML with the origin of each value as a comment
   * @param warnings sentences
   */
  record Details(
      Map<String, Double> totals,
      Map<String, Band> bands,
      Map<String, String> units,
      Map<String, CostTree> trees,
      List<LayerResult> layers,
      String spec,
      List<String> warnings) {}
}
