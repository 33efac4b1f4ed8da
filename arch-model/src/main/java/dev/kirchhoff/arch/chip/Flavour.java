package dev.kirchhoff.arch.chip;

import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.View;
import java.util.Arrays;
import java.util.Optional;

/**
 * Flavour of transistors: delays, currents, leakage and nominal supply of one process
 * (docs/circuits.md, Transistors).
 */
public enum Flavour {
  /** Lowest threshold, for speed. */
  HIGH_PERFORMANCE("highPerformance", 0),
  /** The transistor of the same process with a threshold 0.1 V higher. */
  LOW_POWER("lowPower", 0),
  /** Thick oxide and the highest threshold, for circuits that mostly rest. */
  LOW_STANDBY_POWER("lowStandbyPower", 0.1);

  private final String word;
  private final double higher_V;

  Flavour(String word, double higher_V) {
    this.word = word;
    this.higher_V = higher_V;
  }

  /** Word of specs and documents. */
  public String word() {
    return word;
  }

  /** Nominal supply of a node above that of the other flavours. */
  double higher_V() {
    return higher_V;
  }

  /** Flavour of a word. */
  public static Optional<Flavour> ofWord(String word) {
    return Arrays.stream(values()).filter(flavour -> flavour.word.equals(word)).findFirst();
  }

  /** Flavour of a section of technology. */
  public static Flavour of(View.Section technology) {
    return ofWord(technology.word("flavour")).orElseThrow();
  }

  static Type words() {
    return Type.word(Arrays.stream(values()).map(Flavour::word).toArray(String[]::new));
  }
}
