package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The columns of evaluations as JSON: the one event that there are many of. Each block of columns,
 * one column after the other, is an array of little-endian numbers, compressed (zlib, RFC 1950), in
 * base 64. A search tries neighbours, so that most columns hardly change within an event: of a
 * design with 42 knobs the ordinals take 9 bytes, two objectives 19. What is written and what is
 * read meets the same bounds.
 */
final class EvaluationsJson {

  /**
   * Level of compression (chosen: of a search's columns level 1 leaves 12 % more bytes, level 6
   * takes 3 % off in three times the time).
   */
  private static final int LEVEL = 3;

  /** Designs of an event at most, as its schema says. */
  private static final int MOST_DESIGNS = 1_024;

  /** Knobs at most (chosen: ten networks of 500 layers, with three knobs a layer). */
  private static final int MOST_KNOBS = 16_384;

  /** Columns of any other block at most (chosen). */
  private static final int MOST_COLUMNS = 1_024;

  private EvaluationsJson() {}

  static void write(JsonGenerator json, RunEvent.Evaluations event) throws IOException {
    check(event);
    int count = event.count();
    RunEvent.Figures figures = event.figures();
    json.writeStartObject();
    json.writeNumberField("first", event.first());
    json.writeNumberField("count", count);
    json.writeNumberField("round", event.round());
    json.writeNumberField("island", event.island());
    ByteBuffer knobs = buffer(Short.BYTES, event.knobs().length, count);
    for (int[] column : event.knobs()) {
      for (int ordinal : column) {
        knobs.putShort((short) ordinal);
      }
    }
    write(json, "knobs", knobs);
    write(json, "values", doubles(event.values(), count));
    write(json, "violations", doubles(event.violations(), count));
    write(json, "shares", floats(event.shares(), count));
    write(json, "metrics", floats(figures.metrics(), count));
    write(json, "slacks", floats(figures.slacks(), count));
    json.writeEndObject();
  }

