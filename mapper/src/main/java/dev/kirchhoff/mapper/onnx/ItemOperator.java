package dev.kirchhoff.mapper.onnx;

import java.util.List;

/** Function of an operator without a stored matrix on the values of one item. */
@FunctionalInterface
interface ItemOperator {
  /**
   * The outputs of a node.
   *
   * @param node the node
   * @param inputs its inputs; null where one is left out
   */
  List<Values> apply(GraphNode node, List<Values> inputs);

  /** A required input. */
  static Values required(List<Values> inputs, int i) {
    if (!given(inputs, i)) {
      throw new ExecutionException("misses input " + i);
    }
    return inputs.get(i);
  }

  /** True if an optional input is present. */
  static boolean given(List<Values> inputs, int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }

  /** An axis counted from the front. */
  static int axis(int axis, int rank) {
    int place = axis < 0 ? axis + rank : axis;
    if (place < 0 || place >= rank && rank > 0) {
      throw new ExecutionException("has the axis " + axis + " of a tensor of rank " + rank);
    }
    return place;
  }

  /** Whole numbers of an attribute or, since some version, of an input. */
  static int[] wholes(GraphNode node, List<Values> inputs, String attribute, int input) {
    return given(inputs, input) ? inputs.get(input).wholes() : node.attributes().wholes(attribute);
  }
}
