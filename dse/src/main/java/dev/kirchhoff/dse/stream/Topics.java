package dev.kirchhoff.dse.stream;

import dev.kirchhoff.arch.event.EventTopic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics of events and of members of fronts, and how long each keeps them. All have one
 * partition, so that a run's events of one topic stay in order and a reader needs no group.
 */
public final class Topics {
  /**
   * Largest record of our own broker: details of large networks go beyond Kafka's default of 1 MiB.
   */
  static final int MAX_RECORD_BYTES = 8 << 20;

  private static final long MAX_EVALUATION_BYTES = 8L << 30;
  private static final Optional<Short> DEFAULT_REPLICATION = Optional.empty();

  private Topics() {}

  /** Every topic with its configuration. */
  static List<NewTopic> all() {
    List<NewTopic> topics = new ArrayList<>();
    for (EventTopic topic : EventTopic.values()) {
      topics.add(
          new NewTopic(topic.topicName(), Optional.of(1), DEFAULT_REPLICATION)
              .configs(configuration(topic)));
    }
    topics.add(
        new NewTopic(MemberTopic.NAME, Optional.of(1), DEFAULT_REPLICATION)
            .configs(configuration(EventTopic.FRONT)));
    return topics;
  }

  private static Map<String, String> configuration(EventTopic topic) {
    Map<String, String> configuration = new HashMap<>();
    configuration.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_RECORD_BYTES));
    switch (topic) {
      case RUN, FRONT, DESIGN -> {
        configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        configuration.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(TimeUnit.DAYS.toMillis(1)));
      }
      case EVALUATION -> {
        keep(configuration, TimeUnit.DAYS.toMillis(7), TimeUnit.DAYS.toMillis(1));
        configuration.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(MAX_EVALUATION_BYTES));
      }
      case COMMAND, ACK ->
          keep(configuration, TimeUnit.DAYS.toMillis(7), TimeUnit.DAYS.toMillis(1));
      case PROGRESS ->
          keep(configuration, TimeUnit.HOURS.toMillis(1), TimeUnit.MINUTES.toMillis(10));
    }
    return configuration;
  }

  private static void keep(Map<String, String> configuration, long retention_ms, long segment_ms) {
    configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    configuration.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention_ms));
    configuration.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(segment_ms));
  }

  /**
   * Creates the topics that are not there; those that are stay as they are.
   *
   * @param admin connection
   * @param patience_ms how long to wait
   * @throws ExecutionException if the cluster refuses
   * @throws TimeoutException if it does not answer
   * @throws InterruptedException if interrupted
   */
  static void create(Admin admin, long patience_ms)
      throws ExecutionException, TimeoutException, InterruptedException {
    for (KafkaFuture<Void> created : admin.createTopics(all()).values().values()) {
      try {
        created.get(patience_ms, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) {
          throw e;
        }
      }
    }
  }
}