  private static ByteBuffer buffer(int width, int columns, int count) {
    return ByteBuffer.allocate(width * columns * count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer doubles(double[][] columns, int count) {
    ByteBuffer bytes = buffer(Double.BYTES, columns.length, count);
    for (double[] column : columns) {
      for (double value : column) {
        bytes.putDouble(value);
      }
    }
    return bytes;
  }

  private static ByteBuffer floats(float[][] columns, int count) {
    ByteBuffer bytes = buffer(Float.BYTES, columns.length, count);
    for (float[] column : columns) {
      for (float value : column) {
        bytes.putFloat(value);
      }
    }
    return bytes;
  }

  /** Writes a block; one without columns is left out. */
  private static void write(JsonGenerator json, String name, ByteBuffer block) throws IOException {
    if (block.position() != block.capacity()) {
      throw new IllegalArgumentException("A column of " + name + " must have an entry a design.");
    }
    if (block.capacity() == 0) {
      return;
    }
    Deflater deflater = new Deflater(LEVEL);
    try {
      deflater.setInput(block.array());
      deflater.finish();
      // Blocks that do not compress grow by five bytes in each 16 kB, and by a frame.
      byte[] packed = new byte[block.capacity() + block.capacity() / 1_000 + 64];
      int length = deflater.deflate(packed);
      json.writeFieldName(name);
      json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, packed, 0, length);
    } finally {
      deflater.end();
    }
  }

  /** Reads from the object's start, which the parser is at. */
  static RunEvent.Evaluations read(JsonParser json) throws IOException {
    long first = 0;
    int count = 0;
    int round = 0;
    int island = 0;
    Map<String, byte[]> packed = new HashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "first" -> first = json.getLongValue();
        case "count" -> count = json.getIntValue();
        case "round" -> round = json.getIntValue();
        case "island" -> island = json.getIntValue();
        case "knobs", "values", "violations", "shares", "metrics", "slacks" ->
            packed.put(name, json.getBinaryValue(Base64Variants.MIME_NO_LINEFEEDS));
        default -> json.skipChildren();
      }
    }
    checkCount(count);
    if (!packed.containsKey("knobs") || !packed.containsKey("values")) {
      throw new JsonParseException(json, "knobs and values must both be there");
    }
    ByteBuffer block = block(json, packed, "knobs", Short.BYTES * count);
    int[][] knobs = new int[block.remaining() / (Short.BYTES * count)][count];
    for (int[] column : knobs) {
      for (int i = 0; i < count; i++) {
        column[i] = block.getShort();
      }
    }
    RunEvent.Evaluations event =
        new RunEvent.Evaluations(
            first,
            count,
            round,
            island,
            knobs,
            doubles(json, packed, "values", count),
            doubles(json, packed, "violations", count),
            floats(json, packed, "shares", count),
            new RunEvent.Figures(
                floats(json, packed, "metrics", count), floats(json, packed, "slacks", count)));
    if (event.shares().length != event.violations().length) {
      throw new IllegalArgumentException(
          event.shares().length
              + " columns of shares, but "
              + event.violations().length
              + " of violations");
    }
    check(event);
    return event;
  }

  private static void checkCount(int count) {
    if (count < 1 || count > MOST_DESIGNS) {
      throw new IllegalArgumentException(
          "evaluations of " + count + " designs, must be of 1 to " + MOST_DESIGNS);
    }
  }

  private static void check(RunEvent.Evaluations event) {
    checkCount(event.count());
    for (int[] column : event.knobs()) {
      for (int i = 0; i < column.length; i++) {
        if (column[i] < -1 || column[i] > Short.MAX_VALUE) {
          throw new IllegalArgumentException(
              at(event, i) + "an ordinal of " + column[i] + ", must be -1 to " + Short.MAX_VALUE);
        }
      }
    }
    for (double[] column : event.values()) {
      for (int i = 0; i < column.length; i++) {
        if (Double.isInfinite(column[i])) {
          throw new IllegalArgumentException(
              at(event, i) + "a value of " + column[i] + ", must be finite, or NaN for none");
        }
      }
    }
    double[][] violations = event.violations();
    for (int c = 0; c < Math.min(violations.length, event.shares().length); c++) {
      for (int i = 0; i < violations[c].length; i++) {
        double amount = violations[c][i];
        float share = event.shares()[c][i];
        if (!(amount >= 0 && share >= 0 && amount < Double.POSITIVE_INFINITY)
            || share == Float.POSITIVE_INFINITY
            || amount > 0 != share > 0) {
          throw new IllegalArgumentException(
              at(event, i)
                  + "a violation of "
                  + amount
                  + ", a share of "
                  + share
                  + ", must both be 0 or both be finite and more");
        }
      }
    }
  }

  private static String at(RunEvent.Evaluations event, int i) {
    return "design " + (event.first() + i) + ": ";
  }

  private static double[][] doubles(
      JsonParser json, Map<String, byte[]> packed, String name, int count) throws IOException {
    ByteBuffer block = block(json, packed, name, Double.BYTES * count);
    double[][] columns = new double[block.remaining() / (Double.BYTES * count)][count];
    for (double[] column : columns) {
      for (int i = 0; i < count; i++) {
        column[i] = block.getDouble();
      }
    }
    return columns;
  }

  private static float[][] floats(
      JsonParser json, Map<String, byte[]> packed, String name, int count) throws IOException {
    ByteBuffer block = block(json, packed, name, Float.BYTES * count);
    float[][] columns = new float[block.remaining() / (Float.BYTES * count)][count];
    for (float[] column : columns) {
      for (int i = 0; i < count; i++) {
        column[i] = block.getFloat();
      }
    }
    return columns;
  }

  /** Bytes of a block's columns, each of some bytes; none where the event has no such block. */
  private static ByteBuffer block(
      JsonParser json, Map<String, byte[]> packed, String name, int column) throws IOException {
    byte[] bytes = packed.getOrDefault(name, new byte[0]);
    if (bytes.length == 0) {
      return ByteBuffer.allocate(0);
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(bytes);
      int mostColumns = name.equals("knobs") ? MOST_KNOBS : MOST_COLUMNS;
      byte[] block = new byte[column];
      int length = 0;
      while (!inflater.finished()) {
        if (length == block.length) {
          if (length == mostColumns * column) {
            throw new JsonParseException(
                json, name + " have more than " + mostColumns + " columns");
          }
          block = Arrays.copyOf(block, Math.min(mostColumns * column, 2 * length));
        }
        int more = inflater.inflate(block, length, block.length - length);
        if (more == 0 && !inflater.finished()) {
          throw new JsonParseException(json, name + " end too early");
        }
        length += more;
      }
      if (inflater.getRemaining() > 0) {
        throw new JsonParseException(json, name + " have bytes behind their end");
      }
      if (length % column != 0) {
        throw new JsonParseException(
            json,
            name + " take " + length + " bytes, must be whole columns of " + column + " bytes");
      }
      return ByteBuffer.wrap(block, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    } catch (DataFormatException e) {
      throw new JsonParseException(json, name + " are not zlib data: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
