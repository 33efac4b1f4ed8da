package dev.kirchhoff.arch.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a network of plain layer descriptions, as a list of shapes in a spec states them.
 *
 * <p>What a description leaves out is assumed: a layer reads the layer before it, is followed by a
 * bias and a rectifier (the last one by a bias only, a dynamic matrix by nothing), and has the
 * {@link TypicalValues} of an image (first layer), of rectified values (any other) and of
 * convolutional weights.
 */
public final class Layers {
  private Layers() {}

  /**
   * What is said about a layer.
   *
   * @param name its name
   * @param shape its shape
   * @param dynamic both operands are activations
   * @param links where its values come from; without them from the layer before
   * @param window how it moves over its input map; without one padded to the size of its output
   * @param after digital work on its outputs
   * @param inputs statistics of its inputs
   * @param weights statistics of its weights
   */
  public record Description(
      String name,
      MatrixShape shape,
      boolean dynamic,
      Optional<Links> links,
      Optional<Window> window,
      Optional<List<DigitalWork>> after,
      Optional<ValueStatistics> inputs,
      Optional<ValueStatistics> weights) {

    /** A layer with stored weights of which only name and shape are known. */
    public static Description of(String name, MatrixShape shape) {
      return new Description(
          name,
          shape,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /**
   * The network of these layers.
   *
   * @param name name of the network
   * @param descriptions its layers in execution order
   * @param source where they come from
   * @return the network; its source says if statistics were assumed
   */
  public static Network network(String name, List<Description> descriptions, String source) {
    List<Layer> layers = new ArrayList<>();
    boolean assumed = false;
    for (int i = 0; i < descriptions.size(); i++) {
      Description each = descriptions.get(i);
      boolean last = i == descriptions.size() - 1;
      assumed |= each.inputs().isEmpty() || each.weights().isEmpty();
      layers.add(
          new Layer(
              each.name(),
              each.shape(),
              each.window().orElse(Window.padded(each.shape())),
              each.dynamic(),
              each.inputs().orElse(inputs(i)),
              each.weights().orElse(weights(each)),
              each.after().orElseGet(() -> DigitalRule.work(after(each, last), each.shape())),
              each.links().orElse(Links.of(i - 1))));
    }
    return new Network(
        name, layers, assumed ? source + "; statistics: assumed, typical values" : source);
  }

  private static String after(Description layer, boolean last) {
    if (layer.dynamic()) {
      return "";
    }
    return last ? "bias" : "bias relu";
  }

  private static ValueStatistics inputs(int index) {
    return (index == 0 ? TypicalValues.IMAGE : TypicalValues.RELU).statistics();
  }

  private static ValueStatistics weights(Description layer) {
    MatrixShape shape = layer.shape();
    boolean depthwise = shape.groups() > 1 && shape.inputsPerGroup() == 1;
    if (layer.dynamic()) {
      return TypicalValues.SIGNED.statistics();
    }
    return (depthwise ? TypicalValues.DEPTHWISE_WEIGHTS : TypicalValues.CNN_WEIGHTS).statistics();
  }
}
