package dev.kirchhoff.dse.stream;

import dev.kirchhoff.arch.event.RawEvent;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.dse.run.DamagedLogException;
import dev.kirchhoff.dse.run.DataDirectory;
import dev.kirchhoff.dse.run.LogTail;
import dev.kirchhoff.dse.run.PublishedHint;
import dev.kirchhoff.dse.run.RunDirectory;
import dev.kirchhoff.dse.run.RunId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The publication of one run beside its search: broker companion if one is wanted, publisher of
 * this run, and of earlier runs that were not delivered to the end. Nothing here can fail the
 * search.
 *
 * <pre>{@code
 * RunLog log = RunLog.create(data.createRun(id), header, clock);
 * RunPublication publication = RunPublication.open(data, log.run(), target, System.err::println);
 * publication.progress(beat);
 * log.close();
 * long undelivered = publication.close(Duration.ofSeconds(15));
 * }</pre>
 */
public final class RunPublication {
  private static final Duration UNFINISHED_PATIENCE = Duration.ofMinutes(10);

  private final Optional<BrokerCompanion> companion;
  private final Optional<Publisher> publisher;
  private final Optional<Thread> earlier;
  private final Optional<CommandSource> source;
  private Optional<CommandTopic> commands = Optional.empty();

  /** Source of commands to the run: since when, from where, and who hears of broken ones. */
  private record CommandSource(
      RunId run, Cluster cluster, long since_ms, Consumer<String> warnings) {}

  private RunPublication(
      Optional<BrokerCompanion> companion,
      Optional<Publisher> publisher,
      Optional<Thread> earlier,
      Optional<CommandSource> source) {
    this.companion = companion;
    this.publisher = publisher;
    this.earlier = earlier;
    this.source = source;
  }

  /**
   * Starts to publish a run.
   *
   * @param data the data directory
   * @param run the run, whose log has its header
   * @param target where to
   * @param warnings takes sentences for the user, from other threads
   */
  public static RunPublication open(
      DataDirectory data, RunDirectory run, KafkaTarget target, Consumer<String> warnings) {
    if (target instanceof KafkaTarget.None) {
      return new RunPublication(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
    long since_ms = System.currentTimeMillis();
    Optional<BrokerCompanion> companion = Optional.empty();
    Cluster cluster;
    if (target instanceof KafkaTarget.External external) {
      cluster = Cluster.of(external);
    } else {
      BrokerCompanion started = BrokerCompanion.start(data, warnings);
      companion = Optional.of(started);
      cluster = Cluster.builtIn(started::endpoint);
    }
    markWanted(run);
    Publisher publisher = Publisher.start(run, cluster, warnings, Clock.systemUTC());
    Thread earlier = new Thread(() -> publishUnfinished(data, cluster), "publisher-earlier");
    earlier.setDaemon(true);
    earlier.start();
    return new RunPublication(
        companion,
        Optional.of(publisher),
        Optional.of(earlier),
        Optional.of(new CommandSource(run.id(), cluster, since_ms, warnings)));
  }

  /**
   * Begins to read commands to the run from their topic, those since {@link #open}; nothing without
   * Kafka.
   *
   * @param taker takes commands, which may come twice, in another thread
   */
  public void takeCommands(Consumer<RunEvent.Command> taker) {
    commands =
        source.map(
            from ->
                CommandTopic.start(
                    from.run().text(), from.cluster(), from.since_ms(), taker, from.warnings()));
  }

  /**
   * A run with a hint is one that Kafka should have, even if it ends before the first
   * acknowledgement.
   */
  private static void markWanted(RunDirectory run) {
    try {
      if (PublishedHint.read(run.published()).isEmpty()) {
        new PublishedHint(0, "", 0).write(run.published());
      }
    } catch (IOException e) {
      // The log, on the same disk, will say what is wrong with it.
      return;
    }
  }

  /**
   * Publishes the runs of a directory that nobody writes and whose hint is behind their log.
   * Returns when they are delivered, when one of them is not within ten minutes, or at an
   * interrupt. For {@code broker} in a terminal too.
   *
   * @param data the data directory
   * @param broker the built-in broker
   */
  public static void publishUnfinished(DataDirectory data, Endpoint broker) {
    publishUnfinished(data, Cluster.of(broker.target()));
  }

  static void publishUnfinished(DataDirectory data, Cluster cluster) {
    for (RunId id : data.runs()) {
      RunDirectory run = data.run(id);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      if (!isUnfinished(run)) {
        continue;
      }
      try (Publisher publisher = Publisher.start(run, cluster, warning -> {}, Clock.systemUTC())) {
        if (publisher.awaitDelivered(UNFINISHED_PATIENCE) > 0) {
          return;
        }
      }
    }
  }

  static boolean isUnfinished(RunDirectory run) {
    Optional<PublishedHint> hint = PublishedHint.read(run.published());
    if (hint.isEmpty() || run.isBeingWritten()) {
      return false;
    }
    try {
      OptionalLong last = LogTail.last(run).map(RawEvent::seq).orElseGet(OptionalLong::empty);
      return last.isPresent() && hint.get().events() <= last.getAsLong();
    } catch (IOException | DamagedLogException e) {
      return false;
    }
  }

  /** Sends a beat, the only event that may be dropped. */
  public void progress(RunEvent.Progress beat) {
    publisher.ifPresent(p -> p.progress(beat));
  }

  /**
   * Events up to one of the log that Kafka has not acknowledged; 0 where none is to be delivered.
   */
  public long undelivered(long lastSeq) {
    return publisher.map(p -> p.undelivered(lastSeq)).orElse(0L);
  }

  /**
   * Waits for delivery and ends publisher and companion.
   *
   * @param patience how long to wait
   * @return events that Kafka has not acknowledged; whoever next starts or finds a broker publishes
   *     them
   */
  public long close(Duration patience) {
    commands.ifPresent(CommandTopic::close);
    long remaining = publisher.map(p -> p.awaitDelivered(patience)).orElse(0L);
    earlier.ifPresent(Thread::interrupt);
    publisher.ifPresent(Publisher::close);
    companion.ifPresent(BrokerCompanion::close);
    return remaining;
  }
}
