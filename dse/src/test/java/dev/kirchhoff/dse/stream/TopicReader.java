package dev.kirchhoff.dse.stream;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventMessage;
import dev.kirchhoff.arch.event.EventOrder;
import dev.kirchhoff.arch.event.EventTopic;
import dev.kirchhoff.arch.event.RunEvent;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A plain consumer that reads every topic to its present end and folds one run. */
final class TopicReader {
  final BitSet indices = new BitSet();
  final TreeSet<String> front = new TreeSet<>();
  final Map<String, EventOrder> frontOrder = new HashMap<>();
  String state = "";
  long records;
  long tombstones;
  long beats;

  static TopicReader read(Endpoint broker, String runId) throws Exception {
    Properties properties = new Properties();
    properties.putAll(broker.target().client());
    properties.put("fetch.max.bytes", 32 << 20);
    properties.put("max.partition.fetch.bytes", 16 << 20);
    TopicReader reader = new TopicReader();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(EventTopic.values()).stream()
              .map(topic -> new TopicPartition(topic.topicName(), 0))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          reader.fold(record, runId);
        }
      }
    }
    return reader;
  }

  private void fold(ConsumerRecord<String, byte[]> record, String runId) throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), EventMessage.text(header.value()));
    }
    EventEnvelope envelope = EventMessage.read(headers, record.key(), record.value());
    if (!envelope.runId().equals(runId)) {
      return;
    }
    records++;
    if (envelope.event() instanceof RunEvent.Evaluations evaluations) {
      indices.set((int) evaluations.first(), (int) evaluations.first() + evaluations.count());
    } else if (envelope.event() instanceof RunEvent.Front change) {
      tombstones += record.value() == null ? 1 : 0;
      EventOrder order = envelope.order().orElseThrow();
      EventOrder before = frontOrder.get(change.design());
      if (before == null || !before.isAfter(order)) {
        frontOrder.put(change.design(), order);
        if (change.change().equals("left")) {
          front.remove(change.design());
        } else {
          front.add(change.design());
        }
      }
    } else if (envelope.event() instanceof RunEvent.Run run) {
      state = run.state();
    } else if (envelope.event() instanceof RunEvent.Progress) {
      beats++;
    }
  }
}
