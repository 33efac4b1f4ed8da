package dev.kirchhoff.dashboards;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.LogPosition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Writes a run into a data directory as an explorer does: lock held, one event a line, numbered as
 * they are written.
 */
public final class DataDirectory implements AutoCloseable {
  private final Path log;
  private final FileChannel lockFile;
  private final FileLock lock;
  private LogPosition position = LogPosition.start();

  public DataDirectory(Path data, String runId) throws IOException {
    Path directory = Files.createDirectories(data.resolve("runs").resolve(runId));
    lockFile =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock = lockFile.lock();
    log = directory.resolve("log.jsonl");
  }

  public void write(EventEnvelope event) throws IOException {
    write(List.of(event));
  }

  public void write(List<EventEnvelope> events) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (EventEnvelope event : events) {
      lines.writeBytes(line(event));
    }
    append(lines.toByteArray());
  }

  /** The next line, which is not written. */
  public byte[] line(EventEnvelope event) {
    EventEnvelope numbered =
        new EventEnvelope(
            event.type(), event.runId(), event.era(), position.seq(), event.time(), event.event());
    byte[] line = position.line(numbered);
    position = position.after(numbered, line);
    return line;
  }

  /** Empties the log, to write it anew. */
  public void clear() throws IOException {
    Files.deleteIfExists(log);
    position = LogPosition.start();
  }

  /** Appends text as it is. */
  public void text(String text) throws IOException {
    append(text.getBytes(StandardCharsets.UTF_8));
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(log, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockFile.close();
  }
}
