package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.column.NetworkValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param layers layers that share it: those that have noise, 1 where weights are known
 * @param irParameter largest loss parameter a of any layer
 * @param refresh_s time after which its weights must be written again
 * @param snr_dB signal-to-noise ratio of the output
 * @param accuracy estimated loss of accuracy with its band, of networks with an accuracy model
 */
public record NetworkNoise(
    double ratio,
    int layers,
    double irParameter,
    double refresh_s,
    double snr_dB,
    Optional<AccuracyModel.Point> accuracy) {
  private static final double THREE_DB = 2;

  /** Estimated loss of accuracy, 0..1; NaN without an estimate. */
  public double accuracyLoss() {
    return accuracy.map(AccuracyModel.Point::loss).orElse(Double.NaN);
  }

  /** The most that four of five chips are estimated to lose; NaN without an estimate. */
  public double accuracyLossHigh() {
    return accuracy.map(AccuracyModel.Point::high).orElse(Double.NaN);
  }

  /** The noise of a network. */
  public static NetworkNoise of(NetworkNoiseKey key) {
    NetworkValues values = key.digits().values();
    double[] sensitivity = new double[key.variation().levels()];
    double total = 0;
    double cells = 0;
    double irParameter = 0;
    int counted = 0;
    List<Optional<LayerNoise>> layers = layers(key);
    for (int l = 0; l < layers.size(); l++) {
      if (layers.get(l).isEmpty()) {
        continue;
      }
      LayerNoise layer = layers.get(l).get();
      double kappa = values.isWeighted() ? layer.cellWeight(values.errorWeight(l)) : 1;
      total += values.isWeighted() ? layer.reaching(values.errorWeight(l)) : layer.total();
      cells += kappa * layer.cells();
      irParameter = Math.max(irParameter, layer.irParameter());
      for (int level = 0; level < sensitivity.length; level++) {
        sensitivity[level] += kappa * layer.sensitivity().of(level);
      }
      counted++;
    }
    int shared = values.isWeighted() ? Math.min(1, counted) : counted;
    double ratio = shared == 0 ? 0 : total / shared;
    double snr_dB = NoiseRatio.decibel(ratio);
    double refresh_s =
        RefreshInterval.time_s(
            total - cells, sensitivity, key.variation(), THREE_DB * total, key.retention_s());
    return new NetworkNoise(
        ratio,
        shared,
        irParameter,
        refresh_s,
        snr_dB,
        values.network().accuracy().map(model -> model.at(snr_dB)));
  }

  /**
   * Noise of a network's layers, in order; empty for a layer on digital units. Layers with the same
   * digits and matrix share theirs, layers with the same digits their columns.
   */
  public static List<Optional<LayerNoise>> layers(NetworkNoiseKey key) {
    NetworkDigits digits = key.digits();
    Map<ConversionKey, ConversionErrors> columns = new HashMap<>();
    List<Optional<LayerNoise>> layers = new ArrayList<>(digits.layers());
    for (int l = 0; l < digits.layers(); l++) {
      if (!digits.isOnCrossbars(l)) {
        layers.add(Optional.empty());
      } else if (digits.first(l) < l) {
        layers.add(layers.get(digits.first(l)));
      } else if (digits.sharesDigits(l)) {
        layers.add(
            Optional.of(
                SignalToNoise.of(
                    key.layer(l), of -> columns.computeIfAbsent(of, ConversionNoise::of))));
      } else {
        layers.add(Optional.of(SignalToNoise.of(key.layer(l))));
      }
    }
    return layers;
  }
}
