package dev.kirchhoff.arch.workload;

import java.util.List;

/**
 * A network with the precision of each of its layers: what the mapper lays on a chip.
 *
 * @param network the network
 * @param precision precision of each layer, in layer order
 * @param weight how many inferences of this network stand to one of the others that share the chip
 */
public record Job(Network network, List<Precision> precision, double weight) {
  public Job {
    precision = List.copyOf(precision);
    if (precision.size() != network.layers().size()) {
      throw new IllegalArgumentException(
          "Network ("
              + network.name()
              + ") has "
              + network.layers().size()
              + " layers but "
              + precision.size()
              + " precisions.");
    }
  }
}
