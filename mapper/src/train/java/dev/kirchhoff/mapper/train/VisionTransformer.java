package dev.kirchhoff.mapper.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import java.util.ArrayList;
import java.util.List;

/**
 * Vision transformer: an image is cut into square patches, each embedded in a vector to which a
 * learnt position is added; encoders follow, the mean over the patches and a linear layer.
 *
 * <p>Source: Dosovitskiy et al., ICLR 2021, arXiv:2010.11929, with the mean over the patches
 * instead of a class token, as in appendix D.3.
 */
final class VisionTransformer extends TorchNetwork {
  /** About that of embedded patches: much smaller positions are learnt for epochs. */
  private static final float DEVIATION_OF_POSITIONS = 0.5f;

  private final int patch;
  private final int width;
  private final int patches;
  private final Conv2d embedding;
  private final Parameter positions;
  private final List<Encoder> encoders = new ArrayList<>();
  private final NormUnit norm = addChildBlock("norm", new NormUnit("norm"));
  private final LinearUnit head;

  /**
   * A network with new weights.
   *
   * @param side side of an image, a multiple of the side of a patch
   * @param width length of the vectors, a multiple of the heads
   * @param inner values between the two linear layers of an encoder
   */
  VisionTransformer(
      int side, int patch, int encoders, int heads, int width, int inner, int classes) {
    this.patch = patch;
    this.width = width;
    patches = side / patch * (side / patch);
    embedding =
        addChildBlock(
            "embedding",
            Conv2d.builder()
                .setKernelShape(new Shape(patch, patch))
                .optStride(new Shape(patch, patch))
                .setFilters(width)
                .build());
    positions =
        addParameter(
            Parameter.builder()
                .setName("positions")
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(1, patches, width))
                .optInitializer(new NormalInitializer(DEVIATION_OF_POSITIONS))
                .build());
    for (int i = 1; i <= encoders; i++) {
      String name = "encoder" + i;
      this.encoders.add(addChildBlock(name, new Encoder(name, patches, heads, width, inner)));
    }
    head = addChildBlock("head", new LinearUnit("head", classes));
  }

  @Override
  NDArray forward(ParameterStore store, NDArray x, boolean isTraining) {
    NDArray vectors =
        apply(embedding, store, x, isTraining)
            .reshape(-1, width, patches)
            .transpose(0, 2, 1)
            .add(store.getValue(positions, x.getDevice(), isTraining));
    for (Encoder encoder : encoders) {
      vectors = apply(encoder, store, vectors, isTraining);
    }
    NDArray mean = apply(norm, store, vectors, isTraining).mean(new int[] {1});
    return apply(head, store, mean, isTraining);
  }

  @Override
  Shape shape(Shape input, Initialisation initialisation) {
    initialisation.of(embedding, input);
    Shape vectors = new Shape(input.get(0), patches, width);
    encoders.forEach(encoder -> initialisation.of(encoder, vectors));
    initialisation.of(norm, vectors);
    return initialisation.of(head, new Shape(input.get(0), width));
  }

  @Override
  String export(OnnxGraph graph, String input) {
    String value =
        graph.node(
            "embedding",
            "Conv",
            List.of(
                input,
                graph.constant(
                    "embedding.weight", dims(embedding, "weight"), values(embedding, "weight")),
                graph.constant(
                    "embedding.bias", dims(embedding, "bias"), values(embedding, "bias"))),
            OnnxGraph.wholes("kernel_shape", patch, patch),
            OnnxGraph.wholes("strides", patch, patch));
    value =
        graph.node(
            "patches",
            "Reshape",
            List.of(value, graph.wholesConstant("patches.shape", 0, width, patches)));
    value = graph.node("vectors", "Transpose", List.of(value), OnnxGraph.wholes("perm", 0, 2, 1));
    String position =
        graph.constant("positions", List.of(1, patches, width), values(this, "positions"));
    value = graph.node("positioned", "Add", List.of(value, position));
    for (Encoder encoder : encoders) {
      value = encoder.export(graph, value);
    }
    value =
        graph.node(
            "mean",
            "ReduceMean",
            List.of(norm.export(graph, value)),
            OnnxGraph.wholes("axes", 1),
            OnnxGraph.whole("keepdims", 0));
    return head.export(graph, value);
  }
}
