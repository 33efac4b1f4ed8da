package dev.kirchhoff.arch.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * One design of a line of evaluations: its knobs, objective values and metrics, found by counting
 * commas in columns of up to a thousand entries that are not parsed. Reading the whole line takes
 * thirty times as long. The line is JSON as {@link EventJson} writes it, without spaces.
 */
public final class EvaluationRow {
  private static final int GROUP_CHARS = 4;
  private static final int GROUP_BYTES = 3;

  private final byte[] bytes;
  private final int row;
  private int at;

  private EvaluationRow(byte[] bytes, int start, int row) {
    this.bytes = bytes;
    this.at = start;
    this.row = row;
  }

  /**
   * The evaluations of one design: one row, without violations, slacks and parts.
   *
   * @param line a line of evaluations
   * @param index index of the design in the run; must be among those of the line
   * @throws EventFormatException if the line has no such row
   */
  public static RunEvent.Evaluations of(RawEvent line, long index) throws EventFormatException {
    try {
      long first = Long.parseLong(line.value("first"));
      int row = Math.toIntExact(index - first);
      return new EvaluationRow(line.line(), line.dataStart(), row).read(index);
    } catch (ArithmeticException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new EventFormatException("evaluations without a row of design " + index, e);
    }
  }

  private RunEvent.Evaluations read(long index) throws EventFormatException {
    int[][] knobs = new int[0][];
    Double[][] values = new Double[0][];
    float[][] metrics = new float[0][];
    int round = 0;
    int island = 0;
    expect('{');
    // What follows the metrics is half of the line.
    while (bytes[at] != '}' && metrics.length == 0) {
      String name = name();
      switch (name) {
        case "round" -> round = Integer.parseInt(scalar());
        case "island" -> island = Integer.parseInt(scalar());
        case "knobs" ->
            knobs =
                columns().stream()
                    .map(text -> new int[] {Integer.parseInt(text)})
                    .toArray(int[][]::new);
        case "values" ->
            values =
                columns().stream()
                    .map(text -> new Double[] {text.equals("null") ? null : Double.valueOf(text)})
                    .toArray(Double[][]::new);
        case "metrics" -> metrics = figures();
        default -> skip();
      }
      if (bytes[at] == ',') {
        at++;
      }
    }
    return new RunEvent.Evaluations(
        index,
        1,
        round,
        island,
        knobs,
        values,
        new double[0][],
        new RunEvent.Figures(metrics, new float[0][], new float[0][]));
  }

  private void expect(char sign) throws EventFormatException {
    if (bytes[at] != sign) {
      throw new EventFormatException("evaluations have " + (char) bytes[at] + " for " + sign, null);
    }
    at++;
  }

  private String name() throws EventFormatException {
    int start = at + 1;
    skipText();
    String name = text(start, at - 1);
    expect(':');
    return name;
  }

  private String scalar() {
    int start = at;
    while (bytes[at] != ',' && bytes[at] != '}') {
      at++;
    }
    return text(start, at);
  }

  /** The row's entry of each column. */
  private List<String> columns() throws EventFormatException {
    List<String> entries = new ArrayList<>();
    expect('[');
    while (bytes[at] != ']') {
      expect('[');
      int start = entry(row);
      entries.add(text(start, at));
      skipToEnd();
      if (bytes[at] == ',') {
        at++;
      }
    }
    at++;
    return entries;
  }

  /** Goes to the end of an entry of a column of scalars; its start. */
  private int entry(int wanted) throws EventFormatException {
    int entry = 0;
    int start = at;
    int i = at;
    while (true) {
      byte next = bytes[i];
      if (next == ',' || next == ']') {
        if (entry == wanted) {
          at = i;
          return start;
        }
        if (next == ']') {
          throw new EventFormatException("a column has " + (entry + 1) + " entries only", null);
        }
        entry++;
        start = i + 1;
      }
      i++;
    }
  }

  /** Goes behind the end of a column of scalars. */
  private void skipToEnd() {
    int i = at;
    while (bytes[i] != ']') {
      i++;
    }
    at = i + 1;
  }

  private float[][] figures() throws EventFormatException {
    List<float[]> columns = new ArrayList<>();
    expect('[');
    while (bytes[at] != ']') {
      if (bytes[at] == '"') {
        int start = at + 1;
        skipText();
        columns.add(new float[] {figure(start, at - 1)});
      } else {
        columns.add(new float[0]);
        skip();
      }
      if (bytes[at] == ',') {
        at++;
      }
    }
    at++;
    return columns.toArray(float[][]::new);
  }

  /** Figure of the row in a column in base 64. */
  private float figure(int start, int end) {
    int before = Float.BYTES * row / GROUP_BYTES;
    int skipped = Float.BYTES * row - GROUP_BYTES * before;
    int from = start + GROUP_CHARS * before;
    int to = Math.min(end, from + 2 * GROUP_CHARS);
    byte[] decoded = Base64.getDecoder().decode(Arrays.copyOfRange(bytes, from, to));
    return ByteBuffer.wrap(decoded).order(ByteOrder.LITTLE_ENDIAN).getFloat(skipped);
  }

  private void skipText() throws EventFormatException {
    expect('"');
    int i = at;
    while (bytes[i] != '"') {
      i += bytes[i] == '\\' ? 2 : 1;
    }
    at = i + 1;
  }

  /** Goes behind a value. */
  private void skip() throws EventFormatException {
    int depth = 0;
    int i = at;
    while (true) {
      byte next = bytes[i];
      if (depth == 0 && (next == ',' || next == ']' || next == '}')) {
        at = i;
        return;
      }
      if (next == '"') {
        at = i;
        skipText();
        i = at;
        continue;
      }
      if (next == '[' || next == '{') {
        depth++;
      } else if (next == ']' || next == '}') {
        depth--;
      }
      i++;
    }
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.US_ASCII);
  }
}
