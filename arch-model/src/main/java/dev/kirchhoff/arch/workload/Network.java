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

  /** Copy of this network with an accuracy model, and with the statistics that it measured. */
  public Network with(AccuracyModel model) {
    List<Layer> measured =
        layers.stream()
            .map(layer -> model.weight(layer.name()).inputs().map(layer::measured).orElse(layer))
            .toList();
    return new Network(name, measured, source, Optional.of(model));
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
      requireMatrix(layers, i);
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

  /** Another layer's matrix must be an earlier one of a shape that fits. */
  private static void requireMatrix(List<Layer> layers, int index) {
    Layer layer = layers.get(index);
    int other = layer.matrix().reused().orElse(layer.matrix().inputLayer().orElse(Links.INPUT));
    boolean isReused = layer.matrix().reused().isPresent();
    boolean isRecurrent = layer.matrix().inputLayer().isPresent();
    if (!isReused && !isRecurrent) {
      return;
    }
    if (other < 0 || other >= index) {
      throw new IllegalArgumentException(
          "The layer ("
              + other
              + ") whose matrix layer ("
              + layer.name()
              + ") refers to must be an earlier one than "
              + index
              + ".");
    }
    Layer storing = layers.get(other);
    MatrixShape a = layer.shape();
    MatrixShape b = storing.shape();
    boolean areStored =
        !layer.dynamic() && !storing.dynamic() && storing.matrix().reused().isEmpty();
    boolean fits =
        isReused
            ? layer.matrix().otherWay().isPresent()
                ? isReadOtherwise(layer.matrix().otherWay().get(), a, b)
                : a.inputsPerOutput() == b.inputsPerOutput()
                    && a.kernelHeight() * a.kernelWidth() == b.kernelHeight() * b.kernelWidth()
                    && a.outputsPerGroup() == b.outputsPerGroup()
                    && a.groups() == b.groups()
            : isVectorProduct(a)
                && isVectorProduct(b)
                && a.outputsPerGroup() == b.outputsPerGroup()
                && a.vectors() == b.vectors()
                && storing.matrix() instanceof MatrixStorage.Own;
    if (!areStored || !fits) {
      throw new IllegalArgumentException(
          "The matrix of layer ("
              + layer.name()
              + ") must "
              + (isReused
                  ? "have the shape of the stored one of layer ("
                      + storing.name()
                      + ") that it reuses."
                  : "have outputs and vectors of that of layer ("
                      + storing.name()
                      + "), the input matrix of its cell."));
    }
  }

  /** True if a shape is that of another matrix read otherwise. */
  private static boolean isReadOtherwise(
      MatrixStorage.ReadOtherwise.Way way, MatrixShape read, MatrixShape stored) {
    boolean areVectors = isVectorProduct(read) && isVectorProduct(stored);
    return areVectors
        && switch (way) {
          case TRANSPOSE ->
              read.inputsPerOutput() == stored.outputsPerGroup()
                  && read.outputsPerGroup() == stored.inputsPerOutput();
          case LINE ->
              read.inputsPerOutput() == stored.inputsPerOutput() && read.outputsPerGroup() == 1;
        };
  }

  private static boolean isVectorProduct(MatrixShape shape) {
    return shape.groups() == 1 && shape.kernelHeight() * shape.kernelWidth() == 1;
  }

  /** Multiply-accumulates of one inference, dynamic matrices included. */
  public long macs() {
    return layers.stream().mapToLong(l -> l.shape().macs()).sum();
  }

  /** Stored weights, each once; dynamic matrices have none. */
  public long weights() {
    return layers.stream()
        .filter(l -> !l.dynamic() && l.matrix().reused().isEmpty())
        .mapToLong(l -> l.shape().weights())
        .sum();
  }
}
