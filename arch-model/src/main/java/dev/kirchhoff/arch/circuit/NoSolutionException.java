package dev.kirchhoff.arch.circuit;

/**
 * Failure of a solver to find voltages that obey Kirchhoff's laws with the law of the cells, or the
 * currents exceed the range of a double.
 */
public final class NoSolutionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message of one or two lines, the second a remedy. */
  public NoSolutionException(String message) {
    super(message);
  }
}
