package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;

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

  private static final WordIndex<Transpose> WORDS = new WordIndex<>(values(), Transpose::word);

  private final String word;

  Transpose(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }

  /** Its key. */
  static Key key() {
    return Key.of(
        "transpose",
        Type.word(WORDS.words()),
        "none",
        "reads of the transposed matrix, inputs on columns and sums on rows: drivers and converters switched between rows and columns, or a set of their own");
  }

  static Transpose ofWord(String word) {
    return WORDS.get(word);
  }
}
