package dev.kirchhoff.dse.run;

import java.io.PrintStream;

/**
 * End of a process whose virtual machine has failed: memory, stack or classes. What the process
 * knows cannot be trusted any more; logs are good to their last whole line, so it ends at once with
 * a sentence and the exit code of a fault.
 */
public final class FatalError {
  /** Exit code: our fault or the machine's. */
  public static final int EXIT_CODE = 3;

  private static final long BYTES_PER_MB = 1 << 20;

  private FatalError() {}

  /** The error as a sentence with a remedy. */
  public static String sentence(Error error) {
    String name = error.getClass().getSimpleName();
    String detail = error.getMessage() == null ? name : name + ": " + error.getMessage();
    if (error instanceof OutOfMemoryError) {
      return "out of memory ("
          + detail
          + "): the heap may take "
          + Runtime.getRuntime().maxMemory() / BYTES_PER_MB
          + " MB. Maybe KIRCHHOFF_JAVA_OPTS=-Xmx4g gives it more";
    }
    if (error instanceof StackOverflowError) {
      return "the stack is full (" + detail + "): something is nested too deeply";
    }
    return "the program failed (" + detail + ")";
  }

  /**
   * Ends the process when an error leaves one of its threads, instead of letting the others go on
   * or wait without it.
   */
  public static void endsTheProcess(PrintStream talk) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          if (failure instanceof Error error) {
            try {
              talk.println("kirchhoff: " + sentence(error) + ", in thread " + thread.getName());
              talk.flush();
            } finally {
              Runtime.getRuntime().halt(EXIT_CODE);
            }
          }
          talk.println("kirchhoff: thread " + thread.getName() + " ended: " + failure);
          failure.printStackTrace(talk);
        });
  }
}
