package dev.kirchhoff.dse.work;

/** Chunks that no worker can price, each with its cause. */
public final class SetAsideException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SetAsideException(String failures) {
    super("the sweep has no table, as workers could not price all of it: " + failures);
  }
}
