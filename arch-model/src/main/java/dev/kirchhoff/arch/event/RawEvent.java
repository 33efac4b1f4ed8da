package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * An event whose attributes are read and whose data are still the bytes of its line: what is needed
 * to pass it on unchanged. Scanning checks that the whole line is JSON, whatever the order of its
 * fields.
 */
public final class RawEvent {
  private static final JsonFactory JSON = new JsonFactory();

  private final String type;
  private final String runId;
  private final long seq;
  private final String time;
  private final byte[] line;
  private final int dataStart;
  private final int dataEnd;

  private RawEvent(
      String type, String runId, long seq, String time, byte[] line, int dataStart, int dataEnd) {
    this.type = type;
    this.runId = runId;
    this.seq = seq;
    this.time = time;
    this.line = line;
    this.dataStart = dataStart;
    this.dataEnd = dataEnd;
  }

  /**
   * Reads the attributes of one line. The bytes are kept, not copied.
   *
   * @throws EventFormatException if the line is not JSON, not an object, or does not name a run
   */
  public static RawEvent scan(byte[] bytes, int offset, int length) throws EventFormatException {
    String type = "";
    String source = "";
    String time = "";
    long seq = -1;
    int dataStart = -1;
    int dataEnd = -1;
    try (JsonParser json = JSON.createParser(bytes, offset, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new EventFormatException("not a JSON object", null);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken token = json.nextToken();
        switch (name) {
          case "type" -> type = json.getText();
          case "source" -> source = json.getText();
          case "time" -> time = json.getText();
          case "seq" -> seq = token == JsonToken.VALUE_NUMBER_INT ? json.getLongValue() : -1;
          case "data" -> {
            if (token == JsonToken.START_OBJECT) {
              dataStart = offset + (int) json.currentTokenLocation().getByteOffset();
              json.skipChildren();
              dataEnd = offset + (int) json.currentTokenLocation().getByteOffset() + 1;
            } else {
              json.skipChildren();
            }
          }
          default -> json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw new EventFormatException("more than one JSON value", null);
      }
    } catch (IOException e) {
      throw new EventFormatException("not JSON: " + firstLine(e), e);
    }
    if (!source.startsWith(EventEnvelope.SOURCE_PREFIX)) {
      throw new EventFormatException("source '" + source + "' does not name a run", null);
    }
    String runId = source.substring(EventEnvelope.SOURCE_PREFIX.length());
    return new RawEvent(type, runId, seq, time, bytes, dataStart, dataEnd);
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

  /** Number in the run; −1 if it has none. */
  public long seq() {
    return seq;
  }

  /** Instant in UTC, as written. */
  public String time() {
    return time;
  }

  /** True if there are data. */
  public boolean hasData() {
    return dataStart >= 0;
  }

  /** A copy of the bytes of the data, exactly as they stand in the line. */
  public byte[] data() {
    return hasData() ? Arrays.copyOfRange(line, dataStart, dataEnd) : new byte[0];
  }

  /** Bytes that hold the line; they are not copied. */
  byte[] line() {
    return line;
  }

  /** Offset of the data in the bytes that hold the line. */
  int dataStart() {
    return dataStart;
  }

  /** Number of bytes of the data. */
  int dataLength() {
    return dataEnd - dataStart;
  }
}
