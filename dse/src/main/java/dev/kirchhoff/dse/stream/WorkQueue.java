package dev.kirchhoff.dse.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Producer of distributed work: writes work units to their topic and reads results from theirs, all
 * that are written after it was opened. {@link #send} may be called from any thread, {@link #poll}
 * and {@link #close} from one.
 */
public final class WorkQueue implements AutoCloseable {
  private static final TopicPartition RESULTS = new TopicPartition(WorkTopics.RESULT, 0);

  private final String address;
  private final Producer<String, byte[]> producer;
  private final Consumer<String, byte[]> consumer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  private WorkQueue(
      String address, Producer<String, byte[]> producer, Consumer<String, byte[]> consumer) {
    this.address = address;
    this.producer = producer;
    this.consumer = consumer;
  }

  /**
   * Connects; the topics are created where they are missing.
   *
   * @param target the cluster
   * @param group name of the workers that are to take the work
   * @throws dev.kirchhoff.dse.run.DataProblemException if the cluster cannot be used
   */
  public static WorkQueue open(KafkaTarget.External target, String group)
      throws InterruptedException {
    try {
      WorkTopics.prepare(target, group);
      Map<String, Object> map = WorkTopics.client(target);
      map.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
      map.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
      map.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MAX_RECORD_BYTES);
      Consumer<String, byte[]> consumer =
          new KafkaConsumer<>(map, new StringDeserializer(), new ByteArrayDeserializer());
      consumer.assign(List.of(RESULTS));
      consumer.seekToEnd(List.of(RESULTS));
      // The end is asked for now, not at the first poll: work may be done before that.
      consumer.position(RESULTS);
      return new WorkQueue(target.bootstrap(), WorkTopics.producer(target), consumer);
    } catch (Cluster.Unreachable | KafkaException e) {
      throw WorkProblemException.atStart(target.bootstrap(), e);
    }
  }

  /**
   * Hands a piece of work out.
   *
   * @throws WorkProblemException if the cluster has refused an earlier one
   */
  public void send(WorkMessage work) {
    requireHealthy();
    producer.send(
        WorkTopics.toRecord(WorkTopics.WORK, work),
        (metadata, problem) -> {
          if (problem != null) {
            failure.compareAndSet(null, problem);
          }
        });
  }

  private void requireHealthy() {
    Optional<Exception> problem = Optional.ofNullable(failure.get());
    if (problem.isPresent()) {
      throw WorkProblemException.of(address, problem.get());
    }
  }

  /**
   * Results and reports that have come.
   *
   * @param patience how long to wait for the first
   * @throws WorkProblemException if the cluster refuses
   */
  public List<WorkMessage> poll(Duration patience) {
    requireHealthy();
    List<WorkMessage> messages = new ArrayList<>();
    try {
      consumer.poll(patience).forEach(found -> messages.add(WorkTopics.toMessage(found)));
    } catch (KafkaException e) {
      throw WorkProblemException.of(address, e);
    }
    return messages;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(1));
    consumer.close();
  }
}
