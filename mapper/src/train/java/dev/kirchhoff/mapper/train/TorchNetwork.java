package dev.kirchhoff.mapper.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.Arrays;
import java.util.List;

/**
 * Part of a network that PyTorch trains and that writes itself as nodes of ONNX. A part has one
 * input and one output; its children are initialised in the order of their data flow.
 */
abstract class TorchNetwork extends AbstractBlock {

  /** The output of a batch. */
  abstract NDArray forward(ParameterStore store, NDArray x, boolean isTraining);

  /** Shape of the output; initialises the parts on the way, if a manager is given. */
  abstract Shape shape(Shape input, Initialisation initialisation);

  /**
   * Adds its nodes to a graph.
   *
   * @param input value that it reads
   * @return value that it makes
   */
  abstract String export(OnnxGraph graph, String input);

  /** Visit of a part with the shape of its input. */
  interface Initialisation {
    /** The shape of its output. */
    Shape of(Block part, Shape input);
  }

  /** The output of a part. */
  static NDArray apply(Block part, ParameterStore store, NDArray x, boolean isTraining) {
    return part.forward(store, new NDList(x), isTraining).singletonOrThrow();
  }

  /** Trained values of a part. */
  static float[] values(Block part, String parameter) {
    return part.getDirectParameters().get(parameter).getArray().toFloatArray();
  }

  /** Dimensions of trained values of a part. */
  static List<Integer> dims(Block part, String parameter) {
    return Arrays.stream(part.getDirectParameters().get(parameter).getShape().getShape())
        .mapToObj(Math::toIntExact)
        .toList();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean isTraining,
      PairList<String, Object> parameters) {
    return new NDList(forward(store, inputs.singletonOrThrow(), isTraining));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {
      shape(inputs[0], (part, input) -> part.getOutputShapes(new Shape[] {input})[0])
    };
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    shape(
        inputs[0],
        (part, input) -> {
          part.initialize(manager, type, input);
          return part.getOutputShapes(new Shape[] {input})[0];
        });
  }
}
