package dev.kirchhoff.dashboards.feed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Reader of a growing file, line by line. A line counts once its line end is written; what stands
 * behind the last line end is left for the next reading. A file that became shorter than what was
 * read is read again from its start.
 */
final class LogTail {
  private static final int BLOCK = 1 << 18;

  private final Path file;
  private long position;
  private long line;

  LogTail(Path file) {
    this.file = file;
  }

  /**
   * Reads whole lines, at most about {@code maxBytes} of them.
   *
   * @param lines receives the line number, 1.., and the text
   * @return whether the end was reached
   * @throws IOException if the file cannot be read
   */
  boolean read(long maxBytes, BiConsumer<Long, String> lines) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < position) {
        position = 0;
        line = 0;
      }
      byte[] pending = new byte[0];
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      long at = position;
      long stop = position + maxBytes;
      while (position < stop) {
        block.clear();
        int n = channel.read(block, at);
        if (n <= 0) {
          return true;
        }
        at += n;
        byte[] joined = Arrays.copyOf(pending, pending.length + n);
        System.arraycopy(block.array(), 0, joined, pending.length, n);
        int start = 0;
        for (int i = pending.length; i < joined.length; i++) {
          if (joined[i] == '\n') {
            position += i + 1 - start;
            line++;
            lines.accept(line, new String(joined, start, i - start, StandardCharsets.UTF_8));
            start = i + 1;
          }
        }
        pending = Arrays.copyOfRange(joined, start, joined.length);
      }
      return false;
    }
  }
}
