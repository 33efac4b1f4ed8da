package dev.kirchhoff.dashboards.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kirchhoff.arch.event.EventJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.TreeMap;

/** Columns of designs as a program reads them. */
record ReadColumns(JsonNode head, ByteBuffer body) {

  static ReadColumns of(byte[] bytes) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = all.getInt();
    JsonNode head = EventJson.mapper().readTree(bytes, Integer.BYTES, length);
    ByteBuffer body = all.position(Integer.BYTES + length).slice().order(ByteOrder.LITTLE_ENDIAN);
    return new ReadColumns(head, body);
  }

  int rows() {
    return head.get("rows").asInt();
  }

  /** A column of any type as doubles. */
  double[] column(String name) {
    for (JsonNode column : head.get("columns")) {
      if (column.get("name").asText().equals(name)) {
        return values(column.get("type").asText(), column.get("offset").asInt());
      }
    }
    throw new IllegalArgumentException("no column " + name + " in " + head.get("columns"));
  }

  private double[] values(String type, int offset) {
    double[] values = new double[rows()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case "int8" -> body.get(offset + i);
            case "int16" -> body.getShort(offset + Short.BYTES * i);
            case "int32" -> body.getInt(offset + Integer.BYTES * i);
            case "float32" -> body.getFloat(offset + Float.BYTES * i);
            case "float64" -> body.getDouble(offset + Double.BYTES * i);
            default -> throw new IllegalArgumentException(type);
          };
    }
    return values;
  }

  /** Objectives of each design, as text. */
  TreeMap<Integer, String> objectives(int count) {
    double[] index = column("index");
    double[][] values = new double[count][];
    for (int k = 0; k < count; k++) {
      values[k] = column("objective." + k);
    }
    TreeMap<Integer, String> designs = new TreeMap<>();
    for (int i = 0; i < rows(); i++) {
      StringBuilder text = new StringBuilder();
      for (double[] column : values) {
        text.append(Double.isNaN(column[i]) ? null : column[i]).append(' ');
      }
      designs.put((int) index[i], text.toString());
    }
    return designs;
  }
}
