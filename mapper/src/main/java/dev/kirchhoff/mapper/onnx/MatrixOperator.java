package dev.kirchhoff.mapper.onnx;

import java.util.List;

/** An operator with stored matrices: its layers, and what it does to a batch. */
interface MatrixOperator {
  /** Layers of the node, in the order in which the importer counts them. */
  List<MatrixLayer> layers();

  /**
   * The outputs of the node.
   *
   * @param inputs its inputs; null where one is left out
   * @param use numbers of its layers
   */
  List<BatchValues> apply(List<BatchValues> inputs, LayerUse use, BatchRun run);

  /** True if an optional input is present. */
  static boolean given(List<BatchValues> inputs, int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }
}
