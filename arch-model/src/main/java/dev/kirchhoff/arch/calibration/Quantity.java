package dev.kirchhoff.arch.calibration;

import java.util.Optional;

/** Quantity that a fitted factor multiplies. */
public enum Quantity {
  /** Energy per action and static power alike. */
  ENERGY("energy"),
  /** Time of an action. */
  TIME("time"),
  AREA("area");

  private final String word;

  Quantity(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }

  /** The quantity of a word. */
  public static Optional<Quantity> ofWord(String word) {
    for (Quantity quantity : values()) {
      if (quantity.word.equals(word)) {
        return Optional.of(quantity);
      }
    }
    return Optional.empty();
  }
}
