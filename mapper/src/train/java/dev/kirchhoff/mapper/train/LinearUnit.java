package dev.kirchhoff.mapper.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import java.util.List;

/** Linear layer with a bias, on vectors of one dimension or on each vector of a sequence. */
final class LinearUnit extends TorchNetwork {
  private final String name;
  private final Linear linear;

  LinearUnit(String name, int outputs) {
    this.name = name;
    linear = addChildBlock("linear", Linear.builder().setUnits(outputs).build());
  }

  @Override
  NDArray forward(ParameterStore store, NDArray x, boolean isTraining) {
    return apply(linear, store, x, isTraining);
  }

  @Override
  Shape shape(Shape input, Initialisation initialisation) {
    return initialisation.of(linear, input);
  }

  /** A product and a sum in one node, for one vector an item. */
  @Override
  String export(OnnxGraph graph, String input) {
    return graph.node(
        name,
        "Gemm",
        List.of(
            input,
            graph.constant(name + ".weight", dims(linear, "weight"), values(linear, "weight")),
            bias(graph)),
        OnnxGraph.whole("transB", 1));
  }

  /** A product of every vector of a sequence and a sum. */
  String exportOfSequence(OnnxGraph graph, String input) {
    List<Integer> dims = dims(linear, "weight");
    int outputs = dims.get(0);
    int inputs = dims.get(1);
    float[] weights = values(linear, "weight");
    float[] turned = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      turned[i % inputs * outputs + i / inputs] = weights[i];
    }
    String product =
        graph.node(
            name,
            "MatMul",
            List.of(input, graph.constant(name + ".weight", List.of(inputs, outputs), turned)));
    return graph.node(name + ".sum", "Add", List.of(product, bias(graph)));
  }

  private String bias(OnnxGraph graph) {
    return graph.constant(name + ".bias", dims(linear, "bias"), values(linear, "bias"));
  }
}
