package dev.kirchhoff.dse.run;

import java.nio.file.Path;

/**
 * A run log that is bad in the middle: it is never skipped over and never repaired silently, exit
 * 3. The message starts with {@code file:line}.
 */
public final class DamagedLogException extends RuntimeException {
  private final long line;

  /**
   * @param file the log
   * @param line number of the bad line, from 1
   * @param problem what is wrong with it
   */
  public DamagedLogException(Path file, long line, String problem) {
    super(file + ":" + line + ": " + problem);
    this.line = line;
  }

  /** Number of the bad line, from 1. */
  public long line() {
    return line;
  }
}
