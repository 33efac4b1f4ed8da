package dev.kirchhoff.dse.work;

/** Work units of a job that no worker can do, each with its cause. */
public final class SetAsideException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SetAsideException(String message) {
    super(message);
  }
}
