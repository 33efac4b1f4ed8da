package dev.kirchhoff.arch.workload;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A network: its layers in execution order.
 *
 * @param name name in the catalogue, or of its file
 * @param layers layers in execution order
 * @param source where shapes and statistics come from
 * @param accuracy how noise of the layers costs accuracy, where that is known
 */
public record Network(
    String name, List<Layer> layers, String source, Optional<AccuracyModel> accuracy) {

  /** A network of which nobody knows how noise costs accuracy. */
  public Network(String name, List<Layer> layers, String source) {
    this(name, layers, source, Optional.empty());
  }

  /** Copy of this network with an accuracy model. */
  public Network with(AccuracyModel model) {
    return new Network(name, layers, source, Optional.of(model));
  }

  public Network {
    layers = List.copyOf(layers);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      for (List<Integer> links : List.of(layer.links().reads(), layer.links().joins())) {
        for (int from : links) {
          requireEarlier(layer, i, from);
        }
      }
      if (!names.add(layer.name())) {
        throw new IllegalArgumentException(
            "The layer name (" + layer.name() + ") of network (" + name + ") must be unique.");
      }
    }
  }

  private static void requireEarlier(Layer layer, int index, int from) {
    if (from < Links.INPUT || from >= index) {
      throw new IllegalArgumentException(
          "The producer ("
              + from
              + ") of layer ("
              + layer.name()
              + ") must be an earlier layer than "
              + index
              + " or "
              + Links.INPUT
              + ".");
    }
  }

  /** Multiply-accumulates of one inference, dynamic matrices included. */
  public long macs() {
    return layers.stream().mapToLong(l -> l.shape().macs()).sum();
  }

  /** Stored weights; dynamic matrices have none. */
  public long weights() {
    return layers.stream().filter(l -> !l.dynamic()).mapToLong(l -> l.shape().weights()).sum();
  }
}
