package dev.kirchhoff.mapper.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Residual network of small images: a convolution, three stages of residual blocks, the mean over
 * the map and a linear layer. With three blocks a stage it is ResNet-20 of He et al., CVPR 2016,
 * doi:10.1109/CVPR.2016.90, section 4.2, with projections instead of zeros where sizes change.
 */
final class ResidualNetwork extends TorchNetwork {
  private static final int STAGES = 3;

  private final ConvolutionUnit first;
  private final List<ResidualBlock> blocks = new ArrayList<>();
  private final LinearUnit last;

  /**
   * A network with new weights.
   *
   * @param width filters of the first stage; each further one has twice as many
   * @param blocksPerStage blocks of each stage
   */
  ResidualNetwork(int width, int blocksPerStage, int classes) {
    first = addChildBlock("conv1", new ConvolutionUnit("conv1", 3, width, 1));
    int channels = width;
    for (int stage = 1; stage <= STAGES; stage++) {
      int filters = width << stage - 1;
      for (int block = 1; block <= blocksPerStage; block++) {
        String name = "stage" + stage + ".block" + block;
        int stride = stage > 1 && block == 1 ? 2 : 1;
        blocks.add(addChildBlock(name, new ResidualBlock(name, channels, filters, stride)));
        channels = filters;
      }
    }
    last = addChildBlock("fc", new LinearUnit("fc", classes));
  }

  @Override
  NDArray forward(ParameterStore store, NDArray x, boolean isTraining) {
    NDArray values = Activation.relu(apply(first, store, x, isTraining));
    for (ResidualBlock block : blocks) {
      values = apply(block, store, values, isTraining);
    }
    return apply(last, store, Pool.globalAvgPool2d(values), isTraining);
  }

  @Override
  Shape shape(Shape input, Initialisation initialisation) {
    Shape shape = initialisation.of(first, input);
    for (ResidualBlock block : blocks) {
      shape = initialisation.of(block, shape);
    }
    return initialisation.of(last, new Shape(shape.get(0), shape.get(1)));
  }

  @Override
  String export(OnnxGraph graph, String input) {
    String value = graph.node("relu1", "Relu", List.of(first.export(graph, input)));
    for (ResidualBlock block : blocks) {
      value = block.export(graph, value);
    }
    value = graph.node("pool", "GlobalAveragePool", List.of(value));
    return last.export(graph, graph.node("flat", "Flatten", List.of(value)));
  }
}
