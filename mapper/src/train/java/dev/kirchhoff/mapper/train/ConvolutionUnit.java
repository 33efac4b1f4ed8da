package dev.kirchhoff.mapper.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import java.util.List;

/**
 * Convolution without bias and batch normalisation of its outputs (Ioffe and Szegedy, ICML 2015).
 * In inference both are one convolution,
 *
 * <pre>w' = w γ / √(σ² + ε),  b' = β − μ γ / √(σ² + ε),</pre>
 *
 * with the scale γ, the shift β, the running mean μ and variance σ² of a channel.
 */
final class ConvolutionUnit extends TorchNetwork {
  private static final float EPSILON = 1e-5f;

  private final String name;
  private final int side;
  private final int stride;
  private final Conv2d convolution;
  private final BatchNorm norm;

  /**
   * A unit with new weights.
   *
   * @param name name of the layer
   * @param side odd side of the kernel; the map keeps its size at a stride of 1
   */
  ConvolutionUnit(String name, int side, int filters, int stride) {
    this.name = name;
    this.side = side;
    this.stride = stride;
    convolution =
        addChildBlock(
            "convolution",
            Conv2d.builder()
                .setKernelShape(new Shape(side, side))
                .optPadding(new Shape(side / 2, side / 2))
                .optStride(new Shape(stride, stride))
                .setFilters(filters)
                .optBias(false)
                .build());
    norm = addChildBlock("norm", BatchNorm.builder().optEpsilon(EPSILON).build());
  }

  @Override
  NDArray forward(ParameterStore store, NDArray x, boolean isTraining) {
    return apply(norm, store, apply(convolution, store, x, isTraining), isTraining);
  }

  @Override
  Shape shape(Shape input, Initialisation initialisation) {
    return initialisation.of(norm, initialisation.of(convolution, input));
  }

  @Override
  String export(OnnxGraph graph, String input) {
    float[] weights = values(convolution, "weight");
    float[] scale = values(norm, "gamma");
    float[] shift = values(norm, "beta");
    float[] mean = values(norm, "runningMean");
    float[] variance = values(norm, "runningVar");
    float[] bias = new float[scale.length];
    int each = weights.length / scale.length;
    for (int filter = 0; filter < scale.length; filter++) {
      double factor = scale[filter] / Math.sqrt(variance[filter] + EPSILON);
      bias[filter] = (float) (shift[filter] - mean[filter] * factor);
      for (int i = filter * each; i < (filter + 1) * each; i++) {
        weights[i] = (float) (weights[i] * factor);
      }
    }
    return graph.node(
        name,
        "Conv",
        List.of(
            input,
            graph.constant(name + ".weight", dims(convolution, "weight"), weights),
            graph.constant(name + ".bias", List.of(bias.length), bias)),
        OnnxGraph.wholes("kernel_shape", side, side),
        OnnxGraph.wholes("strides", stride, stride),
        OnnxGraph.wholes("pads", side / 2, side / 2, side / 2, side / 2));
  }
}
