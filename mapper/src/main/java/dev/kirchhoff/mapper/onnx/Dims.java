package dev.kirchhoff.mapper.onnx;

import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Dimensions of tensors, in checked arithmetic: a tensor has at most {@value #MOST_ELEMENTS}
 * elements and 32 dimensions, so that no product of a shape overflows.
 */
final class Dims {
  static final long MOST_ELEMENTS = 100_000_000_000L;
  private static final int MOST_DIMENSIONS = 32;

  private Dims() {}

  /** The dimensions, if a tensor can have them. */
  static long[] checked(long... dims) {
    if (dims.length > MOST_DIMENSIONS) {
      throw new ModelException(
          "has " + dims.length + " dimensions, must have at most " + MOST_DIMENSIONS);
    }
    double elements = 1;
    for (long dim : dims) {
      if (dim < 0) {
        throw new ModelException("has the negative dimension " + dim + " in " + text(dims));
      }
      elements *= Math.max(1, dim);
    }
    if (elements > MOST_ELEMENTS) {
      throw new ModelException(
          "is a tensor of " + text(dims) + ", which has more than 100,000,000,000 elements");
    }
    return dims;
  }

  /** Number of elements. */
  static long elements(long[] dims) {
    long elements = 1;
    for (long dim : dims) {
      elements *= dim;
    }
    return elements;
  }

  /** Product of the dimensions {@code from} to before {@code to}. */
  static long product(long[] dims, int from, int to) {
    return elements(Arrays.copyOfRange(dims, from, to));
  }

  /** {@code 1x3x224x224}. */
  static String text(long[] dims) {
    if (dims.length == 0) {
      return "a scalar";
    }
    StringJoiner text = new StringJoiner("x");
    for (long dim : dims) {
      text.add(Long.toString(dim));
    }
    return text.toString();
  }

  /** An axis as a position, counted from the end if negative. */
  static int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new ModelException("has axis " + axis + " of " + rank + " dimensions");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Dimensions of an element-wise result by the rule of numpy. */
  static long[] broadcast(long[] a, long[] b) {
    int rank = Math.max(a.length, b.length);
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      int ia = i - rank + a.length;
      int ib = i - rank + b.length;
      long da = ia < 0 ? 1 : a[ia];
      long db = ib < 0 ? 1 : b[ib];
      if (da != db && da != 1 && db != 1) {
        throw new ModelException("cannot broadcast " + text(a) + " and " + text(b));
      }
      dims[i] = da == 1 ? db : da;
    }
    return checked(dims);
  }

  /** These dimensions with one replaced. */
  static long[] with(long[] dims, int axis, long dim) {
    long[] changed = dims.clone();
    changed[axis] = dim;
    return checked(changed);
  }

  /** The dimensions that are not dropped. */
  static long[] without(long[] dims, boolean[] drops) {
    return IntStream.range(0, dims.length).filter(i -> !drops[i]).mapToLong(i -> dims[i]).toArray();
  }

  /** Strides of a dense tensor in row-major order. */
  static long[] strides(long[] dims) {
    long[] strides = new long[dims.length];
    long stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  /** A dimension as an int, for what a layer counts in ints. */
  static int whole(long value, String what) {
    if (value < 1 || value > 1_000_000_000) {
      throw new ModelException(
          "has " + value + " " + what + ", a layer must have 1..1,000,000,000");
    }
    return (int) value;
  }

  /** Dimensions of values as those of a tensor. */
  static long[] longs(int[] dims) {
    return Arrays.stream(dims).asLongStream().toArray();
  }
}
