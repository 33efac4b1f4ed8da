package dev.kirchhoff.dse.stream;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.EventTopic;
import dev.kirchhoff.arch.event.RunEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Commands of the topic {@code kirchhoff.command.v1} to one run, from the start of its process on.
 * A record names the run by its key; a connection that is made again may hand a command over twice.
 */
final class CommandTopic implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final long RETRY_MS = 250;
  private static final long END_MS = 2_000;

  /** Bytes of a command at most (chosen: a hundred knobs take a tenth of it). */
  private static final int MOST_BYTES = 100_000;

  private final String runId;
  private final Cluster cluster;
  private final java.util.function.Consumer<RunEvent.Command> taker;
  private final java.util.function.Consumer<String> warnings;
  private final long since_ms;
  private final Thread thread;
  private volatile boolean closed;

  private CommandTopic(
      String runId,
      Cluster cluster,
      long since_ms,
      java.util.function.Consumer<RunEvent.Command> taker,
      java.util.function.Consumer<String> warnings) {
    this.runId = runId;
    this.cluster = cluster;
    this.since_ms = since_ms;
    this.taker = taker;
    this.warnings = warnings;
    this.thread = new Thread(this::work, "commands-topic");
    thread.setDaemon(true);
  }

  /**
   * Begins to read.
   *
   * @param runId the run
   * @param cluster cluster of the topic; while it is missing or silent there are no commands
   * @param since_ms time of the oldest record that counts, since 1970
   * @param taker takes commands, in a thread of its own
   * @param warnings takes sentences for the user
   */
  static CommandTopic start(
      String runId,
      Cluster cluster,
      long since_ms,
      java.util.function.Consumer<RunEvent.Command> taker,
      java.util.function.Consumer<String> warnings) {
    CommandTopic topic = new CommandTopic(runId, cluster, since_ms, taker, warnings);
    topic.thread.start();
    return topic;
  }

  private void work() {
    try {
      while (!closed) {
        Optional<String> address = cluster.address();
        if (address.isPresent()) {
          read(address.get());
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_MS);
      }
    } catch (InterruptedException e) {
      // The run has ended.
      return;
    }
  }

  /** Reads until the cluster has another address. The publisher tells of one that is silent. */
  private void read(String address) {
    try (Consumer<String, byte[]> consumer = cluster.consumer(address)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(EventTopic.COMMAND.topicName()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      if (partitions.isEmpty()) {
        return;
      }
      consumer.assign(partitions);
      seek(consumer, partitions);
      while (!closed && cluster.address().map(address::equals).orElse(true)) {
        consumer.poll(POLL).forEach(this::take);
      }
    } catch (KafkaException e) {
      // Silent or restarted: another attempt follows.
      return;
    }
  }

  private void seek(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
    // The ends come first, so that no record falls between the two questions.
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, OffsetAndTimestamp> offsets =
        consumer.offsetsForTimes(
            partitions.stream().collect(Collectors.toMap(Function.identity(), p -> since_ms)));
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp first = offsets.get(partition);
      consumer.seek(partition, first == null ? ends.get(partition) : first.offset());
    }
  }

  private void take(ConsumerRecord<String, byte[]> found) {
    if (!runId.equals(found.key())) {
      return;
    }
    byte[] value = found.value();
    if (value == null || value.length > MOST_BYTES) {
      refuse(found, value == null ? "it is empty" : "it has more than " + MOST_BYTES + " bytes");
      return;
    }
    try {
      RunEvent.Command command =
          (RunEvent.Command) EventJson.data(RunEvent.Command.TYPE, value, 0, value.length);
      if (command.command() == null || command.command().isBlank()) {
        refuse(found, "it has no id (command)");
      } else {
        taker.accept(command);
      }
    } catch (EventFormatException e) {
      refuse(found, e.getMessage());
    }
  }

  private void refuse(ConsumerRecord<String, byte[]> found, String reason) {
    warnings.accept(
        found.topic()
            + ", offset "
            + found.offset()
            + ": is no command and is left out: "
            + reason);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
