package dev.kirchhoff.arch.result;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluation of a design: totals, layers and the basis of its figures.
 *
 * @param totals totals and shortages
 * @param layers one row a layer, empty without a workload
 * @param basis conditions of the TOPS figures
 * @param warnings remarks on the figures, in sentences
 * @param bands the band of each total that the design has and that is finite
 */
public record Evaluation(
    Totals totals,
    List<LayerResult> layers,
    OpsBasis basis,
    List<String> warnings,
    Map<Metric, Band> bands) {
  public Evaluation {
    layers = List.copyOf(layers);
    warnings = List.copyOf(warnings);
    bands = Map.copyOf(bands);
  }

  /** The bands of non-zero width, in the order of metrics. */
  public Map<Metric, Band> disputed() {
    Map<Metric, Band> wide = new EnumMap<>(Metric.class);
    bands.forEach(
        (metric, band) -> {
          if (!band.isPoint()) {
            wide.put(metric, band);
          }
        });
    return wide;
  }

  /** The band of a total; a point where sources do not disagree. */
  public Band band(Metric metric) {
    double value = totals.value(metric);
    return bands.getOrDefault(metric, new Band(value, value, value));
  }
}
