package dev.kirchhoff.dashboards.view;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Designs of a run as columns of numbers, little-endian, rows in ascending order of the designs'
 * numbers.
 *
 * @param position position that they are as of
 * @param whole whether these are all kept designs, not only those after the position asked for
 * @param total designs that the run evaluated as far as they were read
 * @param kept designs that the reader keeps, fewer than {@code total} where it thinned the run
 * @param rows number of rows
 * @param columns the columns
 */
public record DesignColumns(
    long position, boolean whole, long total, long kept, int rows, List<Column> columns) {

  /** Types of numbers. */
  public enum Type {
    INT8(Byte.BYTES),
    INT16(Short.BYTES),
    INT32(Integer.BYTES),
    FLOAT32(Float.BYTES),
    FLOAT64(Double.BYTES);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /** Bytes of a number. */
    public int bytes() {
      return bytes;
    }
  }

  /**
   * A column.
   *
   * @param name {@code index}, {@code missed} (bits of the constraints that a design misses, 0 =
   *     feasible), {@code knob.K} (ordinals, −1 = the design has no such knob), {@code objective.K}
   *     (NaN = no value) or the key of a recorded figure (NaN = none)
   * @param type type of its numbers
   * @param bytes its numbers, from 0 to the capacity
   */
  public record Column(String name, Type type, ByteBuffer bytes) {
    /** A column of zeros. */
    static Column of(String name, Type type, int rows) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(rows, type.bytes));
      return new Column(name, type, bytes.order(ByteOrder.LITTLE_ENDIAN));
    }
  }
}
