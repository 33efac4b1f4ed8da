package dev.kirchhoff.mapper.onnx;

import java.util.ArrayList;
import java.util.List;

/** Numbers of the layers of a network, and of the nodes that use each. */
final class StoredLayers {
  private final List<MatrixLayer> layers = new ArrayList<>();
  private final List<Integer> uses = new ArrayList<>();

  /** The layers, in order of execution. */
  List<MatrixLayer> layers() {
    return List.copyOf(layers);
  }

  /**
   * Numbers of a node's layers, those of a matrix that another node stores the ones that it has.
   */
  LayerUse use(List<MatrixLayer> ofNode) {
    List<Integer> numbers = new ArrayList<>();
    int most = 0;
    for (MatrixLayer layer : ofNode) {
      int found = 0;
      while (found < layers.size() && !layers.get(found).isStoredAs(layer)) {
        found++;
      }
      if (found == layers.size()) {
        layers.add(layer);
        uses.add(0);
      }
      most = Math.max(most, uses.get(found));
      uses.set(found, uses.get(found) + 1);
      numbers.add(found);
    }
    return new LayerUse(numbers, most);
  }
}
