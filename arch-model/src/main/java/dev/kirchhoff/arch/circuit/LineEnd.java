package dev.kirchhoff.arch.circuit;

/**
 * Termination of an end of a line. A driven or grounded end is joined through one more segment of
 * the line's wire.
 */
public enum LineEnd {
  /** Open: no current. */
  FLOATING("floating"),
  /** 0 V, as a virtual ground is. */
  GROUNDED("grounded"),
  /** A voltage that is stated with each solution. */
  DRIVEN("driven");

  private final String word;

  LineEnd(String word) {
    this.word = word;
  }

  /** Word in files. */
  public String word() {
    return word;
  }

  /** True if the end is held at a voltage. */
  public boolean isHeld() {
    return this != FLOATING;
  }
}
