package dev.kirchhoff.mapper.tile;

import java.util.Arrays;

/**
 * Blocks that do not fill a crossbar, packed into crossbars of R × C cells that several share.
 *
 * <p>Kinds of equal blocks are taken in the order of their larger side, measured in the crossbar's;
 * a block goes to the free rectangle that it fills best, else to a new crossbar, and cuts what is
 * left of the rectangle in two along the longer remainder (guillotine cuts with best area fit:
 * Jylänki, A Thousand Ways to Pack the Bin, 2010). Blocks are not turned. Crossbars that hold the
 * same are kept as one class with a count, so work grows with kinds, not with crossbars.
 *
 * <p>Blocks on one crossbar are read one after another, so their busy times add up; a block is only
 * added while the sum stays within a limit. At most {@value #MOST} blocks share a crossbar.
 * Neglected: rows and columns that block-diagonal packing leaves free inside its bounding
 * rectangle. Deterministic; reused from design to design; not safe for several threads.
 */
public final class SharedCrossbars {
  /** Most blocks of one crossbar. */
  public static final int MOST = 16;

  private static final int FREE = MOST + 1;

  private int rows;
  private int columns;

  private int kinds;
  private int[] layer = new int[32];
  private int[] height = new int[32];
  private int[] width = new int[32];
  private int[] number = new int[32];
  private double[] busy_ns = new double[32];
  private int[] order = new int[32];

  private int classes;
  private int[] count = new int[32];
  private double[] sum_ns = new double[32];
  private int[] blocks = new int[32];
  private int[] kind = new int[32 * MOST];
  private int[] row = new int[32 * MOST];
  private int[] column = new int[32 * MOST];
  private int[] frees = new int[32];
  private int[] freeRow = new int[32 * FREE];
  private int[] freeColumn = new int[32 * FREE];
  private int[] freeHeight = new int[32 * FREE];
  private int[] freeWidth = new int[32 * FREE];

  private int bestClass;
  private int bestFree;

  /** Forgets all blocks. */
  public void clear(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    kinds = 0;
    classes = 0;
  }

  /**
   * Adds blocks of one size.
   *
   * @param layer layer that they belong to
   * @param height rows of a block, at most those of a crossbar
   * @param width columns of a block, at most those of a crossbar
   * @param number how many there are
   */
  public void add(int layer, int height, int width, int number) {
    if (number == 0) {
      return;
    }
    if (kinds == order.length) {
      int length = 2 * kinds;
      this.layer = Arrays.copyOf(this.layer, length);
      this.height = Arrays.copyOf(this.height, length);
      this.width = Arrays.copyOf(this.width, length);
      this.number = Arrays.copyOf(this.number, length);
      busy_ns = Arrays.copyOf(busy_ns, length);
      order = Arrays.copyOf(order, length);
    }
    this.layer[kinds] = layer;
    this.height[kinds] = height;
    this.width[kinds] = width;
    this.number[kinds] = number;
    busy_ns[kinds] = 0;
    kinds++;
  }

  /** Number of kinds of blocks. */
  public int kinds() {
    return kinds;
  }

  /** Layer of a kind. */
  public int layer(int kind) {
    return layer[kind];
  }

  /** Rows of a kind's blocks. */
  public int height(int kind) {
    return height[kind];
  }

  /** Columns of a kind's blocks. */
  public int width(int kind) {
    return width[kind];
  }

  /** Blocks of a kind. */
  public int number(int kind) {
    return number[kind];
  }

  /** Sets how long an inference reads one block of a kind. */
  public void setBusy_ns(int kind, double busy_ns) {
    this.busy_ns[kind] = busy_ns;
  }

  /** How long an inference reads one block of a kind. */
  public double busy_ns(int kind) {
    return busy_ns[kind];
  }

  /**
   * Packs all blocks anew.
   *
   * @param limit_ns how long an inference may read one crossbar that several blocks share
   * @param once whether a crossbar may hold only one block of each layer
   */
  public void pack(double limit_ns, boolean once) {
    classes = 0;
    sort();
    for (int i = 0; i < kinds; i++) {
      int k = order[i];
      int left = number[k];
      while (left > 0) {
        if (!find(k, limit_ns, once)) {
          open(ceil(left, together(k, limit_ns, once)));
          bestFree = 0;
        }
        int taken = Math.min(left, count[bestClass]);
        if (taken < count[bestClass]) {
          split(bestClass, taken);
        }
        place(k);
        left -= taken;
      }
    }
  }

  /** Larger sides first; among equals larger areas, then the order of adding. */
  private void sort() {
    for (int i = 0; i < kinds; i++) {
      int k = i;
      int at = i;
      while (at > 0 && before(k, order[at - 1])) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = k;
    }
  }

  private boolean before(int a, int b) {
    long sideA = Math.max((long) height[a] * columns, (long) width[a] * rows);
    long sideB = Math.max((long) height[b] * columns, (long) width[b] * rows);
    if (sideA != sideB) {
      return sideA > sideB;
    }
    return (long) height[a] * width[a] > (long) height[b] * width[b];
  }

  /** Blocks of a kind that one crossbar could hold. */
  private int together(int k, double limit_ns, boolean once) {
    if (once) {
      return 1;
    }
    long fit = (long) (rows / height[k]) * (columns / width[k]);
    double timely = busy_ns[k] > 0 ? Math.floor(limit_ns / busy_ns[k]) : MOST;
    return (int) Math.max(1, Math.min(MOST, Math.min(fit, timely)));
  }

