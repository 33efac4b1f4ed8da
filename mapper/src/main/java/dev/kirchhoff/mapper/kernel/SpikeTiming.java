package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.Machine;
import dev.kirchhoff.arch.kernel.VectorOperation;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import java.util.Arrays;
import java.util.List;

/**
 * Rate code and spike-timing-dependent plasticity: inputs fire at random with a probability of rate
 * x pixel a step; a spike of a neuron pulses its synapses up where the input fired in the same step
 * or the one before, down elsewhere. The devices bound the weights.
 *
 * @param rate rate of a white pixel, per step
 * @param up pulse up, over a full weight
 * @param down pulse down, likewise
 */
record SpikeTiming(double rate, double up, double down) {
  /** Width of a pixel. */
  static final int BITS = 8;

  /** Keys: rate and pulses. */
  static List<Key> keys() {
    return List.of(
        key("rate", "60%", "probability that a white pixel fires in a step"),
        key("up", "15%", "weight change of a synapse whose input fired, over a full weight"),
        key("down", "7.5%", "weight change of the other synapses, over a full weight"));
  }

  private static Key key(String name, String value, String doc) {
    return Key.of(name, Type.quantity(Dimension.RATIO, 0, 1), value, doc);
  }

  /** Code and plasticity by the settings of {@link #keys}. */
  static SpikeTiming of(Settings settings) {
    return new SpikeTiming(settings.number("rate"), settings.number("up"), settings.number("down"));
  }

  /**
   * Weights before learning, uniform over the whole window: converters that set their ranges at the
   * first read meet weights as large as those to come.
   */
  static double[][] initial(int inputs, int neurons, RandomKey key) {
    double[][] weights = new double[inputs][neurons];
    for (int i = 0; i < inputs; i++) {
      RandomKey row = key.child(i);
      Arrays.setAll(weights[i], j -> 2 * row.uniform(j) - 1);
    }
    return weights;
  }

  /** Spikes of a step, 0 or 1: a draw and a comparison an input. */
  double[] spikes(Machine machine, double[] pixels) {
    machine.digital(VectorOperation.COMPARE, pixels.length, BITS);
    return Arrays.stream(pixels).map(p -> machine.uniform() < rate * p ? 1 : 0).toArray();
  }

  /** Changes of all synapses by the spike of a neuron, those of the others 0. */
  double[][] change(int neuron, int neurons, double[] spikes, double[] before) {
    double[][] change = new double[spikes.length][neurons];
    for (int i = 0; i < change.length; i++) {
      change[i][neuron] = spikes[i] + before[i] > 0 ? up : -down;
    }
    return change;
  }
}
