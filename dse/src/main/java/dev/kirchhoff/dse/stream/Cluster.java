package dev.kirchhoff.dse.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A Kafka cluster as a publisher sees it: an address that may change or be missing, and connections
 * to it.
 */
interface Cluster {

  /** Current address; empty while there is none. */
  Optional<String> address();

  /** Time without a connection after which the user is informed. */
  Duration grace();

  /**
   * Connects and creates the topics that are missing.
   *
   * @throws Unreachable if it does not answer or refuses; the message says why
   * @throws InterruptedException if interrupted
   */
  Connection connect(String address) throws Unreachable, InterruptedException;

  /** A consumer without a group, which connects by itself. */
  Consumer<String, byte[]> consumer(String address);

  /**
   * A connection.
   *
   * @param address address of its brokers
   * @param producer sends records
   * @param clusterId tells one cluster from another
   */
  record Connection(String address, Producer<String, byte[]> producer, String clusterId) {}

  /** No connection could be made. */
  final class Unreachable extends Exception {
    Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The cluster of a target; for the built-in one its address comes from whoever knows it. */
  static Cluster of(KafkaTarget.External target) {
    return new Real(() -> Optional.of(target), Duration.ZERO);
  }

  /** The built-in broker, which takes seconds to start. */
  static Cluster builtIn(Supplier<Optional<Endpoint>> endpoint) {
    return new Real(() -> endpoint.get().map(Endpoint::target), Duration.ofSeconds(30));
  }

  /** Kafka itself. */
  record Real(Supplier<Optional<KafkaTarget.External>> where, Duration grace) implements Cluster {
    private static final long PATIENCE_MS = 5_000;
    private static final int BUFFER_BYTES = 32 << 20;

    /** Long enough for the records of one look at the log to go out as one request. */
    private static final int LINGER_MS = 100;

    /** Several lines of evaluations, which have up to 200 kB each. */
    private static final int BATCH_BYTES = 1 << 20;

    /** Time for which the broker may hold back an answer without records; below the patience. */
    private static final int FETCH_WAIT_MS = 3_000;

    @Override
    public Optional<String> address() {
      return where.get().map(KafkaTarget.External::bootstrap);
    }

    @Override
    public Connection connect(String address) throws Unreachable, InterruptedException {
      Map<String, Object> common = common(address);
      Map<String, Object> forAdmin = new HashMap<>(common);
      forAdmin.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE_MS);
      forAdmin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE_MS);
      Admin admin = null;
      try {
        admin = Admin.create(forAdmin);
        String clusterId =
            admin.describeCluster().clusterId().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        Topics.create(admin, PATIENCE_MS);
        return new Connection(address, new KafkaProducer<>(forProducer(common)), clusterId);
      } catch (ExecutionException e) {
        throw new Unreachable(reason(e.getCause()), e);
      } catch (TimeoutException e) {
        throw new Unreachable("no answer within " + PATIENCE_MS / 1000 + " s", e);
      } catch (KafkaException e) {
        throw new Unreachable(reason(e.getCause() == null ? e : e.getCause()), e);
      } finally {
        if (admin != null) {
          admin.close(Duration.ZERO);
        }
      }
    }

    @Override
    public Consumer<String, byte[]> consumer(String address) {
      Map<String, Object> map = common(address);
      map.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
      map.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
      map.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
      map.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE_MS);
      map.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE_MS);
      map.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
      return new KafkaConsumer<>(map);
    }

    private Map<String, Object> common(String address) {
      Map<String, Object> common = new HashMap<>();
      where.get().map(KafkaTarget.External::client).ifPresent(common::putAll);
      common.put(KafkaTarget.BOOTSTRAP, address);
      common.put("reconnect.backoff.max.ms", 1000);
      // Nobody reads the metrics of these clients, here or pushed to the cluster.
      common.putIfAbsent("metric.reporters", "");
      common.putIfAbsent("enable.metrics.push", "false");
      return common;
    }

    static String reason(Throwable cause) {
      return cause instanceof org.apache.kafka.common.errors.TimeoutException
          ? "no answer within " + PATIENCE_MS / 1000 + " s"
          : String.valueOf(cause.getMessage());
    }

    static Map<String, Object> forProducer(Map<String, Object> common) {
      Map<String, Object> map = new HashMap<>(common);
      map.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
      map.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
      map.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
      map.put(ProducerConfig.ACKS_CONFIG, "all");
      map.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
      map.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
      map.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
      map.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
      map.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
      map.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
      map.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
      map.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
      return map;
    }
  }
}
