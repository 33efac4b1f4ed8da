package dev.kirchhoff.dse.stream;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventMessage;
import dev.kirchhoff.arch.event.LogPosition;
import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.LogLines;
import dev.kirchhoff.dse.run.PublishedHint;
import dev.kirchhoff.dse.run.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * A thread that reads the log of one run and sends what is in it to Kafka. The log is the queue: a
 * broker that is slow, dead or replaced makes the publisher wait and nothing else, and memory stays
 * constant. After a failure it goes on from the last event of which everything before is
 * acknowledged, so events may come twice, never be missing.
 */
final class Publisher implements AutoCloseable {
  private static final int WINDOW_RECORDS = 1_000;
  private static final long WINDOW_BYTES = 16L << 20;

  /**
   * Pause before the log is looked at again. What the search wrote in between goes out together:
   * requests, not bytes, are what the client and the broker spend their time on.
   */
  private static final long POLL_MS = 500;

  /** Pause while somebody waits for delivery, or the log has more than the window takes. */
  private static final long HASTE_MS = 20;

  private static final long RETRY_MS = 500;
  private static final long HINT_INTERVAL_NS = Duration.ofSeconds(1).toNanos();
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final RunDirectory run;
  private final Cluster cluster;
  private final Consumer<String> warnings;
  private final Clock clock;
  private final Thread thread;
  private final AtomicReference<RunEvent.Progress> progress = new AtomicReference<>();

  /** Written by the thread alone. */
  private volatile Acknowledged delivered;

  // Used by the thread alone.
  private final Deque<PendingRecord> window = new ArrayDeque<>();
  private final MemberTopic members;
  private LogLines lines;
  private LogPosition position;
  private Cluster.Connection connection;
  private String clusterId = "";
  private OptionalLong hinted = OptionalLong.empty();
  private int hintedEra;
  private long lastHint_ns = System.nanoTime();
  private OptionalLong unreachableSince_ns = OptionalLong.empty();
  private boolean warned;

  // Guarded by this.
  private int waiting;
  private OptionalLong drainedSize = OptionalLong.empty();
  private boolean closed;
  private boolean ended;

  /**
   * Events of the log of which all are acknowledged.
   *
   * @param end position in the log behind the last one
   * @param position position in the chain of lines behind it
   */
  private record Acknowledged(long end, LogPosition position) {
    /** Their number, from the first of the run. */
    long events() {
      return position.seq();
    }
  }

  /** A line on its way. The acknowledgement comes from Kafka's thread. */
  private static final class PendingRecord {
    final long start;
    final Acknowledged acknowledged;
    volatile boolean done;
    volatile Exception failure;

    PendingRecord(long start, Acknowledged acknowledged) {
      this.start = start;
      this.acknowledged = acknowledged;
    }
  }

  private Publisher(RunDirectory run, Cluster cluster, Consumer<String> warnings, Clock clock) {
    this.run = run;
    this.members = new MemberTopic(run, warnings);
    this.cluster = cluster;
    this.warnings = warnings;
    this.clock = clock;
    this.position = LogPosition.start();
    this.delivered = new Acknowledged(0, position);
    this.thread = new Thread(this::work, "publisher-" + run.id());
    thread.setDaemon(true);
  }

  /**
   * Starts to publish a run, from where its hint says.
   *
   * @param run a run with a log
   * @param cluster where to
   * @param warnings takes sentences for the user
   * @param clock gives the times of progress events
   */
  static Publisher start(
      RunDirectory run, Cluster cluster, Consumer<String> warnings, Clock clock) {
    Publisher publisher = new Publisher(run, cluster, warnings, clock);
    publisher.thread.start();
    return publisher;
  }

  /** Sends a beat, unless the next comes first or there is no broker. */
  void progress(RunEvent.Progress beat) {
    progress.set(beat);
  }

  /** Events up to one of the log that are not acknowledged. */
  long undelivered(long lastSeq) {
    return Math.max(0, lastSeq + 1 - delivered.events());
  }

