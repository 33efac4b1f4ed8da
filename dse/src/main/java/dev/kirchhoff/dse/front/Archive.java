package dev.kirchhoff.dse.front;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * The exact Pareto front of all designs offered to it; all objectives are minimised.
 *
 * <p>The content depends on the set of offered designs alone, not on their order: the designs that
 * no other dominates, and of several with equal objectives the one with the lowest index. Only
 * feasible designs are to be offered. With two objectives the members are kept sorted and an offer
 * costs a binary search; with more it costs a scan of {@link FrontBlocks}.
 */
public final class Archive {

  /**
   * A design on the front.
   *
   * @param index index of the design
   * @param values objectives as minimised
   */
  public record Member(long index, List<Double> values) {
    public Member {
      values = List.copyOf(values);
    }
  }

  private final int dimensions;
  private long[] indices = new long[16];
  private double[][] points = new double[16][];
  private FrontBlocks blocks;
  private int size;
  private long changes;

  /**
   * An empty front.
   *
   * @param dimensions number of objectives, at least 1
   */
  public Archive(int dimensions) {
    if (dimensions < 1) {
      throw new IllegalArgumentException("A front needs at least one objective.");
    }
    this.dimensions = dimensions;
    this.blocks = new FrontBlocks(dimensions);
  }

  /** A front with the same members, which changes apart from this one. */
  public Archive copy() {
    Archive copy = new Archive(dimensions);
    copy.indices = indices.clone();
    copy.points = points.clone();
    copy.blocks = blocks.copy();
    copy.size = size;
    copy.changes = changes;
    return copy;
  }

  /** Number of objectives. */
  public int dimensions() {
    return dimensions;
  }

  /** Number of members. */
  public int size() {
    return size;
  }

  /** Grows whenever the members change. */
  public long changes() {
    return changes;
  }

  /** Index of the design at a place, 0 .. size−1; places are for loops and mean nothing. */
  public long index(int place) {
    return indices[place];
  }

  /** An objective of the member at a place, or what was given after the objectives. */
  public double value(int place, int objective) {
    return points[place][objective];
  }

  /** The members by rising index. */
  public List<Member> members() {
    List<Member> members = new ArrayList<>();
    for (int place : placesByIndex()) {
      List<Double> values = new ArrayList<>();
      for (int m = 0; m < dimensions; m++) {
        values.add(points[place][m]);
      }
      members.add(new Member(indices[place], values));
    }
    return members;
  }

  /**
   * The places of the members, by rising index of the design: the order to use wherever order
   * matters.
   */
  public int[] placesByIndex() {
    long[] keys = new long[size];
    for (int place = 0; place < size; place++) {
      keys[place] = indices[place] * size + place;
    }
    Arrays.sort(keys);
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      places[i] = (int) (keys[i] % size);
    }
    return places;
  }

  /**
   * Offers a design.
   *
   * @param index its index
   * @param values its objectives, minimised; copied if it enters. What follows the objectives takes
   *     no part in comparisons and travels with the member
   * @return whether it entered
   * @throws IllegalArgumentException if an objective is not a number
   */
  public boolean offer(long index, double[] values) {
    for (int m = 0; m < dimensions; m++) {
      if (Double.isNaN(values[m])) {
        throw new IllegalArgumentException("Design (" + index + ") has no value to compare.");
      }
    }
    boolean entered = dimensions == 2 ? offerSorted(index, values) : offerBlocks(index, values);
    if (entered) {
      changes++;
    }
    return entered;
  }

  /** Hypervolume that a point would add to that of the members. */
  double gain(double[] point, double[] reference) {
    double[][] others =
        dimensions == 2 ? Arrays.copyOf(points, size) : blocks.limits(points, point);
    return Hypervolume.gain(point, others, reference);
  }

  /**
   * Two objectives: rising in the first means falling in the second, so the dominated ones are
   * neighbours.
   */
  private boolean offerSorted(long index, double[] values) {
    int at = firstNotBelow(values[0]);
    if (at > 0 && points[at - 1][1] <= values[1]) {
      return false;
    }
    if (at < size && points[at][0] == values[0]) {
      if (points[at][1] < values[1]) {
        return false;
      }
      if (points[at][1] == values[1]) {
        return keepLowest(at, index);
      }
    }
    int end = at;
    while (end < size && points[end][1] >= values[1]) {
      end++;
    }
    if (end == at) {
      makeRoom();
      System.arraycopy(points, at, points, at + 1, size - at);
      System.arraycopy(indices, at, indices, at + 1, size - at);
      size++;
    } else {
      System.arraycopy(points, end, points, at + 1, size - end);
      System.arraycopy(indices, end, indices, at + 1, size - end);
      size -= end - at - 1;
    }
    points[at] = values.clone();
    indices[at] = index;
    return true;
  }

  private int firstNotBelow(double first) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (points[middle][0] < first) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean offerBlocks(long index, double[] values) {
    OptionalInt covering = blocks.covering(points, values);
    if (covering.isPresent()) {
      int place = covering.getAsInt();
      return compare(points[place], values, dimensions) == EQUAL && keepLowest(place, index);
    }
    // The last member takes a free place: from the highest place down, it is one that stays.
    int[] covered = blocks.covered(points, values);
    for (int i = covered.length - 1; i >= 0; i--) {
      blocks.remove(covered[i]);
      size--;
      if (covered[i] < size) {
        blocks.move(size, covered[i]);
        points[covered[i]] = points[size];
        indices[covered[i]] = indices[size];
      }
    }
    makeRoom();
    points[size] = values.clone();
    indices[size] = index;
    blocks.add(size, points);
    size++;
    return true;
  }

  private boolean keepLowest(int place, long index) {
    if (indices[place] <= index) {
      return false;
    }
    indices[place] = index;
    return true;
  }

  private void makeRoom() {
    if (size == points.length) {
      points = Arrays.copyOf(points, 2 * size);
      indices = Arrays.copyOf(indices, 2 * size);
    }
  }

  private static final int BETTER = 1;
  private static final int WORSE = -1;
  private static final int EQUAL = 0;
  private static final int INCOMPARABLE = 2;

  private static int compare(double[] a, double[] b, int dimensions) {
    boolean less = false;
    boolean more = false;
    for (int m = 0; m < dimensions; m++) {
      less |= a[m] < b[m];
      more |= a[m] > b[m];
      if (less && more) {
        return INCOMPARABLE;
      }
    }
    return less ? BETTER : more ? WORSE : EQUAL;
  }

  /** True if one point is nowhere worse than another and somewhere better. */
  public static boolean dominates(double[] a, double[] b) {
    return compare(a, b, a.length) == BETTER;
  }
}
