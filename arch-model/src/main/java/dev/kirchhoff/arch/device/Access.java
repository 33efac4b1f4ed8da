package dev.kirchhoff.arch.device;

/** Isolation of a cell from its neighbours: a transistor, a selector, or nothing. */
public enum Access {
  /** One transistor, one resistor: the wordline drives the gate. */
  ONE_TRANSISTOR("1T1R", 0),
  /** One selector, one resistor: a non-linear two-terminal device in series. */
  ONE_SELECTOR("1S1R", 0.01),
  /** No access device; unselected cells leak. */
  PASSIVE("passive", 1);

  private final String word;
  private final double idleShare;

  Access(String word, double idleShare) {
    this.word = word;
    this.idleShare = idleShare;
  }

  /**
   * Share of its conductance that a cell keeps whose row is not read; 1 % behind a selector
   * (assumed).
   */
  public double idleShare() {
    return idleShare;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
