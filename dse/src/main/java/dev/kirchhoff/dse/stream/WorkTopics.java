package dev.kirchhoff.dse.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topic of work, which workers share, and the topic of its results. The work topic has one
 * partition: of several, each member of a share group is assigned some, so that records of a
 * partition wait for a member that is stalled (seen with Kafka 4.4).
 */
final class WorkTopics {
  static final String WORK = "kirchhoff.work.v1";
  static final String RESULT = "kirchhoff.result.v1";

  /**
   * Time that a worker may hold a piece of work without renewing it: the least that a cluster takes
   * with its default configuration.
   */
  static final Duration LEASE = Duration.ofSeconds(15);

  /** Deliveries after which the cluster drops a record: more than a worker takes it. */
  private static final int MOST_DELIVERIES = 10;

  private static final long PATIENCE_MS = 10_000;

  private static final Optional<Short> DEFAULT_REPLICATION = Optional.empty();

  private WorkTopics() {}

  /**
   * Settings that all clients share.
   *
   * @param target the cluster
   */
  static Map<String, Object> client(KafkaTarget.External target) {
    Map<String, Object> map = new HashMap<>(target.client());
    map.put("reconnect.backoff.max.ms", 1000);
    return map;
  }

  /**
   * Creates the topics that are missing and configures the share group of a kind of worker, so that
   * its first member finds work that is older than it.
   *
   * @throws Cluster.Unreachable if the cluster does not answer, refuses, or has no share groups
   */
  static void prepare(KafkaTarget.External target, String group)
      throws Cluster.Unreachable, InterruptedException {
    Map<String, Object> settings = client(target);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE_MS);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE_MS);
    try (Admin admin = Admin.create(settings)) {
      for (NewTopic topic : List.of(work(), result())) {
        create(admin, topic);
      }
      ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
      List<AlterConfigOp> changes =
          List.of(
              set("share.auto.offset.reset", "earliest"),
              set("share.record.lock.duration.ms", Long.toString(LEASE.toMillis())),
              set("share.delivery.count.limit", Integer.toString(MOST_DELIVERIES)));
      admin
          .incrementalAlterConfigs(Map.of(resource, changes))
          .all()
          .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw unreachable(e.getCause(), e);
    } catch (TimeoutException e) {
      throw new Cluster.Unreachable("no answer within " + PATIENCE_MS / 1000 + " s", e);
    } catch (KafkaException e) {
      throw unreachable(e.getCause() == null ? e : e.getCause(), e);
    }
  }

  private static Cluster.Unreachable unreachable(Throwable cause, Exception whole) {
    String reason =
        cause instanceof UnsupportedVersionException
            ? "its Kafka is older than 4.2, whose share groups have leases that can be renewed"
            : cause instanceof org.apache.kafka.common.errors.TimeoutException
                ? "no answer within " + PATIENCE_MS / 1000 + " s"
                : String.valueOf(cause.getMessage());
    return new Cluster.Unreachable(reason, whole);
  }

  private static AlterConfigOp set(String name, String value) {
    return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
  }

  private static void create(Admin admin, NewTopic topic)
      throws ExecutionException, TimeoutException, InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private static NewTopic work() {
    return topic(WORK, TimeUnit.DAYS.toMillis(7), 1L << 30, 128 << 20);
  }

  /**
   * Results serve until their sweep has read them, which is at most some hundred records ahead of
   * it: the table or the log holds them.
   */
  private static NewTopic result() {
    return topic(RESULT, TimeUnit.DAYS.toMillis(1), 4L << 30, 256 << 20);
  }

  private static NewTopic topic(String name, long retention_ms, long retention_B, int segment_B) {
    return new NewTopic(name, Optional.of(1), DEFAULT_REPLICATION)
        .configs(
            Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(Topics.MAX_RECORD_BYTES),
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention_ms),
                TopicConfig.RETENTION_BYTES_CONFIG,
                Long.toString(retention_B),
                TopicConfig.SEGMENT_BYTES_CONFIG,
                Integer.toString(segment_B)));
  }

  /** A producer whose records leave at once: each is waited for, or is large. */
  static Producer<String, byte[]> producer(KafkaTarget.External target) {
    Map<String, Object> map = Cluster.Real.forProducer(client(target));
    map.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    map.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000);
    map.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120_000);
    return new KafkaProducer<>(map, new StringSerializer(), new ByteArraySerializer());
  }

  static ProducerRecord<String, byte[]> toRecord(String topic, WorkMessage message) {
    ProducerRecord<String, byte[]> sent =
        new ProducerRecord<>(topic, message.key(), message.value());
    message
        .headers()
        .forEach((name, text) -> sent.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    return sent;
  }

  static WorkMessage toMessage(ConsumerRecord<String, byte[]> found) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : found.headers()) {
      if (header.value() != null) {
        headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return new WorkMessage(
        found.key() == null ? "" : found.key(),
        headers,
        found.value() == null ? new byte[0] : found.value());
  }
}
