package dev.kirchhoff.dse.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * The whole lines of a file that may still be growing, one after the other, in memory that does not
 * grow with it. A line counts once its line end is written; what follows the last line end is read
 * again next time, since its writer may have cut it off in between.
 */
public final class LogLines implements AutoCloseable {
  private static final int FIRST_CAPACITY = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private byte[] buffer = new byte[FIRST_CAPACITY];
  private int start;
  private int end;
  private long position;
  private long number;

  private LogLines(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * One line.
   *
   * @param bytes the line without its line end
   * @param number number of the line, from 1, counted from where reading began
   * @param start position of its first byte in the file
   * @param end position after its line end
   */
  public record Line(byte[] bytes, long number, long start, long end) {}

  /** Opens a file at its start. */
  public static LogLines open(Path file) throws IOException {
    return new LogLines(file, FileChannel.open(file, StandardOpenOption.READ));
  }

  /** Goes to the start of a line; the next line gets that number. */
  public void seek(long position, long number) {
    this.position = position;
    this.number = number - 1;
    start = 0;
    end = 0;
  }

  /** Position of the next line. */
  public long position() {
    return position;
  }

  /** Size of the file now. */
  public long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Bytes behind the last whole line; meaningful when {@link #next} has just found no more lines.
   */
  public long remainder() {
    return size() - position;
  }

  /** The next whole line; empty if there is none yet. */
  public Optional<Line> next() {
    int scanned = start;
    while (true) {
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == '\n') {
          return Optional.of(take(i));
        }
      }
      scanned = end;
      if (start > 0 && end == buffer.length) {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        scanned -= start;
        end -= start;
        start = 0;
      }
      if (end == buffer.length) {
        buffer = Arrays.copyOf(buffer, 2 * buffer.length);
      }
      if (!fill()) {
        start = 0;
        end = 0;
        return Optional.empty();
      }
    }
  }

  private Line take(int lineEnd) {
    byte[] bytes = Arrays.copyOfRange(buffer, start, lineEnd);
    long from = position;
    position += bytes.length + 1L;
    start = lineEnd + 1;
    number++;
    return new Line(bytes, number, from, position);
  }

  private boolean fill() {
    try {
      ByteBuffer free = ByteBuffer.wrap(buffer, end, buffer.length - end);
      int read = channel.read(free, position + (end - start));
      if (read <= 0) {
        return false;
      }
      end += read;
      return true;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private UncheckedIOException unreadable(IOException e) {
    return new UncheckedIOException(file + ": cannot be read: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
