package dev.kirchhoff.dse.gallery;

/** Difference of a predicted row from the fitted ones: the word of {@code differsIn}. */
public enum Difference {
  VOLTAGE("voltage"),
  PRECISION("precision"),
  DATA("data"),
  CORES("cores"),
  /** Another quantity of a fitted chip: its area where energy and time were fitted. */
  QUANTITY("quantity"),
  CHIP("chip");

  private final String word;

  Difference(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
