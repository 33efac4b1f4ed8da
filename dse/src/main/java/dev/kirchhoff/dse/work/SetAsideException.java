package dev.kirchhoff.dse.work;

/** Failure of a job by work units that were set aside, each with its cause. */
public final class SetAsideException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SetAsideException(String message) {
    super(message);
  }
}
