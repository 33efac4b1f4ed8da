package dev.kirchhoff.dashboards.feed;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.LogPosition;
import dev.kirchhoff.arch.event.RawEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Reader of a growing run log, line by line, each checked against the line before. A line counts
 * once its line end is written; what stands behind the last line end is left for the next reading.
 * A file that became shorter than what was read is read again from its start; so is one with a line
 * that does not fit, once, since a run that is continued cuts its log off and writes on.
 */
final class GrowingLog {
  private static final int BLOCK = 1 << 18;

  private final Path file;
  private final String runId;
  private LogPosition chain;
  private long position;
  private long line;
  private boolean readAgain;
  private long damagedSize;
  private FileTime damagedAt;

  GrowingLog(Path file, String runId) {
    this.file = file;
    this.runId = runId;
    this.chain = LogPosition.start();
  }

  /** A line that is not what was written. */
  static final class DamageException extends Exception {
    final long line;

    DamageException(long line, String reason) {
      super(reason);
      this.line = line;
    }
  }

  private void restart() {
    position = 0;
    line = 0;
    chain = LogPosition.start();
  }

  /**
   * True once after damage, if the file has been mended or replaced since; it is then read again
   * from its start.
   *
   * @param held whether somebody writes it
   */
  boolean isMended(boolean held) throws IOException {
    long size = Files.size(file);
    boolean isNew =
        size < damagedSize || !held && !Files.getLastModifiedTime(file).equals(damagedAt);
    if (isNew) {
      readAgain = false;
      restart();
    }
    return isNew;
  }

  /**
   * Reads whole lines, at most about {@code maxBytes} of them.
   *
   * @param lines receives the line number, 1.., and the line
   * @return whether the end was reached
   * @throws DamageException if a line is not what was written
   * @throws IOException if the file cannot be read
   */
  boolean read(long maxBytes, BiConsumer<Long, RawEvent> lines)
      throws IOException, DamageException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < position) {
        restart();
      }
      byte[] pending = new byte[0];
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      long at = position;
      long stop = position + maxBytes;
      while (position < stop) {
        block.clear();
        int n = channel.read(block, at);
        if (n <= 0) {
          readAgain = false;
          return true;
        }
        at += n;
        byte[] joined = Arrays.copyOf(pending, pending.length + n);
        System.arraycopy(block.array(), 0, joined, pending.length, n);
        int start = 0;
        for (int i = pending.length; i < joined.length; i++) {
          if (joined[i] == '\n') {
            RawEvent raw;
            try {
              raw = chain.read(joined, start, i - start, runId);
            } catch (EventFormatException e) {
              return doubt(e);
            }
            chain = chain.after(raw);
            position += i + 1 - start;
            line++;
            lines.accept(line, raw);
            start = i + 1;
          }
        }
        pending = Arrays.copyOfRange(joined, start, joined.length);
      }
      return false;
    }
  }

  /** Reads from the start once more before a line counts as damaged. */
  private boolean doubt(EventFormatException e) throws DamageException, IOException {
    if (!readAgain && line > 0) {
      readAgain = true;
      restart();
      return false;
    }
    damagedSize = Files.size(file);
    damagedAt = Files.getLastModifiedTime(file);
    throw new DamageException(line + 1, e.getMessage());
  }
}
