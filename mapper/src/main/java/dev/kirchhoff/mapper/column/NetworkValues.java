package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.workload.AccuracyModel;
import dev.kirchhoff.arch.workload.AccuracyModel.Structure;
import dev.kirchhoff.arch.workload.AccuracyModel.Weight;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Value distributions of a network's layers, and the weights by which errors of the layers reach
 * the output.
 *
 * <p>They do not depend on circuits, and making them takes longer than a thousand evaluations, so
 * there is one for each network; layers with equal statistics share theirs. Immutable; equal to
 * itself alone, so that a key that holds one is cheap to hash.
 */
public final class NetworkValues {
  /** Bits of values that ranges of trained layers are measured for, sign included. */
  private static final int MEASURED = 8;

  private final Network network;
  private final List<ValueDistribution> inputs;
  private final List<ValueDistribution> weights;
  private final List<Weight> errorWeights;

  private NetworkValues(Network network) {
    this.network = network;
    Map<ValueDistribution.Source, ValueDistribution> known = new HashMap<>();
    // Ranges that its quantiser chooses are measured of a trained network alone.
    boolean isTrained = network.accuracy().filter(AccuracyModel::isOwn).isPresent();
    int ofInputs = isTrained ? MEASURED : 0;
    int ofWeights = isTrained ? MEASURED - 1 : 0;
    List<ValueDistribution> inputsOf = new ArrayList<>();
    List<ValueDistribution> weightsOf = new ArrayList<>();
    List<Weight> errorWeightsOf = new ArrayList<>();
    for (Layer layer : network.layers()) {
      Structure structure = Structure.NONE;
      if (network.accuracy().isPresent()) {
        Weight weight = network.accuracy().get().weight(layer.name());
        errorWeightsOf.add(weight);
        structure = weight.structure();
      }
      ValueDistribution.Source x =
          ValueDistribution.Source.ofInputs(
              layer.inputs().within(structure.inputRange()), structure, ofInputs);
      ValueDistribution.Source w =
          ValueDistribution.Source.ofWeights(
              layer.weights().within(structure.weightRange()), structure, ofWeights);
      inputsOf.add(known.computeIfAbsent(x, ValueDistribution::of));
      weightsOf.add(known.computeIfAbsent(w, ValueDistribution::of));
    }
    inputs = List.copyOf(inputsOf);
    weights = List.copyOf(weightsOf);
    errorWeights = List.copyOf(errorWeightsOf);
  }

  /** The values of a network's layers. */
  public static NetworkValues of(Network network) {
    return new NetworkValues(network);
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /** Number of layers. */
  public int layers() {
    return inputs.size();
  }

  /** Inputs of a layer. */
  public ValueDistribution inputs(int layer) {
    return inputs.get(layer);
  }

  /** Weights of a layer. */
  public ValueDistribution weights(int layer) {
    return weights.get(layer);
  }

  /** True if there are weights by which errors reach the output. */
  public boolean isWeighted() {
    return network.accuracy().isPresent();
  }

  /**
   * Weights by which errors of a layer reach the output.
   *
   * @throws IndexOutOfBoundsException unless {@link #isWeighted}
   */
  public Weight errorWeight(int layer) {
    return errorWeights.get(layer);
  }
}
