package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.Network;
import dev.kirchhoff.mapper.fidelity.CellVariation;
import dev.kirchhoff.mapper.fidelity.DigitStatistics;
import dev.kirchhoff.mapper.fidelity.SignalToNoise;
import java.util.Arrays;

/**
 * Noise of a network's layers under one model, kept for the next design that has the same model: of
 * that one only the layers whose digits are others are computed again. What it holds of a layer is
 * what the model gives for it, so that sums over layers, made in the same order, are the same bit
 * for bit. Not safe for several threads.
 */
final class KeptNoise {
  private static final int SLOTS = SignalToNoise.SLOTS;

  private Network network;
  private CellVariation variation;
  private SignalToNoise model;
  private DigitStatistics[] inputs = new DigitStatistics[0];
  private DigitStatistics[] weights = new DigitStatistics[0];
  private double[] results = new double[0];
  private Object version;
  private double[] sensitivities = new double[0];

  /** Totals of the network, or null where a layer has changed since. */
  private NetworkNoise noise;

  /** Whether this is what a model gives for a network's layers. */
  boolean isOf(Network network, CellVariation variation, SignalToNoise model) {
    return this.network == network
        && this.variation == variation
        && (this.model == model || this.model.givesSameAs(model));
  }

  /** Starts anew with another network or model. */
  void start(Network network, CellVariation variation, SignalToNoise model) {
    int layers = network.layers().size();
    this.network = network;
    this.variation = variation;
    this.model = model;
    noise = null;
    version = null;
    if (inputs.length < layers) {
      inputs = new DigitStatistics[layers];
      weights = new DigitStatistics[layers];
      results = new double[layers * SLOTS];
    }
    if (sensitivities.length < layers * variation.levels()) {
      sensitivities = new double[layers * variation.levels()];
    }
    Arrays.fill(inputs, null);
  }

  /** The version of the layers' digits that this has been brought to; null if none. */
  Object version() {
    return version;
  }

  /** Says that all layers have been brought to a version of their digits. */
  void setVersion(Object version) {
    this.version = version;
  }

  /** Whether a layer's digits are those that it was computed with. */
  boolean has(int layer, DigitStatistics x, DigitStatistics w) {
    return inputs[layer] == x && weights[layer] == w;
  }

  /** Keeps a layer's noise and its sensitivity by level. */
  void keep(
      int layer, DigitStatistics x, DigitStatistics w, double[] result, double[] sensitivity) {
    inputs[layer] = x;
    weights[layer] = w;
    System.arraycopy(result, 0, results, layer * SLOTS, SLOTS);
    int levels = variation.levels();
    System.arraycopy(sensitivity, 0, sensitivities, layer * levels, levels);
    noise = null;
  }

  /** Reads what is kept of a layer: its noise and its sensitivity by level. */
  void read(int layer, double[] result, double[] sensitivity) {
    System.arraycopy(results, layer * SLOTS, result, 0, SLOTS);
    int levels = variation.levels();
    System.arraycopy(sensitivities, layer * levels, sensitivity, 0, levels);
  }

  /** One of a layer's ratios, by the constants of {@link SignalToNoise}. */
  double of(int layer, int slot) {
    return results[layer * SLOTS + slot];
  }

  /** What reaches the output of a layer's ratios. */
  double reaching(int layer, NetworkStatistics weights) {
    return weights.reaching(layer, results, layer * SLOTS);
  }

  /** Adds a layer's sensitivity by level, times its weight. */
  void addSensitivity(int layer, double kappa, double[] perLevel) {
    int levels = variation.levels();
    int at = layer * levels;
    for (int level = 0; level < levels; level++) {
      perLevel[level] += kappa * sensitivities[at + level];
    }
  }

  /** The network's totals if no layer has changed since; else null. */
  NetworkNoise noise() {
    return noise;
  }

  /** Keeps the network's totals. */
  void setNoise(NetworkNoise noise) {
    this.noise = noise;
  }
}
