package dev.kirchhoff.mapper.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import java.util.List;

/** Layer normalisation of the vectors of a sequence (Ba, Kiros and Hinton, arXiv:1607.06450). */
final class NormUnit extends TorchNetwork {
  private static final float EPSILON = 1e-5f;

  private final String name;
  private final LayerNorm norm =
      addChildBlock("norm", LayerNorm.builder().axis(2).optEpsilon(EPSILON).build());

  NormUnit(String name) {
    this.name = name;
  }

  @Override
  NDArray forward(ParameterStore store, NDArray x, boolean isTraining) {
    return apply(norm, store, x, isTraining);
  }

  @Override
  Shape shape(Shape input, Initialisation initialisation) {
    return initialisation.of(norm, input);
  }

  @Override
  String export(OnnxGraph graph, String input) {
    float[] scale = values(norm, "gamma");
    List<Integer> dims = List.of(scale.length);
    return graph.node(
        name,
        "LayerNormalization",
        List.of(
            input,
            graph.constant(name + ".scale", dims, scale),
            graph.constant(name + ".shift", dims, values(norm, "beta"))),
        OnnxGraph.whole("axis", -1),
        OnnxGraph.real("epsilon", EPSILON));
  }
}
