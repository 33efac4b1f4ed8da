package dev.kirchhoff.arch.workload;

import java.util.List;

/**
 * A network: its layers in execution order.
 *
 * @param name name in the catalogue, or of its file
 * @param layers layers in execution order
 * @param source where shapes and statistics come from
 */
public record Network(String name, List<Layer> layers, String source) {
  public Network {
    layers = List.copyOf(layers);
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
