package dev.kirchhoff.mapper.onnx;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor of single precision, the last dimension fastest. Its array is not copied and must not
 * change any more.
 */
final class Values {
  private final int[] dims;
  private final float[] data;

  private Values(int[] dims, float[] data) {
    this.dims = dims;
    this.data = data;
  }

  /**
   * A tensor.
   *
   * @throws ExecutionException if there are not as many values as the dimensions say
   */
  static Values of(int[] dims, float[] data) {
    if (count(dims) != data.length) {
      throw new ExecutionException(
          "has " + data.length + " values of dimensions " + Arrays.toString(dims));
    }
    return new Values(dims.clone(), data);
  }

  /** Number of values of dimensions. */
  static int count(int[] dims) {
    int count = 1;
    for (int dim : dims) {
      count = Math.multiplyExact(count, dim);
    }
    return count;
  }

  /** Dimensions. */
  int[] dims() {
    return dims.clone();
  }

  /** Number of dimensions. */
  int rank() {
    return dims.length;
  }

  /** One dimension; negative ones count from the end. */
  int dim(int axis) {
    return dims[axis < 0 ? axis + dims.length : axis];
  }

  /** Number of values. */
  int size() {
    return data.length;
  }

  /** A value. */
  float at(int index) {
    return data[index];
  }

  /** The values themselves, for operators. */
  float[] data() {
    return data;
  }

  /** The values as a key: equal numbers are equal. */
  Object contents() {
    return FloatBuffer.wrap(data);
  }
}
