package dev.kirchhoff.arch.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builder of a network from plain layer descriptions, as a list of shapes in a spec states them.
 *
 * <p>Properties that a description leaves out are assumed: a layer reads the layer before it, is
 * followed by a bias and a rectifier (the last one by a bias only, a dynamic matrix by nothing),
 * and has the {@link TypicalValues} of convolutional weights and of the outputs of the layers that
 * it reads: an image for the network's input, else values that follow from their digital work
 * ({@link OutputValues}). Each layer's {@link ValueOrigins} distinguish signs that follow from
 * stated work from assumed ones.
 */
public final class Layers {
  private Layers() {}

  /**
   * Description of a layer.
   *
   * @param name its name
   * @param shape its shape
   * @param dynamic both operands are activations
   * @param links layers that its values come from; by default the layer before
   * @param window movement over its input map; by default padded to the size of its output
   * @param after digital work on its outputs, as {@link DigitalRule} describes it
   * @param inputs statistics of its inputs
   * @param weights statistics of its weights
   * @param origins origins of its statistics
   * @param matrix storage of its matrix
   */
  public record Description(
      String name,
      MatrixShape shape,
      boolean dynamic,
      Optional<Links> links,
      Optional<Window> window,
      Optional<String> after,
      Optional<ValueStatistics> inputs,
      Optional<ValueStatistics> weights,
      Optional<ValueOrigins> origins,
      MatrixStorage matrix) {
    /** Checks that the digital work is valid. */
    public Description {
      after.ifPresent(work -> DigitalRule.work(work, shape));
    }

    /** A layer that stores a matrix of its own. */
    public Description(
        String name,
        MatrixShape shape,
        boolean dynamic,
        Optional<Links> links,
        Optional<Window> window,
        Optional<String> after,
        Optional<ValueStatistics> inputs,
        Optional<ValueStatistics> weights,
        Optional<ValueOrigins> origins) {
      this(name, shape, dynamic, links, window, after, inputs, weights, origins, MatrixStorage.OWN);
    }

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
          Optional.empty(),
          Optional.empty());
    }
  }

  /**
   * The network of these layers.
   *
   * @param name name of the network
   * @param descriptions its layers in execution order
   * @param source source of the layers
   * @return the network; its source says if statistics were assumed
   */
  public static Network network(String name, List<Description> descriptions, String source) {
    List<Layer> layers = new ArrayList<>();
    List<OutputValues> outputs = new ArrayList<>();
    boolean assumed = false;
    for (int i = 0; i < descriptions.size(); i++) {
      Description each = descriptions.get(i);
      Links links = each.links().orElse(Links.of(i - 1));
      String after = each.after().orElse(after(each, i == descriptions.size() - 1));
      assumed |= each.inputs().isEmpty() || each.weights().isEmpty();
      Operands operands = operands(each, links, outputs);
      layers.add(
          new Layer(
              each.name(),
              each.shape(),
              each.window().orElse(Window.padded(each.shape())),
              each.dynamic(),
              each.inputs().orElse(operands.vectors().values().statistics()),
              each.weights().orElse(operands.matrix().statistics()),
              each.origins().orElse(origins(each, operands)),
              DigitalRule.work(after, each.shape()),
              links,
              each.matrix()));
      outputs.add(outputs(each, operands, after, read(links.joins(), outputs)));
    }
    return new Network(
        name, layers, assumed ? source + "; statistics: assumed, typical values" : source);
  }

  /**
   * Values that a layer multiplies.
   *
   * @param vectors its inputs
   * @param second the second operand of a dynamic matrix
   * @param matrix what stands for its weights, or for its second operand
   */
  private record Operands(OutputValues vectors, OutputValues second, TypicalValues matrix) {}

  private static Operands operands(Description each, Links links, List<OutputValues> outputs) {
    List<Integer> reads = links.reads();
    OutputValues all = read(reads, outputs).orElse(OutputValues.INPUT);
    if (!each.dynamic()) {
      return new Operands(all, all, weights(each));
    }
    boolean pair = reads.size() == 2;
    OutputValues vectors = pair ? read(reads.subList(0, 1), outputs).orElseThrow() : all;
    OutputValues second = pair ? read(reads.subList(1, 2), outputs).orElseThrow() : all;
    return new Operands(
        vectors, second, second.isSigned() ? TypicalValues.SIGNED : second.values());
  }

  /** Values of layers side by side; empty without layers, or where a link leads to no layer. */
  private static Optional<OutputValues> read(List<Integer> from, List<OutputValues> outputs) {
    return from.stream()
        .map(each -> each >= 0 && each < outputs.size() ? outputs.get(each) : OutputValues.INPUT)
        .reduce(OutputValues::with);
  }

  private static ValueOrigins origins(Description each, Operands operands) {
    boolean isGiven = each.inputs().isPresent();
    return new ValueOrigins(
        isGiven ? StatisticsOrigin.GIVEN : operands.vectors().signs(),
        isGiven ? StatisticsOrigin.GIVEN : StatisticsOrigin.ASSUMED,
        each.weights().isPresent() ? StatisticsOrigin.GIVEN : StatisticsOrigin.ASSUMED);
  }

  /** Values at a layer's output; a rectifier is assumed where none is stated. */
  private static OutputValues outputs(
      Description each, Operands operands, String after, Optional<OutputValues> joined) {
    OutputValues products =
        each.dynamic()
            ? OutputValues.dynamic(operands.vectors(), operands.second())
            : OutputValues.PRODUCTS;
    OutputValues behind = products.after(after, joined);
    return each.after().isPresent() || each.dynamic()
        ? behind
        : new OutputValues(behind.values(), StatisticsOrigin.ASSUMED);
  }

  private static String after(Description layer, boolean last) {
    if (layer.dynamic()) {
      return "";
    }
    return last ? "bias" : "bias relu";
  }

  private static TypicalValues weights(Description layer) {
    MatrixShape shape = layer.shape();
    boolean depthwise = shape.groups() > 1 && shape.inputsPerGroup() == 1;
    return depthwise ? TypicalValues.DEPTHWISE_WEIGHTS : TypicalValues.CNN_WEIGHTS;
  }
}
