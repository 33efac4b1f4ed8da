package dev.kirchhoff.dashboards.feed;

import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventMessage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Events as they travel through Kafka: CloudEvents in binary mode, attributes as {@code ce_}
 * headers and the data as value. A record of the front without a value is a member that left; its
 * design is the part of the key behind the run.
 */
final class KafkaEvents {
  private KafkaEvents() {}

  /**
   * Reads a record.
   *
   * @throws EventFormatException if it is not an event of a known type, or its run id could not be
   *     a directory's name
   */
  static EventEnvelope read(ConsumerRecord<byte[], byte[]> record) throws EventFormatException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), EventMessage.text(header.value()));
    }
    String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
    EventEnvelope envelope = EventMessage.read(headers, key, record.value());
    if (!FileFeed.RUN_ID.matcher(envelope.runId()).matches()) {
      throw new EventFormatException("'" + envelope.runId() + "' is not a run id", null);
    }
    return envelope;
  }
}
