package dev.kirchhoff.dse.run;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.LogPosition;
import dev.kirchhoff.arch.event.RunEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writer of the log of a run, of which there is one at a time. An event is in the log, for
 * everybody to read, when {@link #append} returns; it is on disk after the end of a round (at most
 * once a second), an answer to a command, a change of state and {@link #close}. Each line carries
 * digests that chain it to the line before ({@link LogPosition}).
 *
 * <pre>{@code
 * try (RunLog log = RunLog.create(data.createRun(id), header, Clock.systemUTC())) {
 *   log.append(evaluations);
 *   log.append(round);
 * }
 * }</pre>
 */
public final class RunLog implements AutoCloseable {
  /**
   * Largest header, so that it fits one Kafka record at a broker's default limit of 1 MiB
   * (message.max.bytes 1,048,588, Kafka documentation, broker configurations).
   */
  public static final int MAX_HEADER_BYTES = 900_000;

  private static final long SYNC_INTERVAL_NS = Duration.ofSeconds(1).toNanos();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final RunDirectory run;
  private final OwnerLock lock;

  /** Not a channel: an interrupt of the searching thread would close that. */
  private final RandomAccessFile file;

  private final Clock clock;
  private LogPosition position;
  private final int era;
  private long goodEnd;
  private long lastSync_ns = System.nanoTime();
  private LogWriteException failure;
  private boolean closed;

  private RunLog(
      RunDirectory run,
      OwnerLock lock,
      RandomAccessFile file,
      Clock clock,
      LogPosition position,
      int era,
      long end) {
    this.run = run;
    this.lock = lock;
    this.file = file;
    this.clock = clock;
    this.position = position;
    this.era = era;
    this.goodEnd = end;
  }

  /**
   * Starts the log of a new run with its header.
   *
   * @param run its directory, which exists and has no log
   * @param header the header, state {@code running}
   * @param clock gives the events' times
   * @throws DataProblemException if the header is too large or somebody else writes this run
   * @throws LogWriteException if the log cannot be written
   */
  public static RunLog create(RunDirectory run, RunEvent.Run header, Clock clock) {
    checkHeader(header);
    OwnerLock lock = lock(run);
    try {
      PrivateFiles.createFile(run.log());
      RandomAccessFile file = new RandomAccessFile(run.log().toFile(), "rw");
      return begun(new RunLog(run, lock, file, clock, LogPosition.start(), 0, 0), header);
    } catch (IOException e) {
      lock.close();
      throw new LogWriteException(run.log(), e);
    }
  }

  /**
   * Opens the log of an interrupted run to continue it in a new era, after taking its lock: events
   * after the given point are cut off, and the published position is set back to it.
   *
   * @param run its directory
   * @param from position to continue at, from the reader of the log
   * @param header the header, state {@code running}: first event of the era
   * @param clock gives the events' times
   * @throws DataProblemException if somebody else writes this run
   */
  public static RunLog reopen(
      RunDirectory run, RunLogReader.Continuation from, RunEvent.Run header, Clock clock) {
    OwnerLock lock = lock(run);
    try {
      int era = PublishedHint.open(run.published(), from.position().seq(), from.era());
      RandomAccessFile file = new RandomAccessFile(run.log().toFile(), "rw");
      file.setLength(from.end());
      file.seek(from.end());
      return begun(new RunLog(run, lock, file, clock, from.position(), era, from.end()), header);
    } catch (IOException e) {
      lock.close();
      throw new LogWriteException(run.log(), e);
    }
  }

  private static RunLog begun(RunLog log, RunEvent.Run header) {
    try {
      log.append(header);
      return log;
    } catch (LogWriteException e) {
      log.close();
      throw e;
    }
  }

  private static OwnerLock lock(RunDirectory run) {
    return OwnerLock.take(run.lock())
        .orElseThrow(
            () ->
                new DataProblemException(
                    "run " + run.id() + " is being written by another process"));
  }

  /**
   * Checks, before a run starts, that its header fits one Kafka record.
   *
   * @throws DataProblemException if it does not
   */
  public static void checkHeader(RunEvent.Run header) {
    int size = EventJson.dataBytes(header).length;
    if (size >= MAX_HEADER_BYTES) {
      throw new DataProblemException(
          String.format(
              Locale.ROOT,
              "the resolved spec with its knobs takes %,d bytes, must be below %,d;"
                  + " give large values from/to or name a file",
              size,
              MAX_HEADER_BYTES));
    }
  }

  /**
   * Appends a durable event.
   *
   * @return its seq
   * @throws LogWriteException if it cannot be written; the log takes no more events
   */
  public synchronized long append(RunEvent event) {
    if (failure != null) {
      throw failure;
    }
    if (event instanceof RunEvent.Progress || event instanceof RunEvent.Command) {
      throw new IllegalArgumentException(
          "An event of type "
              + EventJson.typeOf(event)
              + " must not be in the log.\n"
              + "Maybe it should go to the publisher directly.");
    }
    String time = TIME.format(clock.instant());
    long seq = position.seq();
    EventEnvelope envelope =
        new EventEnvelope(EventJson.typeOf(event), run.id().text(), era, seq, time, event);
    byte[] line = position.line(envelope);
    try {
      file.write(line);
      goodEnd += line.length;
      syncIfDue(event);
    } catch (IOException e) {
      throw failed(e);
    }
    position = position.after(envelope, line);
    return seq;
  }

  private void syncIfDue(RunEvent event) throws IOException {
    boolean due =
        event instanceof RunEvent.Run
            || event instanceof RunEvent.Ack
            || event instanceof RunEvent.Round
                && System.nanoTime() - lastSync_ns >= SYNC_INTERVAL_NS;
    if (due) {
      file.getFD().sync();
      lastSync_ns = System.nanoTime();
    }
  }

  /** A partial last line is cut off; where that fails, readers ignore it. */
  private LogWriteException failed(IOException cause) {
    failure = new LogWriteException(run.log(), cause);
    try {
      file.setLength(goodEnd);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  /** The run's files. */
  public RunDirectory run() {
    return run;
  }

  /** Seq of the last event. */
  public synchronized long lastSeq() {
    return position.seq() - 1;
  }

  /** Forces all events to disk and releases the lock. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock;
        file) {
      if (failure == null) {
        file.getFD().sync();
      }
    } catch (IOException e) {
      throw new LogWriteException(run.log(), e);
    }
  }
}
