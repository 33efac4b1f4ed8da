package dev.kirchhoff.arch.workload;

import java.util.Optional;

/** Origin of statistics of a layer's values, from the most to the least reliable. */
public enum StatisticsOrigin {
  /** Moments of the values themselves: of stored weights, of samples, of published histograms. */
  MEASURED("measured"),
  /** Stated by the user. */
  GIVEN("given"),
  /** A consequence of the operators in front: a rectifier's outputs are not negative. */
  INFERRED("inferred"),
  /** A typical value of other networks ({@link TypicalValues}). */
  ASSUMED("assumed");

  private final String word;

  StatisticsOrigin(String word) {
    this.word = word;
  }

  /** The word of specs and results. */
  public String word() {
    return word;
  }

  /** The origin that a word stands for. */
  public static Optional<StatisticsOrigin> of(String word) {
    for (StatisticsOrigin each : values()) {
      if (each.word.equals(word)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Origin of what follows from two: the less sure one. */
  public StatisticsOrigin and(StatisticsOrigin other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
