package dev.kirchhoff.mapper.onnx;

import dev.kirchhoff.arch.workload.TypicalValues;

/** What kind of values a tensor holds, by what made it; it stands for their typical statistics. */
enum ValueKind {
  IMAGE(TypicalValues.IMAGE),
  RECTIFIED(TypicalValues.RELU),
  /** Out of a convolution, without activation. */
  LINEAR(TypicalValues.LINEAR_BOTTLENECK),
  SIGNED(TypicalValues.SIGNED),
  GELU(TypicalValues.GELU),
  PROBABILITY(TypicalValues.PROBABILITY),
  /** Out of a sigmoid: a gate where it is multiplied with something. */
  GATE(TypicalValues.RELU),
  /** Out of an error function or tanh, which a GELU may be written with. */
  SQUASHED(TypicalValues.SIGNED);

  private final TypicalValues typical;

  ValueKind(TypicalValues typical) {
    this.typical = typical;
  }

  TypicalValues typical() {
    return typical;
  }

  boolean isSigned() {
    return typical.statistics().signed();
  }

  /** Of a sum, a concatenation or a choice of both. */
  ValueKind with(ValueKind other) {
    if (this == other) {
      return this;
    }
    if (isSigned() == other.isSigned()) {
      return isSigned() ? (this == LINEAR || other == LINEAR ? LINEAR : SIGNED) : RECTIFIED;
    }
    return isSigned() ? this : other;
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
