package dev.kirchhoff.dashboards.feed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.EventTopic;
import dev.kirchhoff.dashboards.feed.FeedListener.KafkaState;
import dev.kirchhoff.dashboards.feed.FeedListener.KafkaState.Status;
import dev.kirchhoff.dashboards.feed.FeedListener.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Feed of the topics of runs, from their earliest offset: partitions are assigned by hand, there is
 * no consumer group and nothing is committed. The broker's address is given, or read from {@code
 * broker/endpoint.json} of the data directory, which is looked for each second. A given broker that
 * does not answer is lost and waited for; the built-in one ends with the run that started it, which
 * is no loss.
 */
public final class KafkaFeed implements AutoCloseable {
  private static final Set<String> TOPICS =
      Arrays.stream(EventTopic.values())
          .map(EventTopic::topicName)
          .collect(Collectors.toUnmodifiableSet());

  private static final long LOOK_MILLIS = 1000;
  private static final long CLOSE_MILLIS = 2000;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LIST_TIMEOUT = Duration.ofSeconds(4);

  private final Optional<String> given;
  private final Path endpointFile;
  private final FeedListener listener;
  private final Function<String, Consumer<byte[], byte[]>> connect;
  private final Thread thread;
  private volatile boolean closed;
  private volatile Consumer<byte[], byte[]> consumer;
  private KafkaState state = new KafkaState(Status.OFF, "", "");

  /**
   * A feed.
   *
   * @param bootstrap address of the broker; if empty it is looked for in the data directory, with
   *     its credentials
   * @param client further settings of Kafka's clients, such as those of TLS and SASL
   * @param data data directory
   * @param listener receives the events
   */
  public KafkaFeed(
      Optional<String> bootstrap, Map<String, String> client, Path data, FeedListener listener) {
    this(
        bootstrap,
        data,
        listener,
        address -> {
          boolean isBuiltIn = bootstrap.isEmpty();
          return newConsumer(address, isBuiltIn ? KafkaClient.builtIn(data) : client);
        });
  }

  KafkaFeed(
      Optional<String> bootstrap,
      Path data,
      FeedListener listener,
      Function<String, Consumer<byte[], byte[]>> connect) {
    this.given = bootstrap;
    this.endpointFile = KafkaClient.endpoint(data);
    this.listener = listener;
    this.connect = connect;
    this.thread = new Thread(this::run, "kirchhoff-kafka");
    thread.setDaemon(true);
  }

  private static Consumer<byte[], byte[]> newConsumer(
      String bootstrap, Map<String, String> client) {
    Properties properties = new Properties();
    properties.putAll(client);
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Starts to read. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    Consumer<byte[], byte[]> current = consumer;
    if (current != null) {
      current.wakeup();
    }
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      Optional<String> endpoint = endpoint();
      if (endpoint.isEmpty()) {
        report(new KafkaState(Status.SEARCHING, "", "no broker runs over this data directory"));
      } else {
        readFrom(endpoint.get());
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Reads from one broker until the feed is closed or the address changes. */
  private void readFrom(String bootstrap) {
    boolean isLost = state.status() == Status.LOST && state.bootstrap().equals(bootstrap);
    if (!isLost) { // a lost broker stays lost until it answers
      report(new KafkaState(Status.CONNECTING, bootstrap, ""));
    }
    try (Consumer<byte[], byte[]> opened = connect.apply(bootstrap)) {
      consumer = opened;
      Set<TopicPartition> assigned = new HashSet<>();
      long nextLook_ns = System.nanoTime();
      while (!closed) {
        if (System.nanoTime() - nextLook_ns >= 0) {
          if (!endpoint().equals(Optional.of(bootstrap))) {
            return; // the built-in broker ended with its run, or moved
          }
          assign(opened, bootstrap, assigned);
          nextLook_ns = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
        }
        if (assigned.isEmpty()) {
          Thread.sleep(POLL.toMillis());
        } else {
          opened.poll(POLL).forEach(this::accept);
        }
      }
    } catch (InterruptedException | InterruptException | WakeupException e) {
      Thread.interrupted(); // only close interrupts, and the caller looks at it
    } catch (KafkaException e) {
      reportLost(bootstrap, e.getMessage());
    } finally {
      consumer = null;
    }
  }

  private void assign(
      Consumer<byte[], byte[]> from, String bootstrap, Set<TopicPartition> assigned) {
    Map<String, List<PartitionInfo>> topics;
    try {
      topics = new TreeMap<>(from.listTopics(LIST_TIMEOUT));
    } catch (org.apache.kafka.common.errors.TimeoutException e) {
      reportLost(bootstrap, "the broker does not answer");
      return;
    }
    List<TopicPartition> fresh = new ArrayList<>();
    topics.forEach(
        (topic, partitions) -> {
          if (TOPICS.contains(topic)) {
            for (PartitionInfo info : partitions) {
              TopicPartition partition = new TopicPartition(topic, info.partition());
              if (assigned.add(partition)) {
                fresh.add(partition);
              }
            }
          }
        });
    if (!fresh.isEmpty()) {
      from.assign(assigned);
      from.seekToBeginning(fresh);
    }
    report(new KafkaState(Status.CONNECTED, bootstrap, ""));
  }

  private void accept(ConsumerRecord<byte[], byte[]> record) {
    try {
      listener.event(KafkaEvents.read(record), Origin.KAFKA, record.timestamp());
    } catch (EventFormatException e) {
      listener.broken(
          record.topic() + " partition " + record.partition() + " offset " + record.offset(),
          e.getMessage());
    }
  }

  /** Reports a loss, unless the broker has ended in order meanwhile. */
  private void reportLost(String bootstrap, String why) {
    if (endpoint().equals(Optional.of(bootstrap))) {
      report(new KafkaState(Status.LOST, bootstrap, why));
    }
  }

  private void report(KafkaState next) {
    if (!next.equals(state)) {
      state = next;
      listener.kafka(next);
    }
  }

  private Optional<String> endpoint() {
    if (given.isPresent()) {
      return given;
    }
    // The file outlives its broker; only a living one is an address.
    if (!Files.exists(endpointFile) || !FileFeed.isHeld(endpointFile.resolveSibling("lock"))) {
      return Optional.empty();
    }
    try {
      JsonNode node = EventJson.mapper().readTree(Files.readAllBytes(endpointFile));
      String bootstrap = node.path("bootstrap").asText("");
      return bootstrap.isEmpty() ? Optional.empty() : Optional.of(bootstrap);
    } catch (IOException e) {
      return Optional.empty(); // being replaced; looked for again in a second
    }
  }
}