  /**
   * Waits until what is in the log now is acknowledged.
   *
   * @return events of the log that are not acknowledged; 0 = all are
   */
  long awaitDelivered(Duration patience) {
    boolean interrupted = Thread.interrupted();
    try (LogLines log = LogLines.open(run.log())) {
      interrupted |= !awaitDrained(log.size(), interrupted ? Duration.ZERO : patience);
      log.seek(delivered.end(), 1);
      long remaining = 0;
      while (log.next().isPresent()) {
        remaining++;
      }
      return remaining;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** True if it could wait without being interrupted. */
  private synchronized boolean awaitDrained(long size, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    waiting++;
    notifyAll();
    try {
      long left_ms = patience.toMillis();
      while (!isDrained(size) && !ended && left_ms > 0) {
        wait(left_ms);
        left_ms = (end - System.nanoTime()) / 1_000_000;
      }
      return true;
    } catch (InterruptedException e) {
      return false;
    } finally {
      waiting--;
    }
  }

  private void work() {
    try (LogLines opened = LogLines.open(run.log())) {
      lines = opened;
      while (!isClosed()) {
        boolean busy = false;
        if (connected()) {
          busy = pump();
        }
        report();
        rest(busy);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | UncheckedIOException e) {
      if (!isClosed()) {
        warnings.accept("publishing run " + run.id() + " ends: " + e.getMessage());
      }
    } finally {
      disconnect(CLOSE_PATIENCE);
      members.close();
      synchronized (this) {
        ended = true;
        notifyAll();
      }
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void rest(boolean busy) throws InterruptedException {
    if (busy || closed) {
      return;
    }
    if (unreachableSince_ns.isPresent()) {
      wait(RETRY_MS);
    } else {
      wait(waiting > 0 || !hasRoom() ? HASTE_MS : POLL_MS);
    }
  }

  private boolean connected() throws InterruptedException {
    Optional<String> address = cluster.address();
    if (address.isEmpty()) {
      settle();
      return false;
    }
    if (connection != null && connection.address().equals(address.get())) {
      return true;
    }
    disconnect(Duration.ZERO);
    try {
      connection = cluster.connect(address.get());
    } catch (Cluster.Unreachable e) {
      missing(address.get(), e.getMessage());
      return false;
    }
    unreachableSince_ns = OptionalLong.empty();
    if (!connection.clusterId().equals(clusterId)) {
      clusterId = connection.clusterId();
      startFromHint();
    }
    return true;
  }

  private void missing(String address, String reason) {
    long now_ns = System.nanoTime();
    long since_ns = unreachableSince_ns.orElse(now_ns);
    unreachableSince_ns = OptionalLong.of(since_ns);
    if (!warned && now_ns - since_ns >= cluster.grace().toNanos()) {
      warned = true;
      warnings.accept(
          "Kafka at "
              + address
              + " cannot be reached ("
              + reason
              + "); the run goes on, its log is complete, delivery is tried again");
    }
  }

  /**
   * Events sent to another cluster do not count. Lines and numbers of events go together, both
   * without gaps.
   */
  private void startFromHint() {
    Optional<PublishedHint> hint = PublishedHint.read(run.published());
    boolean same =
        hint.isPresent()
            && (hint.get().cluster().isEmpty() || hint.get().cluster().equals(clusterId));
    hintedEra = hint.map(PublishedHint::era).orElse(0);
    long skip = same ? hint.get().events() : 0;
    start();
    for (long i = 0; i < skip; i++) {
      Optional<LogLines.Line> line = lines.next();
      if (line.isEmpty()) {
        start();
        skip = 0;
      } else {
        position = position.after(checked(line.get()));
      }
    }
    delivered = new Acknowledged(lines.position(), position);
  }

  private void start() {
    lines.seek(0, 1);
    position = LogPosition.start();
  }

  private RawEvent checked(LogLines.Line line) {
    try {
      RawEvent raw = position.read(line.bytes(), 0, line.bytes().length, run.id().text());
      members.read(raw, line);
      return raw;
    } catch (EventFormatException e) {
      lines.seek(line.start(), line.number());
      throw new UncheckedIOException(
          new IOException(run.log() + ":" + line.number() + ": " + e.getMessage()));
    }
  }

  /** Sends what is there and fits the window; whether there may be more at once. */
  private boolean pump() {
    beat();
    long size = lines.size();
    boolean more = false;
    try {
      while (hasRoom()) {
        Optional<LogLines.Line> line = lines.next();
        if (line.isEmpty()) {
          break;
        }
        more = true;
        send(line.get());
      }
    } catch (KafkaException | IllegalStateException e) {
      startAgain();
      return false;
    }
    settle();
    if (!more && window.isEmpty() && connection != null) {
      synchronized (this) {
        drainedSize = OptionalLong.of(size);
      }
    }
    return more && hasRoom();
  }

  private boolean isDrained(long size) {
    return drainedSize.isPresent() && drainedSize.getAsLong() >= size;
  }

  /** True if another line may be on its way; those of the window follow each other in the log. */
  private boolean hasRoom() {
    return window.isEmpty()
        || window.size() < WINDOW_RECORDS
            && window.getLast().acknowledged.end() - window.getFirst().start < WINDOW_BYTES;
  }

  private void send(LogLines.Line line) {
    RawEvent raw = checked(line);
    if (raw.type().equals(RunEvent.Front.TYPE)) {
      // In front of its event, which alone acknowledges the line.
      Acknowledged before = new Acknowledged(line.start(), position);
      members.record(raw, line).ifPresent(record -> send(record, pending(line, before)));
    }
    position = position.after(raw);
    PendingRecord sent = pending(line, new Acknowledged(line.end(), position));
    try {
      send(record(EventMessage.of(raw)), sent);
    } catch (EventFormatException e) {
      // A type that no topic carries stays in the log only.
      sent.done = true;
    }
  }

  private PendingRecord pending(LogLines.Line line, Acknowledged acknowledged) {
    PendingRecord pending = new PendingRecord(line.start(), acknowledged);
    window.add(pending);
    return pending;
  }

  private void send(ProducerRecord<String, byte[]> record, PendingRecord sent) {
    connection
        .producer()
        .send(
            record,
            (metadata, failure) -> {
              sent.failure = failure;
              sent.done = true;
            });
  }

  private static ProducerRecord<String, byte[]> record(EventMessage message) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            message.topic().topicName(), message.key(), message.value().orElse(null));
    message
        .headers()
        .forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  private void beat() {
    RunEvent.Progress beat = progress.getAndSet(null);
    if (beat == null) {
      return;
    }
    String time = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    EventEnvelope envelope =
        new EventEnvelope(
            RunEvent.Progress.TYPE, run.id().text(), 0, OptionalLong.empty(), time, beat);
    try {
      connection.producer().send(record(EventMessage.of(envelope)));
    } catch (KafkaException | IllegalStateException | EventFormatException e) {
      // A beat may be lost; the next line of the log finds out what is wrong with the connection.
      progress.set(null);
    }
  }

  /** Takes from the window what is acknowledged in order. */
  private void settle() {
    while (!window.isEmpty() && window.peek().done) {
      PendingRecord sent = window.peek();
      if (sent.failure instanceof RecordTooLargeException) {
        warnings.accept(
            "event "
                + (sent.acknowledged.events() - 1)
                + " of run "
                + run.id()
                + " is too large for Kafka and is in the log only");
      } else if (sent.failure != null) {
        startAgain();
        return;
      }
      window.remove();
      delivered = sent.acknowledged;
    }
  }

  /** Drops the connection and goes back to the first line that is not acknowledged. */
  private void startAgain() {
    disconnect(Duration.ZERO);
    unreachableSince_ns = OptionalLong.of(System.nanoTime());
  }

  private void disconnect(Duration patience) {
    if (connection == null) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      connection.producer().close(patience);
    } catch (KafkaException | IllegalStateException e) {
      // It is given up in any case.
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    connection = null;
    while (!window.isEmpty() && window.peek().done && window.peek().failure == null) {
      delivered = window.remove().acknowledged;
    }
    window.clear();
    lines.seek(delivered.end(), delivered.events() + 1);
    position = delivered.position();
    hint();
  }

  private void report() {
    synchronized (this) {
      notifyAll();
    }
    if (System.nanoTime() - lastHint_ns >= HINT_INTERVAL_NS) {
      hint();
    }
  }

  private void hint() {
    lastHint_ns = System.nanoTime();
    if (hinted.equals(OptionalLong.of(delivered.events())) || clusterId.isEmpty()) {
      return;
    }
    try {
      new PublishedHint(delivered.events(), clusterId, Math.max(hintedEra, position.era()))
          .write(run.published());
      hinted = OptionalLong.of(delivered.events());
    } catch (IOException e) {
      // A stale hint costs repeats, nothing else.
      hinted = OptionalLong.empty();
    }
  }

  /** Ends the thread; what is not acknowledged stays for whoever publishes the run next. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    try {
      thread.join(CLOSE_PATIENCE.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(CLOSE_PATIENCE.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
