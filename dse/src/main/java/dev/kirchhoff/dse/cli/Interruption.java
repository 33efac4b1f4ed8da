package dev.kirchhoff.dse.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C in a long run whose results so far are worth having: they are told once, by the run that
 * ends or by the interruption, whichever claims first. An interruption does not wait for the work
 * in hand; where the run's end came first it waits for it to be told, {@value #PATIENCE_S} s.
 */
final class Interruption implements AutoCloseable {
  private static final int PATIENCE_S = 20;

  private final AtomicBoolean claimed = new AtomicBoolean();
  private final CountDownLatch reported = new CountDownLatch(1);
  private final Runnable report;
  private final int exitCode;
  private final Thread hook = new Thread(this::interrupted, "interrupt");

  private Interruption(Runnable report, int exitCode) {
    this.report = report;
    this.exitCode = exitCode;
  }

  /**
   * Watches for the end of the process until it is closed.
   *
   * @param report prints what there is so far, on another thread than the run's
   * @param exitCode exit code of the process after it
   */
  static Interruption watch(Runnable report, int exitCode) {
    Interruption interruption = new Interruption(report, exitCode);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** True once, for the caller that is to print the results. */
  boolean claim() {
    return claimed.compareAndSet(false, true);
  }

  /** Action of the shutdown hook. */
  void interrupted() {
    if (claim()) {
      try {
        report.run();
      } finally {
        Runtime.getRuntime().halt(exitCode);
      }
    }
    try {
      if (!reported.await(PATIENCE_S, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(exitCode);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the watch; the results are printed. */
  @Override
  public void close() {
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and so does the hook: told is counted down.
      return;
    }
  }
}
