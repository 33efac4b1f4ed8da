package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The JSON form of events: CloudEvents 1.0, structured mode, one event a line in the log, with
 * digests ({@link LogPosition}); in Kafka the same {@code data} bytes as value and the attributes
 * as headers ({@link EventMessage}). Numbers are written as the shortest text that reads back to
 * the same double. NaN and infinity have no JSON form and are refused: in a result they are a bug.
 *
 * <pre>{@code
 * byte[] line = EventJson.bytes(new EventEnvelope(RunEvent.Front.TYPE, "R", 2, time, front));
 * EventEnvelope same = EventJson.parse(line, 0, line.length);
 * }</pre>
 */
public final class EventJson {
  private static final Map<String, Class<? extends RunEvent>> TYPES =
      Map.of(
          RunEvent.Run.TYPE, RunEvent.Run.class,
          RunEvent.Evaluations.TYPE, RunEvent.Evaluations.class,
          RunEvent.Front.TYPE, RunEvent.Front.class,
          RunEvent.Round.TYPE, RunEvent.Round.class,
          RunEvent.DesignDetails.TYPE, RunEvent.DesignDetails.class,
          RunEvent.Command.TYPE, RunEvent.Command.class,
          RunEvent.Ack.TYPE, RunEvent.Ack.class,
          RunEvent.Progress.TYPE, RunEvent.Progress.class);

  private static final SerializedString SPECVERSION = new SerializedString("specversion");
  private static final SerializedString TYPE = new SerializedString("type");
  private static final SerializedString SOURCE = new SerializedString("source");
  private static final SerializedString ID = new SerializedString("id");
  private static final SerializedString ERA = new SerializedString("era");
  private static final SerializedString PREV = new SerializedString("prev");
  private static final SerializedString SEQ = new SerializedString("seq");
  private static final SerializedString TIME = new SerializedString("time");
  private static final SerializedString CONTENT_TYPE = new SerializedString("datacontenttype");
  private static final SerializedString DATA = new SerializedString("data");

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                  .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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

  /** An event as one line without digests and line end. */
  public static String line(EventEnvelope envelope) {
    return new String(bytes(envelope), StandardCharsets.UTF_8);
  }

  /** The bytes (UTF-8) of an event as one line without digests and line end. */
  public static byte[] bytes(EventEnvelope envelope) {
    return bytes(envelope, "");
  }

  /** The bytes of an event with the digest of the line before, where there is one. */
  static byte[] bytes(EventEnvelope envelope, String prev) {
    try (ByteArrayBuilder target = new ByteArrayBuilder(4096)) {
      try (JsonGenerator json = MAPPER.createGenerator(target)) {
        json.writeStartObject();
        write(json, SPECVERSION, "1.0");
        write(json, TYPE, envelope.type());
        write(json, SOURCE, EventEnvelope.SOURCE_PREFIX + envelope.runId());
        write(json, ID, envelope.id());
        if (envelope.seq().isPresent()) {
          json.writeFieldName(ERA);
          json.writeNumber(envelope.era());
          json.writeFieldName(SEQ);
          json.writeNumber(envelope.seq().getAsLong());
        }
        write(json, TIME, envelope.time());
        write(json, CONTENT_TYPE, "application/json");
        if (!prev.isEmpty()) {
          write(json, PREV, prev);
        }
        json.writeFieldName(DATA);
        writeData(json, envelope.event());
        json.writeEndObject();
      }
      return target.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("An event could not be written as JSON.", e);
    }
  }

  /** The bytes (UTF-8) of an event's data alone: the value of its Kafka record. */
  public static byte[] dataBytes(RunEvent event) {
    try (ByteArrayBuilder target = new ByteArrayBuilder(4096)) {
      try (JsonGenerator json = MAPPER.createGenerator(target)) {
        writeData(json, event);
      }
      return target.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("An event could not be written as JSON.", e);
    }
  }

  private static void write(JsonGenerator json, SerializedString name, String value)
      throws IOException {
    json.writeFieldName(name);
    json.writeString(value);
  }

  private static void writeData(JsonGenerator json, RunEvent event) throws IOException {
    if (event instanceof RunEvent.Evaluations) {
      EvaluationsJson.write(json, (RunEvent.Evaluations) event);
    } else {
      json.writePOJO(event);
    }
  }

  /**
   * Reads one line.
   *
   * @throws EventFormatException if the line is not an event of a known type; the message says why
   */
  public static EventEnvelope parse(String line) throws EventFormatException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /**
   * Reads one line.
   *
   * @param bytes bytes that hold the line (UTF-8)
   * @param offset where the line starts
   * @param length its bytes, without the line end
   * @throws EventFormatException if the line is not an event of a known type; the message says why
   */
  public static EventEnvelope parse(byte[] bytes, int offset, int length)
      throws EventFormatException {
    RawEvent raw = RawEvent.scan(bytes, offset, length);
    return envelope(raw);
  }

  /**
   * Event of a scanned line, with its attributes.
   *
   * @throws EventFormatException if the type is unknown or the data do not fit it
   */
  public static EventEnvelope envelope(RawEvent raw) throws EventFormatException {
    return new EventEnvelope(raw.type(), raw.runId(), raw.era(), raw.seq(), raw.time(), event(raw));
  }

  /**
   * Event of a scanned line.
   *
   * @throws EventFormatException if the type is unknown or the data do not fit it
   */
  public static RunEvent event(RawEvent raw) throws EventFormatException {
    if (!raw.hasData()) {
      throw new EventFormatException("event of type '" + raw.type() + "' has no data", null);
    }
    return data(raw.type(), raw.line(), raw.dataStart(), raw.dataLength());
  }

  /**
   * Reads the data of an event.
   *
   * @throws EventFormatException if the type is unknown or the data do not fit it
   */
  public static RunEvent data(String type, JsonNode data) throws EventFormatException {
    return data(type, () -> MAPPER.treeAsTokens(data));
  }

  /**
   * Reads the data of an event from bytes (UTF-8).
   *
   * @throws EventFormatException if the type is unknown or the data do not fit it
   */
  public static RunEvent data(String type, byte[] bytes, int offset, int length)
      throws EventFormatException {
    return data(type, () -> MAPPER.createParser(bytes, offset, length));
  }

  private interface ParserSource {
    JsonParser open() throws IOException;
  }

  private static RunEvent data(String type, ParserSource source) throws EventFormatException {
    Class<? extends RunEvent> target = classOf(type);
    try (JsonParser json = source.open()) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new EventFormatException("event of type '" + type + "' has no data", null);
      }
      return target == RunEvent.Evaluations.class
          ? EvaluationsJson.read(json)
          : MAPPER.readValue(json, target);
    } catch (IOException | IllegalArgumentException e) {
      throw new EventFormatException("data do not fit type '" + type + "': " + e.getMessage(), e);
    }
  }

  private static Class<? extends RunEvent> classOf(String type) throws EventFormatException {
    Class<? extends RunEvent> target = TYPES.get(type);
    if (target == null) {
      throw new EventFormatException("unknown event type '" + type + "'", null);
    }
    return target;
  }
}
