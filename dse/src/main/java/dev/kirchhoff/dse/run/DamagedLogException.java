package dev.kirchhoff.dse.run;

import java.nio.file.Path;

/**
 * Damage of a run log: a line that differs from the one written. It is never skipped and never
 * repaired silently; exit 3. The message starts with {@code file:line}.
 */
public final class DamagedLogException extends RuntimeException {
  private final Path file;
  private final long line;

  /**
   * @param file the log
   * @param line number of the bad line, from 1
   * @param problem what is wrong with it
   */
  public DamagedLogException(Path file, long line, String problem) {
    super(file + ":" + line + ": " + problem);
    this.file = file;
    this.line = line;
  }

  /** Remedy, for the user. */
  public String remedy() {
    return line == 1
        ? "Without its first line nothing of the run can be read: restore the file from a copy."
        : "To go on from its last good round: ./kirchhoff resume "
            + file.getParent().getFileName()
            + " --from-last-good";
  }

  /** Number of the bad line, from 1. */
  public long line() {
    return line;
  }
}
