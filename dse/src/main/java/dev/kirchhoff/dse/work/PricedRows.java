package dev.kirchhoff.dse.work;

import dev.kirchhoff.dse.explore.SweepRows;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Figures of the designs of a work unit, by columns. On the way they are bits of doubles and
 * floats, so that what is read is what was computed; a column of zeros, as most limits have, takes
 * a byte.
 */
public final class PricedRows {
  private static final byte FORMAT = 1;
  private static final byte ZEROS = 0;
  private static final byte VALUES = 1;

  private final int count;
  private final double[][] objectives;
  private final double[][] violations;
  private final double[][] relative;
  private final float[][] recorded;
  private final float[] totals;

  /**
   * Rows to be filled, each by one thread.
   *
   * @param count designs
   * @param objectives columns of objectives
   * @param constraints columns of violations, and of relative ones
   * @param recorded columns of recorded figures
   */
  PricedRows(int count, int objectives, int constraints, int recorded) {
    this.count = count;
    this.objectives = new double[count][objectives];
    this.violations = new double[count][constraints];
    this.relative = new double[count][constraints];
    this.recorded = new float[count][recorded];
    this.totals = new float[count];
  }

  /** Number of rows. */
  public int count() {
    return count;
  }

  /** Objectives of a row; NaN = no value. */
  double[] objectives(int row) {
    return objectives[row];
  }

  /** Violations of a row. */
  double[] violations(int row) {
    return violations[row];
  }

  /** Violations of a row as shares of the limits. */
  double[] relative(int row) {
    return relative[row];
  }

  /** Recorded figures of a row. */
  float[] recorded(int row) {
    return recorded[row];
  }

  /** Copies the figures of a row. */
  void copy(
      int row,
      double[] objectivesInto,
      double[] violationsInto,
      double[] relativeInto,
      float[] recordedInto) {
    System.arraycopy(objectives[row], 0, objectivesInto, 0, objectivesInto.length);
    System.arraycopy(violations[row], 0, violationsInto, 0, violationsInto.length);
    System.arraycopy(relative[row], 0, relativeInto, 0, relativeInto.length);
    System.arraycopy(recorded[row], 0, recordedInto, 0, recordedInto.length);
  }

  /**
   * The rows as those of a sweep.
   *
   * @param first index of the first
   * @param designs their designs
   */
  public SweepRows toSweepRows(long first, int[][] designs) {
    return new SweepRows(first, designs, objectives, violations, totals);
  }

  /** Sums of relative violations by row. */
  float[] totals() {
    return totals;
  }

  /** The rows as bytes. */
  byte[] toBytes() {
    int columns = width(objectives) + width(violations) + width(relative);
    int most = 17 + (columns + 1) * (1 + 8 * count) + widthOf(recorded) * (1 + 4 * count);
    ByteBuffer bytes = ByteBuffer.allocate(most);
    bytes.put(FORMAT).putInt(count);
    bytes.putInt(width(objectives)).putInt(width(violations)).putInt(widthOf(recorded));
    put(bytes, objectives);
    put(bytes, violations);
    put(bytes, relative);
    for (int c = 0; c < widthOf(recorded); c++) {
      for (float[] row : recorded) {
        bytes.putInt(Float.floatToRawIntBits(row[c]));
      }
    }
    for (float total : totals) {
      bytes.putInt(Float.floatToRawIntBits(total));
    }
    byte[] used = new byte[bytes.position()];
    System.arraycopy(bytes.array(), 0, used, 0, used.length);
    return used;
  }

  private static int width(double[][] rows) {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  private static int widthOf(float[][] rows) {
    return rows.length == 0 ? 0 : rows[0].length;
  }

  private static void put(ByteBuffer bytes, double[][] rows) {
    for (int c = 0; c < width(rows); c++) {
      long any = 0;
      for (double[] row : rows) {
        any |= Double.doubleToRawLongBits(row[c]);
      }
      bytes.put(any == 0 ? ZEROS : VALUES);
      for (int row = 0; row < rows.length && any != 0; row++) {
        bytes.putLong(Double.doubleToRawLongBits(rows[row][c]));
      }
    }
  }

  /**
   * The rows of bytes.
   *
   * @throws IllegalArgumentException if they are no rows
   */
  static PricedRows of(byte[] from) {
    ByteBuffer bytes = ByteBuffer.wrap(from);
    try {
      if (bytes.get() != FORMAT) {
        throw new IllegalArgumentException("The rows are of another format.");
      }
      int count = bytes.getInt();
      if (count < 0 || count > Chunk.MOST) {
        throw new IllegalArgumentException("A chunk of " + count + " rows is none.");
      }
      PricedRows rows = new PricedRows(count, bytes.getInt(), bytes.getInt(), bytes.getInt());
      get(bytes, rows.objectives);
      get(bytes, rows.violations);
      get(bytes, rows.relative);
      for (int c = 0; c < widthOf(rows.recorded); c++) {
        for (float[] row : rows.recorded) {
          row[c] = Float.intBitsToFloat(bytes.getInt());
        }
      }
      for (int row = 0; row < count; row++) {
        rows.totals[row] = Float.intBitsToFloat(bytes.getInt());
      }
      return rows;
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("The rows are cut off.", e);
    }
  }

  private static void get(ByteBuffer bytes, double[][] rows) {
    for (int c = 0; c < width(rows); c++) {
      if (bytes.get() == VALUES) {
        for (double[] row : rows) {
          row[c] = Double.longBitsToDouble(bytes.getLong());
        }
      }
    }
  }
}
