package dev.kirchhoff.dse.gallery;

/** The circuits that a published area includes: the word of {@code areaScope}. */
public enum AreaScope {
  /** Cells with their drivers and converters, one of several that work at once. */
  BANK("bank"),
  /** All arrays that work at once, with drivers, converters and control. */
  MACRO("macro"),
  /** A macro with digital units and buffers of its own. */
  CORE("core"),
  /** A whole chip without test circuits. */
  CHIP("chip"),
  /** A die with test circuits, or with arrays that the spec does not have. */
  TEST_CHIP("testChip"),
  /** The source gives an area, or figures it follows from, and does not say of what. */
  UNSTATED("unstated");

  private final String word;

  AreaScope(String word) {
    this.word = word;
  }

  /** The word of the spec language. */
  public String word() {
    return word;
  }
}
