package dev.kirchhoff.arch.workload;

import java.util.List;
import java.util.Optional;

/**
 * Network with the precision of each of its layers, which the mapper maps to a chip.
 *
 * @param network the network; of a kernel its reads, writes and digital work as a run counts them
 * @param precision precision of each layer, in layer order
 * @param weight how many inferences of this network stand to one of the others that share the chip
 * @param kernel the kernel that the network is a trace of; empty of a network
 */
public record Job(
    Network network, List<Precision> precision, double weight, Optional<KernelTask> kernel) {
  /** A network. */
  public Job(Network network, List<Precision> precision, double weight) {
    this(network, precision, weight, Optional.empty());
  }

  /** True if its layers are the trace of a kernel: they follow one another in a loop. */
  public boolean isKernel() {
    return kernel.isPresent();
  }

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
