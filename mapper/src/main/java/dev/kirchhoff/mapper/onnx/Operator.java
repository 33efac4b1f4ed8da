package dev.kirchhoff.mapper.onnx;

import java.util.List;

/** Semantics of a kind of node: shapes of its outputs, its layers, its digital work. */
@FunctionalInterface
interface Operator {
  /**
   * The outputs of a node.
   *
   * @throws ModelException if its inputs do not fit it
   */
  List<Tensor> apply(NodeView node, LayerCollector book);
}
