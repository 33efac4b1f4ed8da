package dev.kirchhoff.arch.kernel;

/** Operation of a digital vector unit on each element of its operands. */
public enum VectorOperation {
  /** Addition or subtraction. */
  ADD,
  /** Multiplication and addition: an element of axpy or scaling. */
  MULTIPLY_ADD,
  /**
   * Multiplication and addition into an accumulator: an element of a dot product, a norm or an
   * exact product. The operation that takes the sum, an element of it each, writes it back.
   */
  DOT,
  /** Comparison: an element of threshold, sign, maximum, argmax or a step of sorting. */
  COMPARE,
  /** Function by table: exponent, logarithm, square root, reciprocal, sigmoid. */
  LOOKUP,
  /** Write and read of an element of a transpose buffer. */
  TRANSPOSE,
  /** Read of an element that nothing is computed of, as of the column index of a sparse matrix. */
  INDEX
}
