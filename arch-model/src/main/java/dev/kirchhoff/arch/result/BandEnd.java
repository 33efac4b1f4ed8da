package dev.kirchhoff.arch.result;

import java.util.Optional;

/**
 * An end of the band of a design. All parts are taken at the same end together, so the ends are
 * wider apart than independent errors would put them. A spec names an end by the quality that it
 * stands for: {@code band: low} is the pessimistic end, where everything costs most.
 */
public enum BandEnd {
  /** Every circuit costs what the cheapest credible source says. */
  OPTIMISTIC("high"),
  /** The models' own figures. */
  NOMINAL("nominal"),
  /** Every circuit costs what the dearest credible source says. */
  PESSIMISTIC("low");

  private final String word;

  BandEnd(String word) {
    this.word = word;
  }

  /** Name in {@code objectives: {band: ...}}. */
  public String word() {
    return word;
  }

  /** The end of a name in the spec language. */
  public static Optional<BandEnd> ofWord(String word) {
    for (BandEnd end : values()) {
      if (end.word.equals(word)) {
        return Optional.of(end);
      }
    }
    return Optional.empty();
  }
}
