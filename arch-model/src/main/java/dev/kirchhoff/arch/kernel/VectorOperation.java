package dev.kirchhoff.arch.kernel;

/** Operation of a digital vector unit on each element of its operands. */
public enum VectorOperation {
  /** Addition or subtraction. */
  ADD,
  /** Multiplication and addition: an element of axpy, dot product, scaling or exact product. */
  MULTIPLY_ADD,
  /** Comparison: an element of threshold, sign, maximum, argmax or a step of sorting. */
  COMPARE,
  /** Function by table: exponent, logarithm, square root, reciprocal, sigmoid. */
  LOOKUP,
  /** Write and read of an element of a transpose buffer. */
  TRANSPOSE
}
