package dev.kirchhoff.arch.event;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of evaluations as JSON, straight between arrays and tokens: the one event that there
 * are many of. Everything else goes through data binding. Figures that are annotations are 32-bit
 * numbers, little-endian, in base 64: 5.3 bytes a figure and no parsing of decimals, where the
 * shortest text takes ten.
 */
final class EvaluationsJson {
  private static final SerializedString FIRST = new SerializedString("first");
  private static final SerializedString COUNT = new SerializedString("count");
  private static final SerializedString ROUND = new SerializedString("round");
  private static final SerializedString ISLAND = new SerializedString("island");
  private static final SerializedString KNOBS = new SerializedString("knobs");
  private static final SerializedString VALUES = new SerializedString("values");
  private static final SerializedString VIOLATIONS = new SerializedString("violations");

  private static final SerializedString METRICS = new SerializedString("metrics");
  private static final SerializedString SLACKS = new SerializedString("slacks");
  private static final SerializedString PARTS = new SerializedString("parts");

  private EvaluationsJson() {}

  static void write(JsonGenerator json, RunEvent.Evaluations event) throws IOException {
    json.writeStartObject();
    json.writeFieldName(FIRST);
    json.writeNumber(event.first());
    json.writeFieldName(COUNT);
    json.writeNumber(event.count());
    json.writeFieldName(ROUND);
    json.writeNumber(event.round());
    json.writeFieldName(ISLAND);
    json.writeNumber(event.island());
    json.writeFieldName(KNOBS);
    json.writeStartArray();
    for (int[] column : event.knobs()) {
      json.writeArray(column, 0, column.length);
    }
    json.writeEndArray();
    json.writeFieldName(VALUES);
    json.writeStartArray();
    for (Double[] column : event.values()) {
      json.writeStartArray();
      for (Double value : column) {
        if (value == null) {
          json.writeNull();
        } else {
          json.writeNumber(finite(value, "value"));
        }
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeFieldName(VIOLATIONS);
    json.writeStartArray();
    for (double[] column : event.violations()) {
      json.writeStartArray();
      for (double amount : column) {
        if (amount == 0) {
          json.writeNumber(0);
        } else {
          json.writeNumber(finite(amount, "violation"));
        }
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    writeFigures(json, METRICS, event.figures().metrics(), event.count());
    writeFigures(json, SLACKS, event.figures().slacks(), event.count());
    writeFigures(json, PARTS, event.figures().parts(), event.count());
    json.writeEndObject();
  }

  private static void writeFigures(
      JsonGenerator json, SerializedString name, float[][] columns, int count) throws IOException {
    if (columns.length == 0) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    json.writeFieldName(name);
    json.writeStartArray();
    for (float[] column : columns) {
      if (column.length == 0) {
        json.writeNull();
      } else {
        bytes.asFloatBuffer().put(column);
        json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, bytes.array(), 0, bytes.capacity());
      }
    }
    json.writeEndArray();
  }

  private static double finite(double value, String what) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "A "
              + what
              + " of an evaluation ("
              + value
              + ") must be finite.\n"
              + "Maybe a design that has no such value should carry null.");
    }
    return value;
  }

