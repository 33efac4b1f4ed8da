package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.run.SteadyClock;
import dev.kirchhoff.dse.terminal.ClosedPipeException;
import java.time.Clock;

/**
 * One line that tells how far a piece of work is, of a known number of steps: from two seconds on,
 * over itself in a terminal and every few seconds otherwise, with rate and end. A thread of its own
 * keeps it going during long steps.
 */
final class WorkLine implements AutoCloseable {
  private static final long FIRST_MS = 2000;
  private static final long TERMINAL_MS = 500;
  private static final long PLAIN_MS = 5000;

  private final Console console;
  private final String noun;
  private long total;
  private final Clock clock = SteadyClock.start();
  private final long begin_ms = clock.millis();
  private final Pace pace = new Pace(0, 0);
  private final Thread thread = new Thread(this::tell, "progress");
  private long done;
  private boolean closed;
  private ClosedPipeException unread;

  private WorkLine(Console console, String noun, long total) {
    this.console = console;
    this.noun = noun;
    this.total = total;
    thread.setDaemon(true);
  }

  /**
   * Begins to tell.
   *
   * @param noun steps of the work, in the plural
   * @param total their number
   */
  static WorkLine begin(Console console, String noun, long total) {
    WorkLine line = new WorkLine(console, noun, total);
    line.thread.start();
    return line;
  }

  /** Adds steps that are done; from any thread. */
  synchronized void add(long steps) {
    requireReader();
    done += steps;
  }

  /** Sets the steps that are done and their number; from any thread. */
  synchronized void reach(long steps, long of) {
    requireReader();
    done = steps;
    total = of;
  }

  /** Ends the work on its own thread where nobody reads its progress any more. */
  private void requireReader() {
    if (unread != null) {
      throw unread;
    }
  }

  private synchronized void tell() {
    try {
      wait(FIRST_MS);
      while (!closed) {
        long time_ms = clock.millis() - begin_ms;
        String text = text(noun, done, total, time_ms, pace.reach(time_ms, done));
        if (console.isInteractive()) {
          console.messageOverLine(text);
        } else {
          console.message(text);
        }
        wait(console.isInteractive() ? TERMINAL_MS : PLAIN_MS);
      }
    } catch (ClosedPipeException e) {
      unread = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Time, steps, share, rate and the time that is left at this rate.
   *
   * @param total steps in all; 0 while their number is not known
   */
  static String text(String noun, long done, long total, long time_ms, Pace pace) {
    boolean isKnown = total > 0 && done <= total;
    String begun =
        ClockText.of(time_ms)
            + "  "
            + Units.count(done)
            + (isKnown ? " of " + Units.count(total) : "")
            + " "
            + noun;
    if (done == 0 || !isKnown) {
      return begun;
    }
    return begun
        + "  "
        + 100 * done / total
        + " %"
        + (pace.isKnown() ? "  " + pace.rate() : "")
        + pace.left_ms(total).map(left_ms -> "  " + ClockText.left(left_ms)).orElse("");
  }

  /** Ends the line and takes it away where that can be done. */
  @Override
  public synchronized void close() {
    if (!closed) {
      console.eraseLine();
    }
    closed = true;
    notifyAll();
  }
}
