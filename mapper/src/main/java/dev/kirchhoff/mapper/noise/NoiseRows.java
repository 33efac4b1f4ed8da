package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.memo.Rows;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.column.NetworkValues;

/**
 * Noise of a network's layers on a chip, by layer and precision. What reaches the output of the
 * network is a sum over its layers, each by its own precision alone, so that the least noise of all
 * precisions is known layer by layer.
 */
public final class NoiseRows {
  private final NetworkValues values;
  private final Rows<Precision, LayerNoise> rows;

  NoiseRows(NetworkValues values, Rows<Precision, LayerNoise> rows) {
    this.values = values;
    this.rows = rows;
  }

  /** Noise of a layer on crossbars. */
  LayerNoise of(int layer, Precision precision) {
    return rows.get(layer, precision);
  }

  /** Noise of a layer on crossbars that reaches the output, before it is shared by the depth. */
  public double reaching(int layer, Precision precision) {
    return reaching(layer, of(layer, precision));
  }

  double reaching(int layer, LayerNoise noise) {
    return values.isWeighted() ? noise.reaching(values.errorWeight(layer)) : noise.total();
  }

  /**
   * Number by which the sum over the layers is divided to give the ratio of the output.
   *
   * @param layers layers on crossbars
   */
  public int depth(int layers) {
    return values.isWeighted() ? Math.min(1, layers) : layers;
  }
}
