package dev.kirchhoff.dse.run;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.LogPosition;
import dev.kirchhoff.arch.event.RawEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finder of the last event of a log from its end, however long the log is. */
public final class LogTail {
  private static final int BLOCK = 1 << 16;

  private LogTail() {}

  /**
   * The last whole line, checked by itself.
   *
   * @return the event; empty if there is no log or no whole line in it
   * @throws DamagedLogException if the line is damaged
   * @throws IOException if the log cannot be read
   */
  public static Optional<RawEvent> last(RunDirectory run) throws IOException {
    if (!Files.exists(run.log())) {
      return Optional.empty();
    }
    try (RandomAccessFile file = new RandomAccessFile(run.log().toFile(), "r")) {
      long end = lineEndBefore(file, file.length());
      if (end == 0) {
        return Optional.empty();
      }
      long start = lineEndBefore(file, end - 1);
      byte[] line = new byte[Math.toIntExact(end - 1 - start)];
      file.seek(start);
      file.readFully(line);
      try {
        return Optional.of(LogPosition.readAlone(line, 0, line.length));
      } catch (EventFormatException e) {
        throw new DamagedLogException(run.log(), linesBefore(run.log(), start) + 1, e.getMessage());
      }
    }
  }

  private static long linesBefore(Path log, long end) throws IOException {
    try (LogLines lines = LogLines.open(log)) {
      long count = 0;
      while (lines.position() < end && lines.next().isPresent()) {
        count++;
      }
      return count;
    }
  }

  /** Position after the last line end before a position; 0 if there is none. */
  private static long lineEndBefore(RandomAccessFile file, long before) throws IOException {
    byte[] block = new byte[BLOCK];
    for (long to = before; to > 0; ) {
      int length = (int) Math.min(BLOCK, to);
      file.seek(to - length);
      file.readFully(block, 0, length);
      for (int i = length - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return to - length + i + 1;
        }
      }
      to -= length;
    }
    return 0;
  }
}
