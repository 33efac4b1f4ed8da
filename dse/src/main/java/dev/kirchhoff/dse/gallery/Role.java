package dev.kirchhoff.dse.gallery;

/** Role of a row of {@code expect} in validation: given, a fit, or a prediction. */
public enum Role {
  /** A named factor of the circuit's family was fitted on it. */
  CALIBRATED("calibrated"),
  /** Nothing was fitted on it. */
  PREDICTED("predicted"),
  /** It follows from settings that the spec states, or from other rows: it tests no model. */
  GIVEN("given");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
