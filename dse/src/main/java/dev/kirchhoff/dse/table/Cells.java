package dev.kirchhoff.dse.table;

import java.util.BitSet;

/** Cells of one column for some consecutive rows. */
public sealed interface Cells {
  /** True if a row has no value here. */
  boolean isEmpty(int row);

  /**
   * Whole numbers.
   *
   * @param values by row
   * @param empty rows without a value
   */
  record Wholes(long[] values, BitSet empty) implements Cells {
    @Override
    public boolean isEmpty(int row) {
      return empty.get(row);
    }
  }

  /**
   * Numbers of double precision; NaN is an empty cell.
   *
   * @param values by row
   */
  record Numbers(double[] values) implements Cells {
    @Override
    public boolean isEmpty(int row) {
      return Double.isNaN(values[row]);
    }
  }

  /**
   * Numbers of single precision; NaN is an empty cell.
   *
   * @param values by row
   */
  record Singles(float[] values) implements Cells {
    @Override
    public boolean isEmpty(int row) {
      return Float.isNaN(values[row]);
    }
  }

  /**
   * Flags, of which none is empty.
   *
   * @param values rows that are true
   */
  record Flags(BitSet values) implements Cells {
    @Override
    public boolean isEmpty(int row) {
      return false;
    }
  }

  /**
   * Text; null is an empty cell.
   *
   * @param values by row
   */
  record Words(String[] values) implements Cells {
    @Override
    public boolean isEmpty(int row) {
      return values[row] == null;
    }
  }
}