  /** Finds the free rectangle that a block fills best. */
  private boolean find(int k, double limit_ns, boolean once) {
    long least = Long.MAX_VALUE;
    long area = (long) height[k] * width[k];
    for (int b = 0; b < classes; b++) {
      if (blocks[b] == MOST || sum_ns[b] + busy_ns[k] > limit_ns || once && holds(b, layer[k])) {
        continue;
      }
      for (int f = b * FREE; f < b * FREE + frees[b]; f++) {
        if (freeHeight[f] >= height[k] && freeWidth[f] >= width[k]) {
          long left = (long) freeHeight[f] * freeWidth[f] - area;
          if (left < least) {
            least = left;
            bestClass = b;
            bestFree = f - b * FREE;
          }
        }
      }
    }
    return least < Long.MAX_VALUE;
  }

  private boolean holds(int b, int wanted) {
    for (int i = b * MOST; i < b * MOST + blocks[b]; i++) {
      if (layer[kind[i]] == wanted) {
        return true;
      }
    }
    return false;
  }

  private void open(int number) {
    room();
    bestClass = classes++;
    count[bestClass] = number;
    sum_ns[bestClass] = 0;
    blocks[bestClass] = 0;
    frees[bestClass] = 0;
    free(bestClass, 0, 0, rows, columns);
  }

  private void free(int b, int atRow, int atColumn, int rows, int columns) {
    if (rows > 0 && columns > 0) {
      int f = b * FREE + frees[b]++;
      freeRow[f] = atRow;
      freeColumn[f] = atColumn;
      freeHeight[f] = rows;
      freeWidth[f] = columns;
    }
  }

  /** Splits a class into one of {@code first} crossbars, which keeps its place, and the rest. */
  private void split(int b, int first) {
    room();
    int rest = classes++;
    count[rest] = count[b] - first;
    count[b] = first;
    sum_ns[rest] = sum_ns[b];
    blocks[rest] = blocks[b];
    frees[rest] = frees[b];
    System.arraycopy(kind, b * MOST, kind, rest * MOST, blocks[b]);
    System.arraycopy(row, b * MOST, row, rest * MOST, blocks[b]);
    System.arraycopy(column, b * MOST, column, rest * MOST, blocks[b]);
    System.arraycopy(freeRow, b * FREE, freeRow, rest * FREE, frees[b]);
    System.arraycopy(freeColumn, b * FREE, freeColumn, rest * FREE, frees[b]);
    System.arraycopy(freeHeight, b * FREE, freeHeight, rest * FREE, frees[b]);
    System.arraycopy(freeWidth, b * FREE, freeWidth, rest * FREE, frees[b]);
  }

  private void place(int k) {
    int b = bestClass;
    int f = b * FREE + bestFree;
    int atRow = freeRow[f];
    int atColumn = freeColumn[f];
    int below = freeHeight[f] - height[k];
    int beside = freeWidth[f] - width[k];
    int wide = freeWidth[f];
    int high = freeHeight[f];
    int last = b * FREE + --frees[b];
    freeRow[f] = freeRow[last];
    freeColumn[f] = freeColumn[last];
    freeHeight[f] = freeHeight[last];
    freeWidth[f] = freeWidth[last];
    int i = b * MOST + blocks[b]++;
    kind[i] = k;
    row[i] = atRow;
    column[i] = atColumn;
    sum_ns[b] += busy_ns[k];
    if ((long) beside * rows > (long) below * columns) {
      free(b, atRow, atColumn + width[k], high, beside);
      free(b, atRow + height[k], atColumn, below, width[k]);
    } else {
      free(b, atRow, atColumn + width[k], height[k], beside);
      free(b, atRow + height[k], atColumn, below, wide);
    }
  }

  private void room() {
    if (classes < count.length) {
      return;
    }
    int length = 2 * classes;
    count = Arrays.copyOf(count, length);
    sum_ns = Arrays.copyOf(sum_ns, length);
    blocks = Arrays.copyOf(blocks, length);
    kind = Arrays.copyOf(kind, length * MOST);
    row = Arrays.copyOf(row, length * MOST);
    column = Arrays.copyOf(column, length * MOST);
    frees = Arrays.copyOf(frees, length);
    freeRow = Arrays.copyOf(freeRow, length * FREE);
    freeColumn = Arrays.copyOf(freeColumn, length * FREE);
    freeHeight = Arrays.copyOf(freeHeight, length * FREE);
    freeWidth = Arrays.copyOf(freeWidth, length * FREE);
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }

  /** Crossbars that the blocks take. */
  public long crossbars() {
    long sum = 0;
    for (int b = 0; b < classes; b++) {
      sum += count[b];
    }
    return sum;
  }

  /** Number of classes of crossbars that hold the same. */
  public int classes() {
    return classes;
  }

  /** Crossbars of a class. */
  public int count(int b) {
    return count[b];
  }

  /** How long an inference reads a crossbar of a class. */
  public double sum_ns(int b) {
    return sum_ns[b];
  }

  /** Blocks on a crossbar of a class. */
  public int blocks(int b) {
    return blocks[b];
  }

  /** Kind of a block on a crossbar of a class. */
  public int kind(int b, int block) {
    return kind[b * MOST + block];
  }

  /** First row of a block on a crossbar of a class. */
  public int row(int b, int block) {
    return row[b * MOST + block];
  }

  /** First column of a block on a crossbar of a class. */
  public int column(int b, int block) {
    return column[b * MOST + block];
  }
}
