package dev.kirchhoff.dse.proof;

/** Thrown where a space has no bounds: its message is the place in the spec and the reason. */
public final class Unprovable extends Exception {
  private static final long serialVersionUID = 1L;

  Unprovable(String reason) {
    super(reason);
  }
}
