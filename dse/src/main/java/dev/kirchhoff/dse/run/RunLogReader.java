package dev.kirchhoff.dse.run;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.LogPosition;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reader of a run log, which checks its lines one after the other ({@link LogPosition}): digests,
 * the header in the first line, {@code seq} without gaps; an event that is read has the columns
 * that the header before it names. A last line without its line end is ignored; a damaged line
 * stops the reading, and nothing of the run should be believed then.
 *
 * <pre>{@code
 * try (RunLogReader log = RunLogReader.open(run)) {
 *   for (Optional<RunLogReader.Entry> e = log.next(); e.isPresent(); e = log.next()) {
 *     fold(e.get().envelope());
 *   }
 * }
 * }</pre>
 */
public final class RunLogReader implements AutoCloseable {
  private final RunDirectory run;
  private final LogLines lines;
  private LogPosition position;
  private RunEvent.Run header;
  private long goodEnd;
  private long number;

  private RunLogReader(RunDirectory run, LogLines lines) {
    this.run = run;
    this.lines = lines;
    this.position = LogPosition.start();
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
   * @param end position in the file after the last kept line
   * @param position position in the chain of lines
   * @param era era that the continuation opens, as far as the log tells
   */
  public record Continuation(long end, LogPosition position, int era) {
    /** This point, for a log in which a later era was seen. */
    public Continuation in(int era) {
      return new Continuation(end, position, Math.max(this.era, era));
    }
  }

  /**
   * Opens a log.
   *
   * @throws DataProblemException if there is none
   */
  public static RunLogReader open(RunDirectory run) {
    try {
      return new RunLogReader(run, LogLines.open(run.log()));
    } catch (IOException e) {
      throw new DataProblemException(run.log() + ": there is no run log");
    }
  }

  /**
   * The next line with its data unread; empty at the end, which may move while the run goes on.
   *
   * @throws DamagedLogException if it is damaged
   */
  public Optional<RawEvent> nextLine() {
    Optional<LogLines.Line> next = lines.next();
    if (next.isEmpty()) {
      return Optional.empty();
    }
    LogLines.Line line = next.get();
    number = line.number();
    try {
      RawEvent raw = position.read(line.bytes(), 0, line.bytes().length, run.id().text());
      if (raw.type().equals(RunEvent.Run.TYPE)) {
        header = following((RunEvent.Run) EventJson.event(raw));
      }
      position = position.after(raw);
      goodEnd = line.end();
      return Optional.of(raw);
    } catch (EventFormatException e) {
      throw damaged(e);
    }
  }

  /**
   * The event of the line that was read last.
   *
   * @throws DamagedLogException if its data do not fit its type, or the run's header
   */
  public EventEnvelope event(RawEvent line) {
    try {
      RunEvent event = line.type().equals(RunEvent.Run.TYPE) ? header : EventJson.event(line);
      if (event instanceof RunEvent.Evaluations designs) {
        designs.requireFit(header, header.constraints().size());
      } else if (event instanceof RunEvent.Front change
          && change.values().size() != header.objectives().size()) {
        throw new EventFormatException(
            "a change of the front has "
                + change.values().size()
                + " values, the run's header names "
                + header.objectives().size()
                + " objectives",
            null);
      }
      return new EventEnvelope(
          line.type(), line.runId(), line.era(), line.seq(), line.time(), event);
    } catch (EventFormatException e) {
      throw damaged(e);
    }
  }

  /** A header, which names the columns that the one before it names, if there is one. */
  private RunEvent.Run following(RunEvent.Run next) throws EventFormatException {
    if (header != null
        && !(next.knobs().equals(header.knobs())
            && next.objectives().equals(header.objectives())
            && Objects.equals(next.axes(), header.axes())
            && Objects.equals(next.recorded(), header.recorded()))) {
      throw new EventFormatException(
          "the header names other knobs, objectives or figures than the one before it", null);
    }
    return next;
  }

  private DamagedLogException damaged(EventFormatException e) {
    return new DamagedLogException(run.log(), number, e.getMessage());
  }

  /** Reads all evaluations of a run, and the data of no other event. */
  public static void evaluations(RunDirectory run, Consumer<RunEvent.Evaluations> each) {
    try (RunLogReader log = open(run)) {
      for (Optional<RawEvent> line = log.nextLine(); line.isPresent(); line = log.nextLine()) {
        if (line.get().type().equals(RunEvent.Evaluations.TYPE)) {
          each.accept((RunEvent.Evaluations) log.event(line.get()).event());
        }
      }
    }
  }

  /**
   * The next event; empty at the end, which may move while the run goes on.
   *
   * @throws DamagedLogException if its line is damaged
   */
  public Optional<Entry> next() {
    long start = goodEnd;
    return nextLine().map(line -> new Entry(event(line), start, goodEnd));
  }

  /**
   * Latest era of the whole lines that follow, good or not in their place; that of the lines read
   * so far if none tells one. For a log that is cut off before damage.
   */
  public int lastEra() {
    int era = position.era();
    for (Optional<LogLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      byte[] bytes = line.get().bytes();
      try {
        RawEvent raw = LogPosition.readAlone(bytes, 0, bytes.length);
        era = Math.max(era, raw.era());
      } catch (EventFormatException e) {
        continue; // the damage, or more of it
      }
    }
    return era;
  }

  /** Position behind the lines read so far. */
  public Continuation continuation() {
    return new Continuation(goodEnd, position, position.era() + 1);
  }

  /**
   * The header of a run, its first line.
   *
   * @throws DamagedLogException if the log has no header
   */
  public static RunEvent.Run header(RunDirectory run) {
    try (RunLogReader log = open(run)) {
      return log.next()
          .map(entry -> (RunEvent.Run) entry.envelope().event())
          .orElseThrow(() -> new DamagedLogException(run.log(), 1, "the log has no header"));
    }
  }

  /**
   * The header of a run whose whole log is good, as it is now.
   *
   * @throws DamagedLogException if the log has no header or a damaged line, wherever
   */
  public static RunEvent.Run headerOfGoodLog(RunDirectory run) {
    RunEvent.Run header = header(run);
    try (RunLogReader log = open(run)) {
      while (log.nextLine().isPresent()) {
        continue;
      }
    }
    return header;
  }

  @Override
  public void close() {
    lines.close();
  }
}
