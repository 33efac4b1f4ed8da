package dev.kirchhoff.dse.run;

import java.io.IOException;
import java.nio.file.Path;

/**
 * An event that could not be appended to its run log, the disk being full for example: the run must
 * stop at once, exit 3. What is in the log stays good and the run can be resumed. The message gives
 * the reason.
 */
public final class LogWriteException extends RuntimeException {
  public LogWriteException(Path file, IOException cause) {
    super(
        file + ": cannot be written: " + ResultFile.reason(cause) + "; what is in it stays good",
        cause);
  }
}
