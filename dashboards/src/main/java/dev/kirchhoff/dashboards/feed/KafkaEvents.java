package dev.kirchhoff.dashboards.feed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventEnvelope;
import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.EventJson;
import dev.kirchhoff.arch.event.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Events as they travel through Kafka: CloudEvents in binary mode, attributes as {@code ce_} headers and the data as value.
 * A record of the front without a value is a member that left; its design is the part of the key behind the run.
 */
final class KafkaEvents {
  private static final String SOURCE_PREFIX = "/runs/";

  private KafkaEvents() {}

  /**
   * Reads a record.
   *
   * @throws EventFormatException if it is not an event of a known type
   */
  static EventEnvelope read(ConsumerRecord<byte[], byte[]> record) throws EventFormatException {
    String type = header(record, "ce_type");
    String source = header(record, "ce_source");
    if (!source.startsWith(SOURCE_PREFIX)) {
      throw new EventFormatException("source '" + source + "' does not name a run", null);
    }
    String runId = source.substring(SOURCE_PREFIX.length());
    if (!FileFeed.RUN_ID.matcher(runId).matches()) {
      throw new EventFormatException("'" + runId + "' is not a run id", null);
    }
    long seq = number(header(record, "ce_seq"));
    String time = header(record, "ce_time");
    if (record.value() == null) {
      return new EventEnvelope(type, runId, seq, time, left(record, runId, type));
    }
    JsonNode data;
    try {
      data = EventJson.mapper().readTree(record.value());
    } catch (IOException e) {
      throw new EventFormatException("not JSON: " + e.getMessage(), e);
    }
    return new EventEnvelope(type, runId, seq, time, EventJson.data(type, data));
  }

  private static RunEvent left(ConsumerRecord<byte[], byte[]> record, String runId, String type)
      throws EventFormatException {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!type.equals(RunEvent.Front.TYPE) || !key.startsWith(runId + "/")) {
      throw new EventFormatException("a record without a value that is no change of a front", null);
    }
    return new RunEvent.Front(key.substring(runId.length() + 1), -1, "left", List.of());
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static long number(String text) throws EventFormatException {
    if (text.isEmpty()) {
      return -1;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new EventFormatException("seq '" + text + "' is not a number", e);
    }
  }
}
