package dev.kirchhoff.mapper.onnx;

import ai.onnxruntime.OnnxTensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Values of items that run side by side, by name. Those that it made are its own and closed when
 * nobody reads them any more; those of the run that it continues are not.
 */
final class Lane implements AutoCloseable {
  private final int items;
  private final Map<String, OnnxTensor> values;
  private final Set<String> own;

  Lane(int items, Map<String, OnnxTensor> values) {
    this(items, values, values.keySet());
  }

  private Lane(int items, Map<String, OnnxTensor> values, Set<String> own) {
    this.items = items;
    this.values = new HashMap<>(values);
    this.own = new HashSet<>(own);
  }

  /** Items that are stacked in it. */
  int items() {
    return items;
  }

  /** Values by name. */
  Map<String, OnnxTensor> values() {
    return values;
  }

  /** Copy for another continuation, which must end before this lane goes on. */
  Lane fork() {
    return new Lane(items, values, Set.of());
  }

  void put(Map<String, OnnxTensor> made) {
    values.putAll(made);
    own.addAll(made.keySet());
  }

  /** Forgets a value. */
  void drop(String name) {
    OnnxTensor value = values.remove(name);
    if (own.remove(name) && value != null) {
      value.close();
    }
  }

  /** Values of each item of a tensor. */
  static float[][] items(OnnxTensor tensor, int items) {
    float[] all = OnnxRuntime.floats(tensor);
    if (all.length % items != 0) {
      throw new ExecutionException("makes " + all.length + " values of " + items + " items");
    }
    int each = all.length / items;
    float[][] split = new float[items][];
    Arrays.setAll(split, i -> Arrays.copyOfRange(all, i * each, (i + 1) * each));
    return split;
  }

  /** Dimensions of one item of a tensor: those of the first one are a share. */
  static int[] itemDims(OnnxTensor tensor, int items) {
    int[] dims = OnnxRuntime.dims(tensor);
    if (items > 1) {
      if (dims.length == 0 || dims[0] % items != 0) {
        throw new ExecutionException("reads " + Arrays.toString(dims) + " of " + items + " items");
      }
      dims[0] /= items;
    }
    return dims;
  }

  @Override
  public void close() {
    own.forEach(name -> values.get(name).close());
    own.clear();
    values.clear();
  }
}
