package dev.kirchhoff.dse.front;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Index of the places of a front for tests of dominance: blocks of neighbouring points, each with a
 * box. A block is searched only if its box can contain a point that the test asks for, the bounds
 * of an ND-tree (Jaszkiewicz, Lust, IEEE Trans. Evol. Comput. 22 (2018) 778, DOI
 * 10.1109/TEVC.2018.2817132) on one level.
 *
 * <p>Invariant: each place is in exactly one block, and lies in its box. Answers depend on the
 * invariant alone; the choice of a block decides the time that they take.
 */
final class FrontBlocks {
  /** Points of a block at most; with 16 an offer takes as long (measured). */
  private static final int CAPACITY = 32;

  private final int dimensions;
  private Block[] blocks = new Block[4];
  private int count;

  /** Number of the block of each place. */
  private int[] blockOf = new int[16];

  /** An index of no places. */
  FrontBlocks(int dimensions) {
    this.dimensions = dimensions;
  }

  /** Places within a box. */
  private static final class Block {
    private final int[] places;
    private final double[] low;
    private final double[] high;
    private int size;

    Block(int dimensions) {
      places = new int[CAPACITY];
      low = new double[dimensions];
      high = new double[dimensions];
      Arrays.fill(low, Double.POSITIVE_INFINITY);
      Arrays.fill(high, Double.NEGATIVE_INFINITY);
    }

    /** Copy of these places that changes apart from them. */
    Block(Block other) {
      places = other.places.clone();
      low = other.low.clone();
      high = other.high.clone();
      size = other.size;
    }

    void add(int place, double[] point) {
      places[size++] = place;
      for (int m = 0; m < low.length; m++) {
        low[m] = Math.min(low[m], point[m]);
        high[m] = Math.max(high[m], point[m]);
      }
    }

    void replace(int place, int by) {
      int at = 0;
      while (places[at] != place) {
        at++;
      }
      places[at] = by;
    }

    /** Distance of a point from the box, the sum over the axes in units of a span. */
    double distance(double[] point, double[] span) {
      double sum = 0;
      for (int m = 0; m < low.length; m++) {
        double outside = Math.max(low[m] - point[m], point[m] - high[m]);
        sum += outside > 0 ? outside / span[m] : 0;
      }
      return sum;
    }
  }

  /** An index of the same places, which changes apart from this one. */
  FrontBlocks copy() {
    FrontBlocks copy = new FrontBlocks(dimensions);
    copy.blocks = new Block[blocks.length];
    for (int b = 0; b < count; b++) {
      copy.blocks[b] = new Block(blocks[b]);
    }
    copy.count = count;
    copy.blockOf = blockOf.clone();
    return copy;
  }

  /** A place whose point is nowhere worse than a value; empty if there is none. */
  OptionalInt covering(double[][] points, double[] value) {
    for (int b = 0; b < count; b++) {
      Block block = blocks[b];
      if (covers(block.low, value)) {
        for (int i = 0; i < block.size; i++) {
          if (covers(points[block.places[i]], value)) {
            return OptionalInt.of(block.places[i]);
          }
        }
      }
    }
    return OptionalInt.empty();
  }

  /** The places whose points are nowhere better than a value, rising. */
  int[] covered(double[][] points, double[] value) {
    int[] found = new int[4];
    int size = 0;
    for (int b = 0; b < count; b++) {
      Block block = blocks[b];
      if (covers(value, block.high)) {
        for (int i = 0; i < block.size; i++) {
          if (covers(value, points[block.places[i]])) {
            found = size == found.length ? Arrays.copyOf(found, 2 * size) : found;
            found[size++] = block.places[i];
          }
        }
      }
    }
    found = Arrays.copyOf(found, size);
    Arrays.sort(found);
    return found;
  }

  /**
   * Points moved into the region that a corner dominates, each to the nearest edge: those that
   * cover there all others.
   */
  double[][] limits(double[][] points, double[] corner) {
    double[][] kept = new double[16][];
    int size = 0;
    for (int b = 0; b < count; b++) {
      Block block = blocks[b];
      if (!isCovered(limit(block.low, corner), kept, size)) {
        for (int i = 0; i < block.size; i++) {
          double[] limit = limit(points[block.places[i]], corner);
          if (!isCovered(limit, kept, size)) {
            kept = size < kept.length ? kept : Arrays.copyOf(kept, 2 * size);
            kept[size++] = limit;
          }
        }
      }
    }
    return Arrays.copyOf(kept, size);
  }

