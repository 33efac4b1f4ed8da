package dev.kirchhoff.arch.chip;

/**
 * Path of transpose reads: inputs on the columns of a crossbar, sums on its rows, with the same
 * cells.
 */
public enum Transpose {
  /** The crossbar is read one way only. */
  NONE("none"),
  /** Analogue switches hand drivers and converters to columns and rows in turn. */
  SHARED("shared"),
  /** Drivers of the columns and converters of the rows stand beside the others. */
  OWN("own");

  private final String word;

  Transpose(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
