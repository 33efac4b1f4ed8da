package dev.kirchhoff.mapper.onnx;

import java.util.List;

/** What a kind of node does: shapes of its outputs, layers it is made of, digital work. */
@FunctionalInterface
interface Operator {
  /**
   * The outputs of a node.
   *
   * @throws ModelException if its inputs do not fit it
   */
  List<Tensor> apply(NodeView node, LayerBook book);
}