  private double[] limit(double[] point, double[] corner) {
    double[] limit = new double[dimensions];
    for (int m = 0; m < dimensions; m++) {
      limit[m] = Math.max(point[m], corner[m]);
    }
    return limit;
  }

  /**
   * True if one of the first covers a point. It moves towards the beginning: it will cover more.
   */
  private boolean isCovered(double[] point, double[][] others, int size) {
    for (int i = 0; i < size; i++) {
      double[] other = others[i];
      if (covers(other, point)) {
        others[i] = others[i / 2];
        others[i / 2] = other;
        return true;
      }
    }
    return false;
  }

  private boolean covers(double[] a, double[] b) {
    for (int m = 0; m < dimensions; m++) {
      if (a[m] > b[m]) {
        return false;
      }
    }
    return true;
  }

  /** Adds a place to the block whose box is nearest to its point. */
  void add(int place, double[][] points) {
    double[] span = span();
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int b = 0; b < count && least > 0; b++) {
      double distance = blocks[b].distance(points[place], span);
      if (distance < least) {
        least = distance;
        nearest = b;
      }
    }
    if (count == 0) {
      append(new Block(dimensions));
    } else if (blocks[nearest].size == CAPACITY) {
      split(nearest, points, span);
      Block upper = blocks[count - 1];
      boolean isUpper =
          upper.distance(points[place], span) < blocks[nearest].distance(points[place], span);
      nearest = isUpper ? count - 1 : nearest;
    }
    blockOf = place < blockOf.length ? blockOf : Arrays.copyOf(blockOf, 2 * place);
    blockOf[place] = nearest;
    blocks[nearest].add(place, points[place]);
  }

  /** The span of all boxes on each axis. */
  private double[] span() {
    double[] span = new double[dimensions];
    for (int m = 0; m < dimensions; m++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int b = 0; b < count; b++) {
        low = Math.min(low, blocks[b].low[m]);
        high = Math.max(high, blocks[b].high[m]);
      }
      span[m] = high - low;
    }
    return span;
  }

  private void append(Block block) {
    blocks = count < blocks.length ? blocks : Arrays.copyOf(blocks, 2 * count);
    blocks[count++] = block;
  }

  /** Halves a block across the axis on which it is widest. */
  private void split(int number, double[][] points, double[] span) {
    Block whole = blocks[number];
    int widest = 0;
    for (int m = 1; m < dimensions; m++) {
      double width = (whole.high[m] - whole.low[m]) / span[m];
      widest = width > (whole.high[widest] - whole.low[widest]) / span[widest] ? m : widest;
    }
    int axis = widest;
    int[] sorted =
        Arrays.stream(whole.places)
            .boxed()
            .sorted((a, b) -> Double.compare(points[a][axis], points[b][axis]))
            .mapToInt(Integer::intValue)
            .toArray();
    Block lower = new Block(dimensions);
    Block upper = new Block(dimensions);
    blocks[number] = lower;
    append(upper);
    for (int i = 0; i < CAPACITY; i++) {
      Block half = i < CAPACITY / 2 ? lower : upper;
      half.add(sorted[i], points[sorted[i]]);
      blockOf[sorted[i]] = half == lower ? number : count - 1;
    }
  }

  /** Removes a place. Its box stays as it is; a block without places is dropped. */
  void remove(int place) {
    int number = blockOf[place];
    Block block = blocks[number];
    block.replace(place, block.places[block.size - 1]);
    block.size--;
    if (block.size == 0) {
      blocks[number] = blocks[--count];
      for (int i = 0; i < blocks[number].size; i++) {
        blockOf[blocks[number].places[i]] = number;
      }
      blocks[count] = null;
    }
  }

  /** Renames a place. */
  void move(int from, int to) {
    blocks[blockOf[from]].replace(from, to);
    blockOf[to] = blockOf[from];
  }
}
