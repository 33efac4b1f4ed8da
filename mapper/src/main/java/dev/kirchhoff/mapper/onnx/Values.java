package dev.kirchhoff.mapper.onnx;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor of single precision, the last dimension fastest. Whole numbers up to 2^24 are exact, so
 * that shapes can be values too. Its array is not copied and must not change any more.
 */
public final class Values {
  private static final int FEW = 64;

  private final int[] dims;
  private final float[] data;
  private final boolean isWhole;

  private Values(int[] dims, float[] data, boolean isWhole) {
    this.dims = dims;
    this.data = data;
    this.isWhole = isWhole;
  }

  /**
   * A tensor.
   *
   * @throws ExecutionException if there are not as many values as the dimensions say
   */
  public static Values of(int[] dims, float[] data) {
    if (count(dims) != data.length) {
      throw new ExecutionException(
          "has " + data.length + " values of dimensions " + Arrays.toString(dims));
    }
    return new Values(dims.clone(), data, false);
  }

  /** These values as those of a type of whole numbers, whose quotients are cut. */
  public Values asWhole() {
    return new Values(dims, data, true);
  }

  /** True if the values are of a type of whole numbers. */
  boolean isWhole() {
    return isWhole;
  }

  /** Number of values of dimensions. */
  public static int count(int[] dims) {
    int count = 1;
    for (int dim : dims) {
      count = Math.multiplyExact(count, dim);
    }
    return count;
  }

  /** Dimensions. */
  public int[] dims() {
    return dims.clone();
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /** One dimension; negative ones count from the end. */
  public int dim(int axis) {
    return dims[axis < 0 ? axis + dims.length : axis];
  }

  /** Number of values. */
  public int size() {
    return data.length;
  }

  /** A value. */
  public float at(int index) {
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

  /** Key of the values: their numbers where they are few, else the tensor itself. */
  Object key() {
    return isSmall() ? List.of(Arrays.toString(dims), Arrays.toString(data), isWhole) : this;
  }

  /** True if the values are few, as those of a shape. */
  boolean isSmall() {
    return data.length <= FEW;
  }

  /** The values as whole numbers. */
  int[] wholes() {
    int[] wholes = new int[data.length];
    Arrays.setAll(wholes, i -> (int) data[i]);
    return wholes;
  }

  /** These values in other dimensions. */
  Values reshaped(int... other) {
    return of(other, data);
  }

  /** Distance of neighbours along each dimension. */
  static int[] strides(int[] dims) {
    int[] strides = new int[dims.length];
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }
}
