package dev.kirchhoff.mapper.onnx;

import java.util.Arrays;

/** One value of a graph for all items of a batch; a constant is the same for all. */
final class BatchValues {
  private final Values[] items;
  private final boolean isConstant;

  private BatchValues(Values[] items, boolean isConstant) {
    this.items = items;
    this.isConstant = isConstant;
  }

  static BatchValues constant(Values value) {
    return new BatchValues(new Values[] {value}, true);
  }

  static BatchValues of(Values[] items) {
    return new BatchValues(items, false);
  }

  /** Items of dimensions, from their arrays. */
  static BatchValues of(int[] dims, float[][] items) {
    return of(Arrays.stream(items).map(item -> Values.of(dims, item)).toArray(Values[]::new));
  }

  /** Dimensions, the same for all items. */
  int[] dims() {
    return items[0].dims();
  }

  Values item(int i) {
    return isConstant ? items[0] : items[i];
  }

  /** Arrays of all items. */
  float[][] arrays(int count) {
    float[][] arrays = new float[count][];
    Arrays.setAll(arrays, i -> item(i).data());
    return arrays;
  }
}
