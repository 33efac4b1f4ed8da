package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.mapper.onnx.proto.TensorProto;

/**
 * Contents of a constant tensor, as far as they are known.
 *
 * @param numbers the values; null if they are many or not computed
 * @param stored the stored tensor whose values these are, in whatever order; null if there is none
 * @param offset zero point, to be subtracted from the stored values
 * @param isFilled whether all values are one and the same, as ConstantOfShape makes them
 */
record Constant(Numbers numbers, TensorProto stored, double offset, boolean isFilled) {
  /** Constant, but of unknown contents. */
  static final Constant UNKNOWN = new Constant(null, null, 0, false);

  static Constant of(Numbers numbers) {
    return new Constant(numbers, null, 0, false);
  }

  /** Constant of these values in another order, or of some of them. */
  Constant moved(Numbers moved) {
    return new Constant(moved, stored, offset, isFilled);
  }
}
