package dev.kirchhoff.dse.terminal;

/**
 * End of the reader of a pipe that a command writes to, as {@code | head} ends. The command ends
 * without a word, as SIGPIPE ends programs that are not in a JVM.
 */
public final class ClosedPipeException extends RuntimeException {
  /** Exit code of a process that SIGPIPE (13) ended, as a shell tells it. */
  public static final int EXIT_CODE = 128 + 13;

  private static final long serialVersionUID = 1;

  ClosedPipeException(Throwable cause) {
    super("the reader of a pipe has ended", cause);
  }

  /** True if this is why something failed. */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedPipeException) {
        return true;
      }
    }
    return false;
  }
}
