package dev.kirchhoff.dse.explore;

import dev.kirchhoff.dse.budget.IslandEvaluator;
import dev.kirchhoff.dse.space.Session;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * Some designs of a sweep with their figures, in the order of the sweep. As bytes the figures are
 * columns of the bits of doubles and floats, so that what is read is what was computed; a column of
 * zeros, as most limits have, takes a byte. Designs are not among them, since their index gives
 * them.
 */
public final class SweepRows {
  private static final byte FORMAT = 1;
  private static final byte ZEROS = 0;
  private static final byte VALUES = 1;

  private final long first;
  private final int[][] designs;
  private final double[][] objectives;
  private final double[][] violations;
  private final double[][] relative;
  private final float[][] recorded;
  private final float[] totals;

  /**
   * Rows to be computed, each by one thread.
   *
   * @param first index of the first row
   * @param designs designs, not copied
   * @param objectives columns of objectives
   * @param constraints columns of violations, and of relative ones
   * @param recorded columns of recorded figures
   */
  public SweepRows(long first, int[][] designs, int objectives, int constraints, int recorded) {
    int count = designs.length;
    this.first = first;
    this.designs = designs;
    this.objectives = new double[count][objectives];
    this.violations = new double[count][constraints];
    this.relative = new double[count][constraints];
    this.recorded = new float[count][recorded];
    this.totals = new float[count];
  }

  /**
   * Rows with the figures that a table needs; the arrays are not copied.
   *
   * @param first index of the first row
   * @param designs designs
   * @param objectives their objectives
   * @param violations their misses
   * @param totals sums of their relative misses
   */
  public SweepRows(
      long first, int[][] designs, double[][] objectives, double[][] violations, float[] totals) {
    this.first = first;
    this.designs = designs;
    this.objectives = objectives;
    this.violations = violations;
    this.relative = new double[designs.length][0];
    this.recorded = new float[designs.length][0];
    this.totals = totals;
  }

  /** Computes a row. */
  public void compute(int row, Session session) {
    totals[row] =
        IslandEvaluator.compute(
            session, designs[row], objectives[row], violations[row], relative[row], recorded[row]);
  }

  /** Hands a row to an island, which takes its figures as if it had computed them. */
  OptionalInt give(int row, IslandEvaluator island) {
    return island.take(
        designs[row], objectives[row], violations[row], relative[row], totals[row], recorded[row]);
  }

  /** Index of the first row in the sweep. */
  public long first() {
    return first;
  }

  /** Number of rows. */
  public int count() {
    return designs.length;
  }

  /** Ordinals of a row; not to be changed. */
  public int[] ordinals(int row) {
    return designs[row];
  }

  /** A value of a row, in the order of the problem's objectives; NaN = there is none. */
  public double value(int row, int column) {
    return objectives[row][column];
  }

  /** By how much a row misses a constraint; 0 = met. */
  public double violation(int row, int constraint) {
    return violations[row][constraint];
  }

  /** True if a row meets every constraint and has every value. */
  public boolean isFeasible(int row) {
    return totals[row] == 0;
  }

  double[] values(int row) {
    return objectives[row];
  }

  double[] violations(int row) {
    return violations[row];
  }

  double[] relative(int row) {
    return relative[row];
  }

  float[] recorded(int row) {
    return recorded[row];
  }

  float[] totals() {
    return totals;
  }

  /** The figures as bytes. */
  public byte[] toBytes() {
    int columns = width(objectives) + width(violations) + width(relative);
    int most = 17 + (columns + 1) * (1 + 8 * count()) + widthOf(recorded) * (1 + 4 * count());
    ByteBuffer bytes = ByteBuffer.allocate(most);
    bytes.put(FORMAT).putInt(count());
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
   * @param first index of the first row
   * @param designs their designs, not copied
   * @throws IllegalArgumentException if they are no rows of so many designs
   */
  public static SweepRows of(byte[] from, long first, int[][] designs) {
    ByteBuffer bytes = ByteBuffer.wrap(from);
    try {
      if (bytes.get() != FORMAT) {
        throw new IllegalArgumentException("The rows are of another format.");
      }
      int count = bytes.getInt();
      if (count != designs.length) {
        throw new IllegalArgumentException(
            "A result has " + count + " rows and must have " + designs.length + ".");
      }
      SweepRows rows =
          new SweepRows(first, designs, bytes.getInt(), bytes.getInt(), bytes.getInt());
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
