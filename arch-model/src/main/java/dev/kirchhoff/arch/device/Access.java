package dev.kirchhoff.arch.device;

/** Isolation of a cell from its neighbours: a transistor, a selector, or nothing. */
public enum Access {
  /** One transistor, one resistor: the wordline drives the gate. */
  ONE_TRANSISTOR("1T1R"),
  /** One selector, one resistor: a non-linear two-terminal device in series. */
  ONE_SELECTOR("1S1R"),
  /** No access device; unselected cells leak. */
  PASSIVE("passive");

  private final String word;

  Access(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
