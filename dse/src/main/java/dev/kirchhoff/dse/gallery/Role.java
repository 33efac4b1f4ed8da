package dev.kirchhoff.dse.gallery;

/** Whether a factor was fitted on a row. */
public enum Role {
  /** A named factor of the circuit's family was fitted on it. */
  CALIBRATED("calibrated"),
  /** Nothing was fitted on it. */
  PREDICTED("predicted");

  private final String word;

  Role(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
