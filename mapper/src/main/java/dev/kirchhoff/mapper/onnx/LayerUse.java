package dev.kirchhoff.mapper.onnx;

import java.util.List;

/**
 * Layers that a node multiplies with, by number. Several nodes may use one layer, one after
 * another; steps are counted through all of its uses, so that every read of it has a number of its
 * own.
 *
 * @param layers numbers of the node's layers
 * @param use number of the nodes before it that use the most used of them
 */
record LayerUse(List<Integer> layers, int use) {
  /** Steps of one use (chosen, more than any sequence has). */
  private static final int STEPS = 1 << 20;

  int layer(int i) {
    return layers.get(i);
  }

  /** Number of a step of this use among those of all uses. */
  int step(int index) {
    return use * STEPS + index;
  }
}
