package dev.kirchhoff.mapper.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Optional;

/**
 * Two convolutions of 3 × 3 around which the input is added to their output: relu(f(x) + x). Where
 * the size changes, a convolution of 1 × 1 projects the input.
 *
 * <p>Source: He, Zhang, Ren and Sun, CVPR 2016, doi:10.1109/CVPR.2016.90, eqs. 1 and 2.
 */
final class ResidualBlock extends TorchNetwork {
  private final String name;
  private final ConvolutionUnit first;
  private final ConvolutionUnit second;
  private final Optional<ConvolutionUnit> projection;

  /**
   * A block with new weights.
   *
   * @param channels channels of its input
   */
  ResidualBlock(String name, int channels, int filters, int stride) {
    this.name = name;
    first = addChildBlock("conv1", new ConvolutionUnit(name + ".conv1", 3, filters, stride));
    second = addChildBlock("conv2", new ConvolutionUnit(name + ".conv2", 3, filters, 1));
    projection =
        channels == filters && stride == 1
            ? Optional.empty()
            : Optional.of(
                addChildBlock(
                    "projection", new ConvolutionUnit(name + ".projection", 1, filters, stride)));
  }

  @Override
  NDArray forward(ParameterStore store, NDArray x, boolean isTraining) {
    NDArray inner = Activation.relu(apply(first, store, x, isTraining));
    NDArray added = projection.map(each -> apply(each, store, x, isTraining)).orElse(x);
    return Activation.relu(apply(second, store, inner, isTraining).add(added));
  }

  @Override
  Shape shape(Shape input, Initialisation initialisation) {
    projection.ifPresent(each -> initialisation.of(each, input));
    return initialisation.of(second, initialisation.of(first, input));
  }

  @Override
  String export(OnnxGraph graph, String input) {
    String inner = graph.node(name + ".relu1", "Relu", List.of(first.export(graph, input)));
    String convolved = second.export(graph, inner);
    String added = projection.map(each -> each.export(graph, input)).orElse(input);
    String sum = graph.node(name + ".add", "Add", List.of(convolved, added));
    return graph.node(name + ".relu2", "Relu", List.of(sum));
  }
}