  /** Reads from the object's start, which the parser is at. */
  static RunEvent.Evaluations read(JsonParser json) throws IOException {
    long first = 0;
    int count = 0;
    int round = 0;
    int island = 0;
    int[][] knobs = null;
    Double[][] values = null;
    double[][] violations = null;
    float[][] metrics = new float[0][];
    float[][] slacks = new float[0][];
    float[][] parts = new float[0][];
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "first" -> first = json.getLongValue();
        case "count" -> count = json.getIntValue();
        case "round" -> round = json.getIntValue();
        case "island" -> island = json.getIntValue();
        case "knobs" -> knobs = readKnobs(json, count);
        case "values" -> values = readValues(json, count);
        case "violations" -> violations = readViolations(json, count);
        case "metrics" -> metrics = readFigures(json);
        case "slacks" -> slacks = readFigures(json);
        case "parts" -> parts = readFigures(json);
        default -> json.skipChildren();
      }
    }
    if (knobs == null || values == null || violations == null) {
      throw new JsonParseException(json, "knobs, values and violations must all be there");
    }
    for (int[] column : knobs) {
      checkLength(json, column.length, count, "knobs");
    }
    for (Double[] column : values) {
      checkLength(json, column.length, count, "values");
    }
    for (double[] column : violations) {
      checkLength(json, column.length, count, "violations");
    }
    RunEvent.Figures figures = new RunEvent.Figures(metrics, slacks, parts);
    for (float[] column : figures.all()) {
      if (column.length > 0) {
        checkLength(json, column.length, count, "figures");
      }
    }
    return new RunEvent.Evaluations(
        first, count, round, island, knobs, values, violations, figures);
  }

  private static void checkLength(JsonParser json, int length, int count, String what)
      throws IOException {
    if (length != count) {
      throw new JsonParseException(
          json, "a column of " + what + " has " + length + " entries, must have " + count);
    }
  }

  private static int[][] readKnobs(JsonParser json, int hint) throws IOException {
    List<int[]> columns = new ArrayList<>();
    openColumns(json);
    while (nextColumn(json)) {
      int[] column = new int[capacity(hint)];
      int length = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (length == column.length) {
          column = Arrays.copyOf(column, 2 * length);
        }
        column[length++] = json.getIntValue();
      }
      columns.add(length == column.length ? column : Arrays.copyOf(column, length));
    }
    return columns.toArray(new int[0][]);
  }

  private static Double[][] readValues(JsonParser json, int hint) throws IOException {
    List<Double[]> columns = new ArrayList<>();
    openColumns(json);
    while (nextColumn(json)) {
      Double[] column = new Double[capacity(hint)];
      int length = 0;
      JsonToken token;
      while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
        if (length == column.length) {
          column = Arrays.copyOf(column, 2 * length);
        }
        column[length++] = token == JsonToken.VALUE_NULL ? null : json.getDoubleValue();
      }
      columns.add(length == column.length ? column : Arrays.copyOf(column, length));
    }
    return columns.toArray(new Double[0][]);
  }

  private static double[][] readViolations(JsonParser json, int hint) throws IOException {
    List<double[]> columns = new ArrayList<>();
    openColumns(json);
    while (nextColumn(json)) {
      double[] column = new double[capacity(hint)];
      int length = 0;
      while (json.nextToken() != JsonToken.END_ARRAY) {
        if (length == column.length) {
          column = Arrays.copyOf(column, 2 * length);
        }
        column[length++] = json.getDoubleValue();
      }
      columns.add(length == column.length ? column : Arrays.copyOf(column, length));
    }
    return columns.toArray(new double[0][]);
  }

  private static float[][] readFigures(JsonParser json) throws IOException {
    List<float[]> columns = new ArrayList<>();
    openColumns(json);
    JsonToken token;
    while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
      if (token != JsonToken.VALUE_NULL && token != JsonToken.VALUE_STRING) {
        throw new JsonParseException(json, "a column of figures must be base 64 or null");
      }
      byte[] bytes = token == JsonToken.VALUE_NULL ? new byte[0] : json.getBinaryValue();
      if (bytes.length % Float.BYTES != 0) {
        throw new JsonParseException(
            json, "a column of figures has " + bytes.length + " bytes, must have 4 a design");
      }
      float[] column = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(column);
      columns.add(column);
    }
    return columns.toArray(new float[0][]);
  }

  /** First size of a column: what the event says it holds, unless that is absurd. */
  private static int capacity(int hint) {
    return Math.max(1, Math.min(hint, 65_536));
  }

  private static void openColumns(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new JsonParseException(json, "columns must be an array of arrays");
    }
  }

  private static boolean nextColumn(JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.START_ARRAY) {
      return true;
    }
    if (token == JsonToken.END_ARRAY) {
      return false;
    }
    throw new JsonParseException(json, "columns must be an array of arrays");
  }
}
