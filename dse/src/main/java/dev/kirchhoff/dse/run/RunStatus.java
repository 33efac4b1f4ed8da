package dev.kirchhoff.dse.run;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Status of a run, from its lock and the end of its log. */
public enum RunStatus {
  /** It has a directory and no event yet. */
  EMPTY,
  /** Somebody writes it. */
  RUNNING,
  /** Somebody writes it, and it was paused on request. */
  PAUSED,
  /** It ended as it should. */
  FINISHED,
  /** It was stopped on request. */
  STOPPED,
  /** It ended with a failure, which its last event says. */
  FAILED,
  /**
   * It said that it was running or paused, and nobody writes it: its process ended without a word.
   */
  INTERRUPTED;

  /**
   * The status now. The lock is looked at before the log: if it is free, the log's end is final.
   *
   * @throws UncheckedIOException if the log cannot be read
   * @throws DamagedLogException if its last line is damaged
   */
  public static RunStatus of(RunDirectory run) {
    boolean writing = run.isBeingWritten();
    try {
      Optional<RawEvent> last = LogTail.last(run);
      if (last.isEmpty()) {
        return writing ? RUNNING : EMPTY;
      }
      RunStatus said = stated(last.get());
      boolean goingOn = said == RUNNING || said == PAUSED;
      return goingOn && !writing ? INTERRUPTED : said;
    } catch (IOException e) {
      throw new UncheckedIOException(run.log() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * A run that logs anything but its state is running: nothing follows a pause but the next state.
   */
  private static RunStatus stated(RawEvent last) {
    if (!last.type().equals(RunEvent.Run.TYPE)) {
      return RUNNING;
    }
    try {
      return switch (((RunEvent.Run) EventJson.event(last)).state()) {
        case "paused" -> PAUSED;
        case "finished" -> FINISHED;
        case "stopped" -> STOPPED;
        case "failed" -> FAILED;
        default -> RUNNING;
      };
    } catch (EventFormatException e) {
      return RUNNING;
    }
  }
}
