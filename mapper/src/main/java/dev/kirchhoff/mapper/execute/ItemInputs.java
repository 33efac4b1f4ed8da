package dev.kirchhoff.mapper.execute;

import java.util.List;

/** Which inputs of a node are there. */
final class ItemInputs {
  private ItemInputs() {}

  static boolean given(List<BatchValues> inputs, int i) {
    return i < inputs.size() && inputs.get(i) != null;
  }
}
