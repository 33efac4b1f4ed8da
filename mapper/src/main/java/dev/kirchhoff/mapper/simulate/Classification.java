package dev.kirchhoff.mapper.simulate;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Classification of some items by a network: the class of each, with the outputs behind it.
 *
 * @param classes the class of each item: the place of its largest output
 * @param outputs outputs of each item
 */
public record Classification(List<Integer> classes, List<List<Float>> outputs) {
  public Classification {
    classes = List.copyOf(classes);
    outputs = List.copyOf(outputs);
  }

  /** Items whose class is the right one. */
  public int right(IntUnaryOperator label) {
    int right = 0;
    for (int i = 0; i < classes.size(); i++) {
      right += classes.get(i) == label.applyAsInt(i) ? 1 : 0;
    }
    return right;
  }

  /** Share of items whose class is the right one. */
  public double accuracy(IntUnaryOperator label) {
    return classes.isEmpty() ? 0 : (double) right(label) / classes.size();
  }
}
