package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.LossCurve;
import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.column.CellVariation;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.column.NetworkValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Noise at the output of a network: the mean of its layers' noise-to-signal ratios (weight 1 /
 * layers each), or where the weights are known by which errors reach the output ({@link
 * AccuracyModel}) their weighted sum (docs/models.md, eq. 41 and 42).
 *
 * <p>The gain of noise over depth depends on the network: if all of it reached the output (weight
 * 1) the ratio would be 10 log10(layers) lower, which was measured on networks of two or three
 * layers only; the mean keeps the published rule of thumb, 18 dB for about one point of accuracy,
 * comparable between networks of different depth. Dynamic matrices on digital units add none. The
 * refresh interval is the age at which a network's noise has grown to twice (3 dB above) that of
 * the stated age, at most the retention.
 *
 * @param ratio noise-to-signal ratio of the output
 * @param depth layers that share it: those that have noise, 1 where weights are known
 * @param wireLoss largest share of its current that any layer loses in wires
 * @param refresh_s time after which its weights must be written again
 * @param snr_dB signal-to-noise ratio of the output
 * @param accuracy estimated loss of accuracy with its band, of networks whose model has labels
 * @param decisions estimated share of decisions that differ from the exact network's, with its
 *     band, of networks with such a model
 * @param layers noise of its layers, in order; empty for a layer on digital units
 */
public record NetworkNoise(
    double ratio,
    int depth,
    double wireLoss,
    double refresh_s,
    double snr_dB,
    Optional<LossCurve.Point> accuracy,
    Optional<LossCurve.Point> decisions,
    List<Optional<LayerNoise>> layers) {
  private static final double THREE_DB = 2;

  public NetworkNoise {
    layers = List.copyOf(layers);
  }

  /**
   * Noise of a network of which the ratio at its output alone is known.
   *
   * @param ratio noise-to-signal ratio of the output
   */
  public static NetworkNoise at(Network network, double ratio) {
    double snr_dB = NoiseRatio.decibel(ratio);
    return new NetworkNoise(
        ratio,
        1,
        0,
        Double.POSITIVE_INFINITY,
        snr_dB,
        at(network, AccuracyModel::accuracy, snr_dB),
        at(network, AccuracyModel::decisions, snr_dB),
        List.of());
  }

  /** Point of a curve at the output's ratio; empty if the network has not the curve. */
  private static Optional<LossCurve.Point> at(
      Network network, Function<AccuracyModel, LossCurve> curve, double snr_dB) {
    return network.accuracy().map(curve).filter(LossCurve::isKnown).map(known -> known.at(snr_dB));
  }

  /**
   * The noise of a network.
   *
   * @param digits digits of its layers
   * @param noise noise of its layers by layer and precision
   * @param variation variation of the cells at all ages
   * @param retention_s retention of the device
   */
  static NetworkNoise of(
      NetworkDigits digits, NoiseRows noise, CellVariation variation, double retention_s) {
    NetworkValues values = digits.values();
    List<Precision> precision = digits.key().precision();
    List<Optional<LayerNoise>> layers = new ArrayList<>(values.layers());
    double[] sensitivity = new double[variation.levels()];
    double total = 0;
    double cells = 0;
    double wireLoss = 0;
    int counted = 0;
    for (int l = 0; l < values.layers(); l++) {
      if (!digits.isOnCrossbars(l)) {
        layers.add(Optional.empty());
        continue;
      }
      LayerNoise layer = noise.of(l, precision.get(l));
      layers.add(Optional.of(layer));
      double kappa = values.isWeighted() ? layer.cellWeight(values.errorWeight(l)) : 1;
      total += noise.reaching(l, layer);
      cells += kappa * layer.cells();
      wireLoss = Math.max(wireLoss, layer.wireLoss());
      for (int level = 0; level < sensitivity.length; level++) {
        sensitivity[level] += kappa * layer.sensitivity().of(level);
      }
      counted++;
    }
    int shared = noise.depth(counted);
    double ratio = shared == 0 ? 0 : total / shared;
    double snr_dB = NoiseRatio.decibel(ratio);
    double refresh_s =
        RefreshInterval.time_s(
            total - cells, sensitivity, variation, THREE_DB * total, retention_s);
    return new NetworkNoise(
        ratio,
        shared,
        wireLoss,
        refresh_s,
        snr_dB,
        at(values.network(), AccuracyModel::accuracy, snr_dB),
        at(values.network(), AccuracyModel::decisions, snr_dB),
        layers);
  }
}
