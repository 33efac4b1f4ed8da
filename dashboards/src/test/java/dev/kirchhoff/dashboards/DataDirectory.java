package dev.kirchhoff.dashboards;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes a run into a data directory as an explorer does: lock held, one event a line. */
public final class DataDirectory implements AutoCloseable {
  private final Path log;
  private final FileChannel lockFile;
  private final FileLock lock;

  public DataDirectory(Path data, String runId) throws IOException {
    Path directory = Files.createDirectories(data.resolve("runs").resolve(runId));
    lockFile =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock = lockFile.lock();
    log = directory.resolve("log.jsonl");
  }

  public void write(EventEnvelope event) throws IOException {
    text(EventJson.line(event) + "\n");
  }

  public void write(List<EventEnvelope> events) throws IOException {
    StringBuilder lines = new StringBuilder();
    events.forEach(event -> lines.append(EventJson.line(event)).append('\n'));
    text(lines.toString());
  }

  /** Appends text as it is. */
  public void text(String text) throws IOException {
    Files.write(
        log,
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    lockFile.close();
  }
}
