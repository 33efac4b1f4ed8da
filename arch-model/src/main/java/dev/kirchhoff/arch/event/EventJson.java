package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * The JSON form of events: CloudEvents 1.0, structured mode, one event a line in the log; in Kafka the same {@code data}
 * bytes as value and the attributes as headers. Numbers are written as the shortest text that reads back to the same
 * double.
 *
 * <pre>{@code
 * String line = EventJson.line(new EventEnvelope(RunEvent.Front.TYPE, "R", 2, time, front));
 * EventEnvelope same = EventJson.parse(line);
 * }</pre>
 */
public final class EventJson {
  private static final Map<String, Class<? extends RunEvent>> TYPES =
      Map.of(
          RunEvent.Run.TYPE, RunEvent.Run.class,
          RunEvent.Evaluations.TYPE, RunEvent.Evaluations.class,
          RunEvent.Front.TYPE, RunEvent.Front.class,
          RunEvent.Round.TYPE, RunEvent.Round.class,
          RunEvent.DesignAccount.TYPE, RunEvent.DesignAccount.class,
          RunEvent.Command.TYPE, RunEvent.Command.class,
          RunEvent.Ack.TYPE, RunEvent.Ack.class,
          RunEvent.Progress.TYPE, RunEvent.Progress.class);

  private static final String SOURCE_PREFIX = "/runs/";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                  .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                  .build())
          .build();

  private EventJson() {}

  /** The mapper for events, so that data and envelope are written alike. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The type attribute of an event. */
  public static String typeOf(RunEvent event) {
    for (Map.Entry<String, Class<? extends RunEvent>> entry : TYPES.entrySet()) {
      if (entry.getValue() == event.getClass()) {
        return entry.getKey();
      }
    }
    throw new IllegalArgumentException("Event class (" + event.getClass() + ") has no type.");
  }

  /** An event as one line without its line end. */
  public static String line(EventEnvelope envelope) {
    ObjectNode node = MAPPER.createObjectNode();
    node.put("specversion", "1.0");
    node.put("type", envelope.type());
    node.put("source", SOURCE_PREFIX + envelope.runId());
    if (envelope.seq() >= 0) {
      node.put("id", Long.toString(envelope.seq()));
      node.put("seq", envelope.seq());
    } else {
      node.put("id", envelope.type() + "-" + envelope.time());
    }
    node.put("time", envelope.time());
    node.put("datacontenttype", "application/json");
    node.set("data", MAPPER.valueToTree(envelope.event()));
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An event could not be written as JSON.", e);
    }
  }

  /**
   * Reads one line.
   *
   * @throws EventFormatException if the line is not an event of a known type; the message says why
   */
  public static EventEnvelope parse(String line) throws EventFormatException {
    JsonNode node;
    try {
      node = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new EventFormatException("not JSON: " + e.getOriginalMessage(), e);
    }
    if (node == null || !node.isObject()) {
      throw new EventFormatException("not a JSON object", null);
    }
    String source = node.path("source").asText("");
    if (!source.startsWith(SOURCE_PREFIX)) {
      throw new EventFormatException("source '" + source + "' does not name a run", null);
    }
    String type = node.path("type").asText("");
    long seq = node.path("seq").asLong(-1);
    RunEvent event = data(type, node.path("data"));
    return new EventEnvelope(
        type, source.substring(SOURCE_PREFIX.length()), seq, node.path("time").asText(""), event);
  }

  /**
   * Reads the data of an event.
   *
   * @throws EventFormatException if the type is unknown or the data do not fit it
   */
  public static RunEvent data(String type, JsonNode data) throws EventFormatException {
    Class<? extends RunEvent> target = TYPES.get(type);
    if (target == null) {
      throw new EventFormatException("unknown event type '" + type + "'", null);
    }
    if (!data.isObject()) {
      throw new EventFormatException("event of type '" + type + "' has no data", null);
    }
    try {
      return MAPPER.treeToValue(data, target);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new EventFormatException("data do not fit type '" + type + "': " + e.getMessage(), e);
    }
  }
}
