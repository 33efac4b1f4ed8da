package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * An event whose attributes are read and whose data are still the bytes of its line: what is needed
 * to pass it on unchanged. Scanning checks that the whole line is JSON, whatever the order of its
 * fields.
 */
public final class RawEvent {
  private static final JsonFactory JSON = new JsonFactory();

  private final String type;
  private final String runId;
  private final int era;
  private final OptionalLong seq;
  private final String time;
  private final String prev;
  private final int check;
  private final byte[] line;
  private final Span data;

  /**
   * Bytes of the data in those of the line.
   *
   * @param start offset of the first
   * @param length number of them; 0 of an event without data, since data are at least {@code {}}
   */
  private record Span(int start, int length) {}

  private RawEvent(Attributes attributes, int check, byte[] line, Span data)
      throws EventFormatException {
    if (!attributes.source.startsWith(EventEnvelope.SOURCE_PREFIX)) {
      throw new EventFormatException(
          "source '" + attributes.source + "' does not name a run", null);
    }
    this.type = attributes.type;
    this.runId = attributes.source.substring(EventEnvelope.SOURCE_PREFIX.length());
    this.era = attributes.era;
    this.seq = attributes.seq;
    this.time = attributes.time;
    this.prev = attributes.prev;
    this.check = check;
    this.line = line;
    this.data = data;
  }

  /** Attributes as far as they are read. */
  private static final class Attributes {
    String type = "";
    String source = "";
    String time = "";
    String prev = "";
    int era;
    OptionalLong seq = OptionalLong.empty();

    /** Takes the attribute that the parser stands at. */
    void take(String name, JsonParser json) throws IOException, EventFormatException {
      switch (name) {
        case "type" -> type = json.getText();
        case "source" -> source = json.getText();
        case "time" -> time = json.getText();
        case "prev" -> prev = json.getText();
        case "era" -> era = (int) count(name, json, Integer.MAX_VALUE);
        case "seq" -> seq = OptionalLong.of(count(name, json, Long.MAX_VALUE));
        default -> json.skipChildren();
      }
    }

    private static long count(String name, JsonParser json, long most)
        throws IOException, EventFormatException {
      boolean isWhole = json.currentToken() == JsonToken.VALUE_NUMBER_INT;
      if (!isWhole || json.getLongValue() < 0 || json.getLongValue() > most) {
        throw new EventFormatException(name + " is not a count", null);
      }
      return json.getLongValue();
    }
  }

  /**
   * Reads the attributes of one line. The bytes are kept, not copied.
   *
   * @throws EventFormatException if the line is not JSON, not an object, or does not name a run
   */
  public static RawEvent scan(byte[] bytes, int offset, int length) throws EventFormatException {
    Attributes attributes = new Attributes();
    Span data = new Span(offset, 0);
    try (JsonParser json = JSON.createParser(bytes, offset, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new EventFormatException("not a JSON object", null);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (name.equals("data")) {
          int start = (int) json.currentTokenLocation().getByteOffset();
          json.skipChildren();
          if (token == JsonToken.START_OBJECT) {
            int end = (int) json.currentTokenLocation().getByteOffset() + 1;
            data = new Span(offset + start, end - start);
          }
        } else {
          attributes.take(name, json);
        }
      }
      if (json.nextToken() != null) {
        throw new EventFormatException("more than one JSON value", null);
      }
    } catch (IOException e) {
      throw new EventFormatException("not JSON: " + firstLine(e), e);
    }
    return new RawEvent(attributes, 0, bytes, data);
  }

  /**
   * Reads the attributes of a line whose digest proved it to be as it was written: attributes, then
   * the data, then the digest. The data are not looked into.
   *
   * @param covered bytes that the digest covers
   * @param check its digest
   */
  static RawEvent scanChecked(byte[] bytes, int offset, int covered, int check)
      throws EventFormatException {
    Attributes attributes = new Attributes();
    try (JsonParser json = JSON.createParser(bytes, offset, covered)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new EventFormatException("not a JSON object", null);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        if (name.equals("data") && token == JsonToken.START_OBJECT) {
          int start = (int) json.currentTokenLocation().getByteOffset();
          Span data = new Span(offset + start, covered - start);
          return new RawEvent(attributes, check, bytes, data);
        }
        attributes.take(name, json);
      }
    } catch (IOException e) {
      throw new EventFormatException("not JSON: " + firstLine(e), e);
    }
    throw new EventFormatException("the event has no data", null);
  }

  private static String firstLine(IOException e) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** Event type. */
  public String type() {
    return type;
  }

  /** Run it belongs to. */
  public String runId() {
    return runId;
  }

  /** Era of the run; 0 before its first continuation. */
  public int era() {
    return era;
  }

  /** Number in the run; empty for an event that is not durable. */
  public OptionalLong seq() {
    return seq;
  }

  /** Digest of the line before, as written; empty if the line has none. */
  String prev() {
    return prev;
  }

  /** Digest of the line; 0 if it was not checked. */
  int check() {
    return check;
  }

  /** Instant in UTC, as written. */
  public String time() {
    return time;
  }

  /** True if there are data. */
  public boolean hasData() {
    return data.length > 0;
  }

  /** A copy of the bytes of the data, exactly as they stand in the line. */
  public byte[] data() {
    return Arrays.copyOfRange(line, data.start, data.start + data.length);
  }

  /**
   * Text of a value of the data, read up to there: {@code design}, or {@code first}.
   *
   * @param name its name
   * @throws EventFormatException if the data have none of that name, or it is no text and no number
   */
  public String value(String name) throws EventFormatException {
    try (JsonParser json = JSON.createParser(line, data.start, data.length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isSought = json.currentName().equals(name);
        boolean isScalar = json.nextToken().isScalarValue();
        if (isSought && isScalar && json.currentToken() != JsonToken.VALUE_NULL) {
          return json.getText();
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      throw new EventFormatException("data are not JSON: " + firstLine(e), e);
    }
    throw new EventFormatException("event of type '" + type + "' has no " + name, null);
  }

  /** Bytes that hold the line; they are not copied. */
  byte[] line() {
    return line;
  }

  /** Offset of the data in the bytes that hold the line. */
  int dataStart() {
    return data.start;
  }

  /** Number of bytes of the data. */
  int dataLength() {
    return data.length;
  }
}
