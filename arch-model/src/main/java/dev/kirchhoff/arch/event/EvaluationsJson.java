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
 * base 64. A search tries neighbours, so that most columns hardly change within an event: a design
 * of 42 knobs and two objectives takes some 40 bytes, a tenth of its decimals.
 */
final class EvaluationsJson {

  /**
   * Level of compression (chosen: of a search's columns level 1 leaves 12 % more bytes, level 6
   * takes 3 % off in three times the time).
   */
  private static final int LEVEL = 3;

  /** Designs of an event at most, as its schema says. */
  private static final int MOST_DESIGNS = 1_024;

  /** Columns of a block at most (chosen: networks of 500 layers, each with knobs of its own). */
  private static final int MOST_COLUMNS = 2_048;

  private EvaluationsJson() {}

  static void write(JsonGenerator json, RunEvent.Evaluations event) throws IOException {
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
        if (ordinal != (short) ordinal) {
          throw new IllegalArgumentException("An ordinal (" + ordinal + ") must fit 16 bits.");
        }
        knobs.putShort((short) ordinal);
      }
    }
    write(json, "knobs", knobs);
    write(json, "values", doubles(event.values(), count, true));
    write(json, "violations", doubles(event.violations(), count, false));
    write(json, "shares", floats(event.shares(), count));
    write(json, "metrics", floats(figures.metrics(), count));
    write(json, "slacks", floats(figures.slacks(), count));
    json.writeEndObject();
  }

  private static ByteBuffer buffer(int width, int columns, int count) {
    return ByteBuffer.allocate(width * columns * count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer doubles(double[][] columns, int count, boolean mayLack) {
    ByteBuffer bytes = buffer(Double.BYTES, columns.length, count);
    for (double[] column : columns) {
      for (double value : column) {
        if (Double.isInfinite(value) || Double.isNaN(value) && !mayLack) {
          throw new IllegalArgumentException(
              "A figure of an evaluation (" + value + ") must be finite.");
        }
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
    if (count < 1 || count > MOST_DESIGNS) {
      throw new JsonParseException(
          json, "evaluations of " + count + " designs, must be of 1 to " + MOST_DESIGNS);
    }
    if (!packed.containsKey("knobs") || !packed.containsKey("values")) {
      throw new JsonParseException(json, "knobs and values must both be there");
    }
    ByteBuffer block = block(json, packed, "knobs", Short.BYTES * count);
    int[][] knobs = new int[block.remaining() / (Short.BYTES * count)][count];
    for (int[] column : knobs) {
      for (int i = 0; i < count; i++) {
        column[i] = block.getShort();
        if (column[i] < -1) {
          throw new JsonParseException(json, "an ordinal of " + column[i] + ", must be -1 or more");
        }
      }
    }
    double[][] values = doubles(json, packed, "values", count);
    double[][] violations = doubles(json, packed, "violations", count);
    float[][] shares = floats(json, packed, "shares", count);
    for (double[] column : values) {
      for (double value : column) {
        if (Double.isInfinite(value)) {
          throw new JsonParseException(json, "a value is infinite");
        }
      }
    }
    for (int c = 0; c < Math.min(violations.length, shares.length); c++) {
      for (int i = 0; i < count; i++) {
        double amount = violations[c][i];
        float share = shares[c][i];
        if (!(amount >= 0 && share >= 0 && Double.isFinite(amount))
            || Float.isInfinite(share)
            || amount > 0 != share > 0) {
          throw new JsonParseException(
              json, "a violation of " + amount + ", a share of " + share + ", must be amounts");
        }
      }
    }
    if (shares.length != violations.length) {
      throw new JsonParseException(
          json, shares.length + " columns of shares, but " + violations.length + " of violations");
    }
    return new RunEvent.Evaluations(
        first,
        count,
        round,
        island,
        knobs,
        values,
        violations,
        shares,
        new RunEvent.Figures(
            floats(json, packed, "metrics", count), floats(json, packed, "slacks", count)));
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
      byte[] block = new byte[column];
      int length = 0;
      while (!inflater.finished()) {
        if (length == block.length) {
          if (length == MOST_COLUMNS * column) {
            throw new JsonParseException(
                json, name + " have more than " + MOST_COLUMNS + " columns");
          }
          block = Arrays.copyOf(block, Math.min(MOST_COLUMNS * column, 2 * length));
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
