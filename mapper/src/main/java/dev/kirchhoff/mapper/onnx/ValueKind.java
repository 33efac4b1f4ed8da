package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.StatisticsOrigin;
import dev.kirchhoff.arch.workload.TypicalValues;

/**
 * Kind of a tensor's values, by the operators that made it: whether they can be negative, and the
 * typical statistics that stand for them.
 */
enum ValueKind {
  /** The network's input in the shape of an image, its normalisation unknown: assumed signed. */
  IMAGE(TypicalValues.IMAGE, StatisticsOrigin.ASSUMED),
  /** Any other real input of the network: assumed signed. */
  UNKNOWN(TypicalValues.SIGNED, StatisticsOrigin.ASSUMED),
  /** Pixels that are not negative, by their type or the model's metadata. */
  PIXELS(TypicalValues.PIXELS),
  /** Whole numbers of the network's input, whose zero point a later operator states. */
  CODES(TypicalValues.PIXELS),
  /** Pixels less an offset. */
  CENTRED(TypicalValues.IMAGE),
  RECTIFIED(TypicalValues.RELU),
  /** Positive, hardly ever zero. */
  POSITIVE(TypicalValues.POSITIVE),
  /** Out of a convolution, without activation. */
  LINEAR(TypicalValues.LINEAR_BOTTLENECK),
  SIGNED(TypicalValues.SIGNED),
  GELU(TypicalValues.GELU),
  PROBABILITY(TypicalValues.PROBABILITY),
  /** Out of a sigmoid: a gate where it is multiplied with something. */
  GATE(TypicalValues.GATE),
  /** Out of an error function or tanh, which a GELU may be written with. */
  SQUASHED(TypicalValues.SIGNED);

  private final TypicalValues typical;
  private final StatisticsOrigin signs;

  ValueKind(TypicalValues typical) {
    this(typical, StatisticsOrigin.INFERRED);
  }

  ValueKind(TypicalValues typical, StatisticsOrigin signs) {
    this.typical = typical;
    this.signs = signs;
  }

  TypicalValues typical() {
    return typical;
  }

  /** Origin of the signs: inferred from the graph, or assumed. */
  StatisticsOrigin signs() {
    return signs;
  }

  boolean isSigned() {
    return typical.statistics().signed();
  }

  /** Of a sum, a concatenation or a choice of both. */
  ValueKind with(ValueKind other) {
    if (this == other) {
      return this;
    }
    if (signs.and(other.signs) != StatisticsOrigin.INFERRED && signs == other.signs) {
      return UNKNOWN;
    }
    if (isSigned() == other.isSigned()) {
      return isSigned() ? (this == LINEAR || other == LINEAR ? LINEAR : SIGNED) : RECTIFIED;
    }
    return isSigned() ? this : other;
  }

  /** Of the larger of both: not negative if one of them is not. */
  ValueKind larger(ValueKind other) {
    return isSigned() == other.isSigned() ? with(other) : isSigned() ? other : this;
  }

  /** Without its negative values: behind a rectifier, or a quantiser without negative codes. */
  ValueKind rectified() {
    return isSigned() ? RECTIFIED : this;
  }

  /** Of a product with constants of which some may be negative. */
  ValueKind scaled(boolean mayBeNegative) {
    return !mayBeNegative || isSigned() ? this : this == PIXELS || this == CODES ? CENTRED : SIGNED;
  }

  /**
   * Of a sum with constants. An image less an offset has both signs; a GELU and its like are
   * written with such sums.
   */
  ValueKind shifted(boolean mayBeNegative) {
    return switch (this) {
      case GELU, SQUASHED -> this;
      case GATE -> mayBeNegative ? SQUASHED : this;
      case IMAGE, PIXELS, CODES -> mayBeNegative ? CENTRED : this;
      case UNKNOWN, CENTRED, RECTIFIED, POSITIVE, LINEAR, SIGNED, PROBABILITY ->
          mayBeNegative ? scaled(true) : isSigned() ? this : POSITIVE;
    };
  }

  /** Of a product of both. */
  ValueKind times(ValueKind other) {
    if (other == GATE || other == SQUASHED) {
      return gated(other);
    }
    if (this == GATE || this == SQUASHED) {
      return other.gated(this);
    }
    return this == GELU || other == GELU ? GELU : with(other);
  }

  private ValueKind gated(ValueKind gate) {
    boolean activation = isSigned() && this != GATE && this != SQUASHED;
    return activation ? GELU : with(gate);
  }
}
