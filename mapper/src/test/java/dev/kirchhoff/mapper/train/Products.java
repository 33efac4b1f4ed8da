package dev.kirchhoff.mapper.train;

/**
 * Matrix products in single precision. The order of every sum is fixed by the loops and by which
 * values are zero (Java 17 evaluates floating point strictly), so that a result is the same on
 * every machine.
 */
final class Products {
  /** Rows of the right matrix that one pass over a row of the sums adds. */
  private static final int UNROLL = 4;

  /** Rows of the right matrix that stay in the nearest cache. */
  private static final int BLOCK = 64;

  private Products() {}

  /**
   * c += a b, a being m x k, b k x n.
   *
   * <p>The inner loop runs along the rows of b and c, four rows of b at a time, all copied to
   * arrays of their own that begin at index 0: only then does the compiler (of JDK 17) turn the
   * loop into vector instructions, 19 instead of 4 multiply-accumulates a nanosecond. Rows of b
   * that meet a zero of a are left out: of gradients behind a maximum and a rectifier four in five
   * are zero, of inputs behind a rectifier half.
   */
  static void add(Block a, Block b, Block c, int m, int k, int n) {
    float[][] copies = new float[Math.min(BLOCK, k)][n];
    float[] sums = new float[n];
    float[] factors = new float[BLOCK + UNROLL];
    float[][] rows = new float[BLOCK + UNROLL][];
    for (int from = 0; from < k; from += BLOCK) {
      int size = Math.min(BLOCK, k - from);
      for (int p = 0; p < size; p++) {
        System.arraycopy(b.values(), b.offset() + (from + p) * b.stride(), copies[p], 0, n);
      }
      for (int i = 0; i < m; i++) {
        int first = a.offset() + i * a.stride() + from;
        int count = gather(a.values(), first, size, copies, factors, rows);
        int row = c.offset() + i * c.stride();
        if (count > 0) {
          System.arraycopy(c.values(), row, sums, 0, n);
          for (int p = 0; p < count; p += UNROLL) {
            four(factors, rows, p, sums, n);
          }
          System.arraycopy(sums, 0, c.values(), row, n);
        }
      }
    }
  }

  /** Finds the values that are not zero and the rows that they meet; zeros fill the last four. */
  private static int gather(
      float[] values, int first, int size, float[][] copies, float[] factors, float[][] rows) {
    int count = 0;
    for (int p = 0; p < size; p++) {
      float value = values[first + p];
      if (value != 0) {
        factors[count] = value;
        rows[count++] = copies[p];
      }
    }
    for (int p = count; count > 0 && p < count + UNROLL; p++) {
      factors[p] = 0;
      rows[p] = rows[count - 1];
    }
    return count;
  }

  private static void four(float[] factors, float[][] rows, int p, float[] c, int n) {
    float a0 = factors[p];
    float a1 = factors[p + 1];
    float a2 = factors[p + 2];
    float a3 = factors[p + 3];
    float[] b0 = rows[p];
    float[] b1 = rows[p + 1];
    float[] b2 = rows[p + 2];
    float[] b3 = rows[p + 3];
    for (int j = 0; j < n; j++) {
      c[j] = c[j] + a0 * b0[j] + a1 * b1[j] + a2 * b2[j] + a3 * b3[j];
    }
  }

  /** Writes the rows of {@code from} (m x n) as columns into {@code to} (n x m). */
  static void transpose(Block from, Block to, int m, int n) {
    float[] source = from.values();
    float[] target = to.values();
    for (int i = 0; i < m; i++) {
      int row = from.offset() + i * from.stride();
      for (int j = 0; j < n; j++) {
        target[to.offset() + j * to.stride() + i] = source[row + j];
      }
    }
  }
}
