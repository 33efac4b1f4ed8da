package dev.kirchhoff.arch.result;

import java.util.List;

/**
 * A design evaluated: totals, layers and the basis of its figures.
 *
 * @param totals totals and shortages
 * @param layers one row a layer, empty without a workload
 * @param basis what TOPS figures stand on
 * @param warnings what a reader of the numbers should know, in sentences
 */
public record Evaluation(
    Totals totals, List<LayerResult> layers, OpsBasis basis, List<String> warnings) {
  public Evaluation {
    layers = List.copyOf(layers);
    warnings = List.copyOf(warnings);
  }
}
