package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.mapper.onnx.proto.ModelProto;
import dev.kirchhoff.mapper.onnx.proto.NodeProto;
import dev.kirchhoff.mapper.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Node of a network with stored matrices.
 *
 * @param node the node
 * @param operator its execution on an engine
 * @param use numbers of its layers
 * @param exact the node as the library runs it, with its own matrix
 * @param given the node as the library runs it with a matrix that is handed over
 */
record MatrixNode(
    NodeProto node, MatrixOperator operator, LayerUse use, GraphPart exact, GraphPart given) {
  /** Input of a node that is its matrix. */
  private static final int MATRIX = 1;

  /**
   * A node.
   *
   * @param name its name in messages
   * @param stored values of the file, by name
   */
  static MatrixNode of(
      ModelProto model,
      NodeProto node,
      String name,
      MatrixOperator operator,
      LayerUse use,
      Map<String, TensorProto> stored) {
    return new MatrixNode(
        node,
        operator,
        use,
        part(model, node, name, stored, false),
        part(model, node, name, stored, true));
  }

  private static GraphPart part(
      ModelProto model,
      NodeProto node,
      String name,
      Map<String, TensorProto> stored,
      boolean isMatrixGiven) {
    List<TensorProto> held = new ArrayList<>();
    List<String> read = new ArrayList<>();
    for (int i = 0; i < node.getInputCount(); i++) {
      String input = node.getInput(i);
      boolean isHeld = stored.containsKey(input) && !(isMatrixGiven && i == MATRIX);
      if (isHeld && held.stream().noneMatch(tensor -> tensor.getName().equals(input))) {
        held.add(stored.get(input));
      } else if (!isHeld && !input.isEmpty() && !read.contains(input)) {
        read.add(input);
      }
    }
    List<String> made = node.getOutputList().stream().filter(output -> !output.isEmpty()).toList();
    return new GraphPart(
        model, name, List.of(node.toBuilder().setName("").build()), held, read, made);
  }

  /** Name of its stored matrix. */
  String matrix() {
    return node.getInput(MATRIX);
  }

  /** True if it is a recurrent cell, whose products an engine makes, step after step. */
  boolean isRecurrent() {
    return List.of("LSTM", "GRU", "RNN").contains(node.getOpType());
  }

  /** True if its outputs come before the positions of its map. */
  boolean isChannelsFirst() {
    return node.getOpType().equals("Conv");
  }
}
