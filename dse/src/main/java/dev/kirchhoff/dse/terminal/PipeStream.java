package dev.kirchhoff.dse.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;

/**
 * A standard stream that tells a pipe without a reader from a full disk: the first throws {@link
 * ClosedPipeException}, which no writer above it swallows, the second remains an {@link
 * IOException}.
 */
public final class PipeStream extends OutputStream {
  /** EPIPE as Linux and macOS word it, ERROR_NO_DATA and ERROR_BROKEN_PIPE as Windows does. */
  private static final List<String> CLOSED =
      List.of("broken pipe", "pipe is being closed", "pipe has been ended");

  private final OutputStream to;

  PipeStream(OutputStream to) {
    this.to = to;
  }

  /** Standard output of the process. */
  public static PipeStream stdout() {
    return new PipeStream(new FileOutputStream(FileDescriptor.out));
  }

  /** Standard error of the process. */
  public static PipeStream stderr() {
    return new PipeStream(new FileOutputStream(FileDescriptor.err));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      to.write(bytes, offset, length);
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
      if (CLOSED.stream().anyMatch(message::contains)) {
        throw new ClosedPipeException(e);
      }
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    to.flush();
  }
}
