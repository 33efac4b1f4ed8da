package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.zip.InflaterInputStream;

/** Columns of a logged evaluations event, read without any code of the program. */
public final class LoggedColumns {
  private final int count;
  private final JsonNode data;

  /** Columns of the data of an event. */
  public LoggedColumns(JsonNode data) {
    this.data = data;
    this.count = data.get("count").asInt();
  }

  /** Ordinals, a column a knob. */
  public int[][] knobs() {
    ByteBuffer block = block("knobs");
    int[][] columns = new int[block.remaining() / Short.BYTES / count][count];
    for (int[] column : columns) {
      for (int i = 0; i < count; i++) {
        column[i] = block.getShort();
      }
    }
    return columns;
  }

  /** Objectives or amounts of violations. */
  public double[][] doubles(String name) {
    ByteBuffer block = block(name);
    double[][] columns = new double[block.remaining() / Double.BYTES / count][count];
    for (double[] column : columns) {
      for (int i = 0; i < count; i++) {
        column[i] = block.getDouble();
      }
    }
    return columns;
  }

  private ByteBuffer block(String name) {
    if (!data.has(name)) {
      return ByteBuffer.allocate(0);
    }
    byte[] packed = Base64.getDecoder().decode(data.get(name).asText());
    try (InflaterInputStream bytes = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return ByteBuffer.wrap(bytes.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
