package dev.kirchhoff.dse.run;

import com.fasterxml.jackson.core.JsonParser;
import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reader of a run log, which checks its events one after the other: line 0 is the run's header,
 * {@code seq} has no gaps. A last line that is incomplete or not JSON is ignored; a bad line before
 * it stops the reading.
 *
 * <pre>{@code
 * try (RunLogReader log = RunLogReader.open(run.log())) {
 *   for (Optional<RunLogReader.Entry> e = log.next(); e.isPresent(); e = log.next()) {
 *     fold(e.get().envelope());
 *   }
 * }
 * }</pre>
 */
public final class RunLogReader implements AutoCloseable {
  private final Path file;
  private final LogLines lines;
  private long goodEnd;
  private long nextSeq;

  private RunLogReader(Path file, LogLines lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * An event and where it stands.
   *
   * @param envelope the event
   * @param start position of the line's first byte
   * @param end position after the line
   */
  public record Entry(EventEnvelope envelope, long start, long end) {}

  /**
   * Position at which a log can be continued.
   *
   * @param end position after the last kept line
   * @param nextSeq seq of the next event
   */
  public record Continuation(long end, long nextSeq) {}

  /**
   * Opens a log.
   *
   * @throws DataProblemException if there is none
   */
  public static RunLogReader open(Path file) {
    try {
      return new RunLogReader(file, LogLines.open(file));
    } catch (IOException e) {
      throw new DataProblemException(file + ": there is no run log");
    }
  }

  /**
   * The next event; empty at the end, which may move while the run goes on.
   *
   * @throws DamagedLogException if a line is bad and not the last
   */
  public Optional<Entry> next() {
    Optional<LogLines.Line> line = lines.next();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    LogLines.Line found = line.get();
    try {
      EventEnvelope envelope = read(found.bytes());
      check(envelope, found.number());
      nextSeq = envelope.seq() + 1;
      goodEnd = found.end();
      return Optional.of(new Entry(envelope, found.start(), found.end()));
    } catch (EventFormatException e) {
      if (isLast(found) && !isJson(found.bytes())) {
        return Optional.empty();
      }
      throw new DamagedLogException(file, found.number(), e.getMessage());
    }
  }

  private static EventEnvelope read(byte[] bytes) throws EventFormatException {
    return EventJson.parse(bytes, 0, bytes.length);
  }

  private void check(EventEnvelope envelope, long number) {
    if (envelope.seq() != nextSeq) {
      throw new DamagedLogException(
          file, number, "seq is " + envelope.seq() + ", must be " + nextSeq);
    }
    if (nextSeq == 0 && !(envelope.event() instanceof RunEvent.Run)) {
      throw new DamagedLogException(file, number, "the first line must be the run's header");
    }
  }

  /** True if nothing follows; the line is then offered again by the next reading. */
  private boolean isLast(LogLines.Line line) {
    if (lines.size() > line.end()) {
      return false;
    }
    lines.seek(line.start(), line.number());
    return true;
  }

  private static boolean isJson(byte[] bytes) {
    try (JsonParser json = EventJson.mapper().createParser(bytes)) {
      int values = 0;
      while (json.nextToken() != null) {
        json.skipChildren();
        values++;
      }
      return values > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Position behind the events read so far. */
  public Continuation continuation() {
    return new Continuation(goodEnd, nextSeq);
  }

  /**
   * The header of a run, its first line.
   *
   * @throws DamagedLogException if the log has no header
   */
  public static RunEvent.Run header(Path file) {
    try (RunLogReader log = open(file)) {
      return log.next()
          .map(entry -> (RunEvent.Run) entry.envelope().event())
          .orElseThrow(() -> new DamagedLogException(file, 1, "the log has no header"));
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
