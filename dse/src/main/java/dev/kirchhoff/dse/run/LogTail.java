package dev.kirchhoff.dse.run;

import dev.kirchhoff.arch.event.EventFormatException;
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
   * The last whole line that is an event; a bad line after it is ignored, as every reader does.
   *
   * @return the event; empty if there is no log or no whole line in it
   * @throws IOException if the log cannot be read
   */
  public static Optional<RawEvent> last(Path log) throws IOException {
    if (!Files.exists(log)) {
      return Optional.empty();
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long end = lineEndBefore(file, file.length());
      for (int tries = 0; tries < 2 && end > 0; tries++) {
        long start = lineEndBefore(file, end - 1);
        byte[] line = new byte[Math.toIntExact(end - 1 - start)];
        file.seek(start);
        file.readFully(line);
        try {
          return Optional.of(RawEvent.scan(line, 0, line.length));
        } catch (EventFormatException e) {
          end = start;
        }
      }
      return Optional.empty();
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
