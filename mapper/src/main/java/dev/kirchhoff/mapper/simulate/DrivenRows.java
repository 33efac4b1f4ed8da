package dev.kirchhoff.mapper.simulate;

import java.util.Arrays;

/**
 * Reads of a block whose rows of zero digits are skipped: of each vector of a batch, the rows that
 * its digits drive, in order, as many at a time as a read takes. Vectors with fewer driven rows
 * than others have fewer reads. Scratch of one thread.
 */
final class DrivenRows {
  private final int[] next;
  private final float[] share;
  private float[][] picked = new float[0][];
  private float[][] digits = new float[0][];
  private int perRead;
  private int from;
  private int to;

  /** Scratch for batches of so many vectors. */
  DrivenRows(int batch) {
    next = new int[batch];
    share = new float[batch];
  }

  /**
   * Begins a block.
   *
   * @param digits digits by row, then vector
   * @param perRead rows of digits that a read takes
   */
  void begin(float[][] digits, int perRead) {
    clear();
    this.digits = digits;
    this.perRead = perRead;
    picked = AnalogProduct.Workspace.grown(picked, digits.length, next.length);
    Arrays.fill(next, 0);
  }

  private void clear() {
    for (int i = from; i < to; i++) {
      Arrays.fill(picked[i], 0);
    }
    from = 0;
    to = 0;
  }

  /** Picks the rows of the next read; false if no vector drives any further one. */
  boolean advance() {
    clear();
    int first = digits.length;
    int end = 0;
    for (int v = 0; v < next.length; v++) {
      int taken = 0;
      int i = next[v];
      for (; i < digits.length && taken < perRead; i++) {
        if (digits[i][v] != 0) {
          picked[i][v] = digits[i][v];
          first = Math.min(first, i);
          end = Math.max(end, i + 1);
          taken++;
        }
      }
      next[v] = i;
      share[v] = (float) taken / digits.length;
    }
    from = Math.min(first, end);
    to = end;
    return to > from;
  }

  /** First row that any vector reads. */
  int first() {
    return from;
  }

  /** Digits of the rows that are read, from {@link #first} on; 0 in rows that are not. */
  float[][] inputs() {
    return Arrays.copyOfRange(picked, from, to);
  }

  /** Rows that are read over those of the block, by vector; 0 of a vector without a read. */
  float[] share() {
    return share;
  }
}
