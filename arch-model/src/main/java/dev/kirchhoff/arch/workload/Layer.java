package dev.kirchhoff.arch.workload;

import java.util.List;

/**
 * One matrix layer of a network with the digital work that follows it.
 *
 * @param name name within its network, {@code 03} or {@code conv2_1}
 * @param shape matrix shape
 * @param dynamic both operands are activations: done on the digital vector units, not on crossbars
 * @param inputs statistics of the input values
 * @param weights statistics of the weights
 * @param after digital work on this layer's outputs (bias, activation, pooling, residual addition)
 * @param producer index of the layer whose output this one reads, −1 = the network's input; of a
 *     residual sum the last layer of the main path, which bears the addition, and of a
 *     concatenation the layer that completed it
 */
public record Layer(
    String name,
    MatrixShape shape,
    boolean dynamic,
    ValueStatistics inputs,
    ValueStatistics weights,
    List<DigitalWork> after,
    int producer) {
  public Layer {
    after = List.copyOf(after);
  }
}
