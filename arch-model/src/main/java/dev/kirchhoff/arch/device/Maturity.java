package dev.kirchhoff.arch.device;

/** Technological maturity of a device. */
public enum Maturity {
  /** Single devices or small arrays without a CMOS periphery. */
  RESEARCH("research"),
  /** Arrays or macros on CMOS, measured and published. */
  DEMONSTRATED("demonstrated"),
  /** Offered or qualified by a foundry in one of its processes. */
  FOUNDRY("foundry");

  private final String word;

  Maturity(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
