package dev.kirchhoff.mapper.onnx;

import java.util.List;

/** Presence of the inputs of a node. */
final class ItemInputs {
  private ItemInputs() {}

  static boolean given(List<BatchValues> inputs, int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }
}
