package dev.kirchhoff.arch.workload;

/** Digital work of a network, counted per element. */
public enum DigitalOperation {
  /** Adding a bias or a folded normalisation, one addition an element. */
  BIAS,
  RELU,
  /** Any other non-linear function, by look-up: sigmoid, tanh, hard swish, GELU, exponent. */
  LOOKUP,
  /** One comparison of a maximum pool. */
  MAX_COMPARE,
  /** One addition of two feature maps or of an average pool. */
  ADD,
  /** One multiply(-accumulate): scaling, normalisation, softmax, dynamic matrices. */
  MULTIPLY_ACCUMULATE
}
