package dev.kirchhoff.arch.device;

/** Origin of a figure: read from a source, fitted, or assumed. */
public enum Origin {
  /** It stands in the source, or follows by arithmetic from figures that do. */
  READ("read"),
  /** Coefficients of a published fit, or fitted here to published data. */
  FITTED("fitted"),
  /** Neither: an estimate, a figure of a similar device, or one recalled without its source. */
  ASSUMED("assumed"),
  /** A choice of the designer, such as a share of an error budget: a knob, not knowledge. */
  CHOSEN("chosen"),
  /** Written by the author of the spec. */
  GIVEN("given");

  private final String word;

  Origin(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
