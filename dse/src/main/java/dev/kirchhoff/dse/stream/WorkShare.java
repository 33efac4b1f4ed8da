package dev.kirchhoff.dse.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Consumer of distributed work: a member of a share group, which holds one work unit at a time. No
 * other member is given it for the time of {@link #lease}, and as long again at each renewal; then,
 * or as soon as its process ends, another member is. For one thread.
 */
public final class WorkShare implements AutoCloseable {
  private static final Duration RENEWED_WITHIN = Duration.ofSeconds(2);

  private final String address;
  private final ShareConsumer<String, byte[]> consumer;
  private final Producer<String, byte[]> producer;
  private Optional<ConsumerRecord<String, byte[]>> held = Optional.empty();

  private WorkShare(
      String address, ShareConsumer<String, byte[]> consumer, Producer<String, byte[]> producer) {
    this.address = address;
    this.consumer = consumer;
    this.producer = producer;
  }

  /**
   * A piece of work that is held.
   *
   * @param message the work
   * @param delivery how often it has been handed out, this time included
   */
  public record Taken(WorkMessage message, int delivery) {}

  /**
   * Joins; the topics are created where they are missing.
   *
   * @param target the cluster
   * @param group name of the workers that share the work
   * @throws dev.kirchhoff.dse.run.DataProblemException if the cluster cannot be used
   */
  public static WorkShare open(KafkaTarget.External target, String group)
      throws InterruptedException {
    try {
      WorkTopics.prepare(target, group);
      Map<String, Object> map = WorkTopics.client(target);
      map.put(ConsumerConfig.GROUP_ID_CONFIG, group);
      map.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
      // The default takes all that is fetched at once, whatever the limit of records.
      map.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
      map.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
      ShareConsumer<String, byte[]> consumer =
          new KafkaShareConsumer<>(map, new StringDeserializer(), new ByteArrayDeserializer());
      consumer.subscribe(List.of(WorkTopics.WORK));
      return new WorkShare(target.bootstrap(), consumer, WorkTopics.producer(target));
    } catch (Cluster.Unreachable | KafkaException e) {
      throw WorkProblemException.atStart(target.bootstrap(), e);
    }
  }

  /** Time within which work must be renewed to stay with its holder. */
  public static Duration lease() {
    return WorkTopics.LEASE;
  }

  /**
   * Takes a piece of work.
   *
   * @param patience how long to wait for one
   * @throws IllegalStateException if one is held
   * @throws WorkProblemException if the cluster refuses
   */
  public Optional<Taken> take(Duration patience) {
    if (held.isPresent()) {
      throw new IllegalStateException("The work that is held must be given back first.");
    }
    return polled(patience)
        .map(
            found ->
                new Taken(
                    WorkTopics.toMessage(found),
                    found.deliveryCount().map(Short::intValue).orElse(1)));
  }

  private Optional<ConsumerRecord<String, byte[]>> polled(Duration patience) {
    try {
      for (ConsumerRecord<String, byte[]> found : consumer.poll(patience)) {
        held = Optional.of(found);
      }
      return held;
    } catch (KafkaException e) {
      throw WorkProblemException.of(address, e);
    }
  }

  /**
   * Holds the work for another lease.
   *
   * @return false if it is lost: another worker may have it
   */
  public boolean renew() {
    ConsumerRecord<String, byte[]> work = held.orElseThrow();
    if (!end(AcknowledgeType.RENEW)) {
      return false;
    }
    // A record that was renewed must come out of a poll again before it can be acknowledged.
    return polled(RENEWED_WITHIN).filter(found -> found.offset() == work.offset()).isPresent();
  }

  /**
   * The work is done for good, whether or not with success.
   *
   * @return false if it was lost before: another worker may do it again
   */
  public boolean done() {
    return end(AcknowledgeType.ACCEPT);
  }

  /** Gives the work back, for another worker or this one. */
  public void release() {
    if (held.isPresent()) {
      end(AcknowledgeType.RELEASE);
    }
  }

  private boolean end(AcknowledgeType how) {
    ConsumerRecord<String, byte[]> work = held.orElseThrow();
    held = Optional.empty();
    try {
      consumer.acknowledge(work, how);
      var answers = consumer.commitSync().values();
      // No answer at all: the cluster has ended the membership in the meantime.
      return !answers.isEmpty() && answers.stream().allMatch(Optional::isEmpty);
    } catch (KafkaException e) {
      // The broker is silent, or has given the work to another by now.
      return false;
    }
  }

  /**
   * Writes a result or a report.
   *
   * @return when the cluster has it
   * @throws WorkProblemException if the cluster does not take it
   */
  public void send(WorkMessage message) throws InterruptedException {
    try {
      producer.send(WorkTopics.toRecord(WorkTopics.RESULT, message)).get();
    } catch (ExecutionException e) {
      throw WorkProblemException.of(address, e.getCause());
    } catch (KafkaException e) {
      throw WorkProblemException.of(address, e);
    }
  }

  /** Writes a report that may be lost. */
  public void tell(WorkMessage message) {
    try {
      producer.send(WorkTopics.toRecord(WorkTopics.RESULT, message), (metadata, lost) -> {});
    } catch (KafkaException e) {
      // A report is for people; the work goes on.
      return;
    }
  }

  /** Leaves the group; work that is held goes to another worker. */
  @Override
  public void close() {
    release();
    consumer.close(Duration.ofSeconds(5));
    producer.close(Duration.ofSeconds(5));
  }
}
