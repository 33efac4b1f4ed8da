package dev.kirchhoff.arch.event;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event as a Kafka record, CloudEvents binary mode: attributes as {@code ce_} headers, the data
 * as value. A design that left the front is a tombstone, a record without value, so that compaction
 * removes it; its headers hold all that a reader needs ({@code ce_era}, {@code ce_seq}, {@code
 * ce_index}), its key names the design.
 *
 * <pre>{@code
 * EventMessage message = EventMessage.of(RawEvent.scan(line, 0, line.length));
 * EventEnvelope same = EventMessage.read(message.headers(), message.key(), message.value().orElse(null));
 * }</pre>
 */
public final class EventMessage {
  private static final String PREFIX = "ce_";
  private static final String INDEX = PREFIX + "index";

  private final EventTopic topic;
  private final String key;
  private final Map<String, String> headers;
  private final byte[] value;

  private EventMessage(EventTopic topic, String key, Map<String, String> headers, byte[] value) {
    this.topic = topic;
    this.key = key;
    this.headers = headers;
    this.value = value;
  }

  /**
   * The message of an event of the log; its value is the very bytes of the line's data.
   *
   * @throws EventFormatException if no topic carries the type, or the data lack what its key is
   *     made of
   */
  public static EventMessage of(RawEvent raw) throws EventFormatException {
    EventTopic topic = topicOf(raw.type());
    EventEnvelope head =
        new EventEnvelope(raw.type(), raw.runId(), raw.era(), raw.seq(), raw.time(), null);
    Map<String, String> headers = headers(head);
    return switch (topic) {
      case FRONT -> ofFront(raw, headers);
      case DESIGN ->
          new EventMessage(topic, designKey(raw.runId(), raw.value("design")), headers, raw.data());
      case RUN, EVALUATION, COMMAND, ACK, PROGRESS ->
          new EventMessage(topic, raw.runId(), headers, raw.data());
    };
  }

  /**
   * The message of an event that is not in the log.
   *
   * @throws EventFormatException if no topic carries the type
   */
  public static EventMessage of(EventEnvelope envelope) throws EventFormatException {
    byte[] line = EventJson.bytes(envelope);
    return of(RawEvent.scan(line, 0, line.length));
  }

  private static EventMessage ofFront(RawEvent raw, Map<String, String> headers)
      throws EventFormatException {
    String key = designKey(raw.runId(), raw.value("design"));
    if (!"left".equals(raw.value("change"))) {
      return new EventMessage(EventTopic.FRONT, key, headers, raw.data());
    }
    headers.put(INDEX, raw.value("index"));
    return new EventMessage(EventTopic.FRONT, key, headers, null);
  }

  private static String designKey(String runId, String design) {
    return runId + "/" + design;
  }

  private static EventTopic topicOf(String type) throws EventFormatException {
    Optional<EventTopic> topic = EventTopic.of(type);
    if (topic.isEmpty()) {
      throw new EventFormatException("unknown event type '" + type + "'", null);
    }
    return topic.get();
  }

  private static Map<String, String> headers(EventEnvelope head) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(PREFIX + "specversion", "1.0");
    headers.put(PREFIX + "type", head.type());
    headers.put(PREFIX + "source", EventEnvelope.SOURCE_PREFIX + head.runId());
    headers.put(PREFIX + "id", head.id());
    if (head.seq().isPresent()) {
      headers.put(PREFIX + "era", Integer.toString(head.era()));
      headers.put(PREFIX + "seq", Long.toString(head.seq().getAsLong()));
    }
    headers.put(PREFIX + "time", head.time());
    headers.put("content-type", "application/json");
    return headers;
  }

  /**
   * Reads a record back.
   *
   * @param headers its headers as text
   * @param key its key, for a tombstone
   * @param value its value; null for a tombstone
   * @throws EventFormatException if it is not an event of a known type
   */
  public static EventEnvelope read(Map<String, String> headers, String key, byte[] value)
      throws EventFormatException {
    String type = headers.getOrDefault(PREFIX + "type", "");
    String source = headers.getOrDefault(PREFIX + "source", "");
    if (!source.startsWith(EventEnvelope.SOURCE_PREFIX)) {
      throw new EventFormatException("source '" + source + "' does not name a run", null);
    }
    String runId = source.substring(EventEnvelope.SOURCE_PREFIX.length());
    RunEvent event =
        value == null ? left(type, headers, key) : EventJson.data(type, value, 0, value.length);
    int era = (int) number(headers, PREFIX + "era").orElse(0);
    return new EventEnvelope(
        type,
        runId,
        era,
        number(headers, PREFIX + "seq"),
        headers.getOrDefault(PREFIX + "time", ""),
        event);
  }

  private static RunEvent left(String type, Map<String, String> headers, String key)
      throws EventFormatException {
    if (!type.equals(RunEvent.Front.TYPE) || key == null || key.indexOf('/') < 0) {
      throw new EventFormatException("event of type '" + type + "' has no data", null);
    }
    String design = key.substring(key.indexOf('/') + 1);
    OptionalLong index = number(headers, INDEX);
    if (index.isEmpty()) {
      throw new EventFormatException("design '" + design + "' left without its index", null);
    }
    return new RunEvent.Front(design, index.getAsLong(), "left", List.of());
  }

  private static OptionalLong number(Map<String, String> headers, String name)
      throws EventFormatException {
    String text = headers.get(name);
    if (text == null) {
      return OptionalLong.empty();
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw new EventFormatException("header " + name + " is not a count: '" + text + "'", null);
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  /** Text of a header's bytes. */
  public static String text(byte[] header) {
    return header == null ? "" : new String(header, StandardCharsets.UTF_8);
  }

  /** Topic it belongs to. */
  public EventTopic topic() {
    return topic;
  }

  /** Key of the record: the run, or {@code runId/designId}. */
  public String key() {
    return key;
  }

  /** Headers of the record, in order. */
  public Map<String, String> headers() {
    return new LinkedHashMap<>(headers);
  }

  /** Value of the record; empty for a tombstone. */
  public Optional<byte[]> value() {
    return Optional.ofNullable(value);
  }
}
