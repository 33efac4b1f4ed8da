package dev.kirchhoff.dse.space;

import dev.kirchhoff.arch.spec.Knob;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * All designs of a spec. A design is a vector of ordinals, one per knob, {@link Knob#ABSENT} where
 * the knob does not exist.
 *
 * <p>A knob may depend on one other knob (its parent) and that one on its own, so the knobs form a
 * forest and the size of the space is exact: a knob counts the sum over its values of the product
 * of the counts of the children that exist under that value; the space is the product over the
 * roots.
 *
 * <p>The fixed order of designs is lexicographic over the knobs in depth-first order, parents
 * before children. {@link #rank} and {@link #unrank} number the designs in that order, {@link
 * #next} walks along it.
 *
 * <pre>{@code
 * DesignSpace space =
 *     new DesignSpace(
 *         List.of(
 *             Knob.always("readout.kind", List.of("sar", "flash"), 0),
 *             new Knob("readout.bits", List.of("4", "6", "8"), 2, 0, List.of(0))));
 * space.size(); // 3 + 1 = 4
 * }</pre>
 */
public final class DesignSpace {

  private final List<Knob> knobs;
  private final int[] cardinality;
  private final int[] parent;
  private final int[] start;
  private final boolean[][] existsUnder;
  private final int[] pins;
  private final int[] order;
  private final int[] roots;
  private final int[][] children;
  private final BigInteger[] count;
  private final BigInteger[][] countOfValue;
  private final BigInteger size;

  /**
   * Lays out a space.
   *
   * @throws IllegalArgumentException if two knobs share path and condition, a parent is not a knob
   *     or has no such ordinal, or knobs depend on themselves
   */
  public DesignSpace(List<Knob> knobs) {
    this(knobs, none(knobs.size()));
  }

  private DesignSpace(List<Knob> knobs, int[] pins) {
    this.knobs = List.copyOf(knobs);
    this.pins = pins;
    int n = knobs.size();
    cardinality = new int[n];
    parent = new int[n];
    start = new int[n];
    existsUnder = new boolean[n][];
    Set<String> paths = new HashSet<>();
    for (int k = 0; k < n; k++) {
      Knob knob = knobs.get(k);
      if (!paths.add(knob.path() + " under " + knob.condition())) {
        throw new IllegalArgumentException("The knob (" + knob.path() + ") is there twice.");
      }
      cardinality[k] = knob.cardinality();
      parent[k] = knob.condition().map(Knob.Condition::parent).orElse(-1);
      start[k] = knob.start();
      existsUnder[k] = existsUnder(knob, this.knobs);
    }
    roots = childrenOf(-1);
    children = new int[n][];
    for (int k = 0; k < n; k++) {
      children[k] = childrenOf(k);
    }
    order = new int[n];
    int placed = 0;
    for (int root : roots) {
      placed = place(root, placed);
    }
    if (placed < n) {
      throw new IllegalArgumentException("Some knobs depend on themselves through their parents.");
    }
    count = new BigInteger[n];
    countOfValue = new BigInteger[n][];
    for (int i = n - 1; i >= 0; i--) {
      countSubtree(order[i]);
    }
    BigInteger product = BigInteger.ONE;
    for (int root : roots) {
      product = product.multiply(count[root]);
    }
    size = product;
  }

  private static int[] none(int knobs) {
    int[] pins = new int[knobs];
    Arrays.fill(pins, Knob.ABSENT);
    return pins;
  }

  /**
   * The part of this space in which some knobs have one value wherever they exist. Its designs are
   * designs of this space, with the same ordinals; {@link #isValid} still takes every design of the
   * whole space.
   *
   * @param ordinals the value of each knob that is pinned, {@link Knob#ABSENT} for those that are
   *     free
   * @throws IllegalArgumentException if a knob has no such ordinal
   */
  public DesignSpace pinned(int[] ordinals) {
    for (int k = 0; k < cardinality.length; k++) {
      if (ordinals[k] < Knob.ABSENT || ordinals[k] >= cardinality[k]) {
        throw new IllegalArgumentException(
            "Knob (" + knobs.get(k).path() + ") has no ordinal (" + ordinals[k] + ").");
      }
    }
    return new DesignSpace(knobs, ordinals.clone());
  }

  /** True if a knob has one value wherever it exists. */
  public boolean isPinned(int knob) {
    return pins[knob] != Knob.ABSENT;
  }

  /** True if some knob is pinned. */
  public boolean isPinned() {
    return Arrays.stream(pins).anyMatch(pin -> pin != Knob.ABSENT);
  }

  /** True if a design has the values of all pinned knobs that exist in it. */
  public boolean contains(int[] design) {
    for (int k = 0; k < pins.length; k++) {
      if (pins[k] != Knob.ABSENT && design[k] != Knob.ABSENT && design[k] != pins[k]) {
        return false;
      }
    }
    return true;
  }

  private static boolean[] existsUnder(Knob knob, List<Knob> knobs) {
    if (!knob.isConditional()) {
      return new boolean[0];
    }
    Knob.Condition condition = knob.condition().orElseThrow();
    if (condition.parent() < 0 || condition.parent() >= knobs.size()) {
      throw new IllegalArgumentException("The parent of knob (" + knob.path() + ") is not a knob.");
    }
    boolean[] exists = new boolean[knobs.get(condition.parent()).cardinality()];
    for (int ordinal : condition.ordinals()) {
      if (ordinal < 0 || ordinal >= exists.length) {
        throw new IllegalArgumentException(
            "The parent of knob (" + knob.path() + ") has no ordinal (" + ordinal + ").");
      }
      exists[ordinal] = true;
    }
    return exists;
  }

  private int[] childrenOf(int knob) {
    List<Integer> found = new ArrayList<>();
    for (int k = 0; k < parent.length; k++) {
      if (parent[k] == knob) {
        found.add(k);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private int place(int knob, int position) {
    order[position] = knob;
    int next = position + 1;
    for (int child : children[knob]) {
      next = place(child, next);
    }
    return next;
  }

  private void countSubtree(int knob) {
    countOfValue[knob] = new BigInteger[cardinality[knob]];
    BigInteger sum = BigInteger.ZERO;
    for (int v = 0; v < cardinality[knob]; v++) {
      BigInteger product = BigInteger.ONE;
      for (int child : children[knob]) {
        if (existsUnder[child][v]) {
          product = product.multiply(count[child]);
        }
      }
      if (pins[knob] != Knob.ABSENT && pins[knob] != v) {
        product = BigInteger.ZERO;
      }
      countOfValue[knob][v] = product;
      sum = sum.add(product);
    }
    count[knob] = sum;
  }

  /** The knobs, in the order of ordinals. */
  public List<Knob> knobs() {
    return knobs;
  }

  /** Number of knobs: length of a design. */
  public int dimension() {
    return cardinality.length;
  }

  /** Number of values of a knob. */
  public int cardinality(int knob) {
    return cardinality[knob];
  }

  /** Exact number of designs. */
  public BigInteger size() {
    return size;
  }

  /** The design of the start values. */
  public int[] start() {
    int[] design = new int[cardinality.length];
    Arrays.fill(design, Knob.ABSENT);
    normalise(design);
    return design;
  }

  /**
   * Makes a design of a vector in place: drops knobs that do not exist, starts those that came into
   * existence, sets those that are pinned.
   */
  public void normalise(int[] ordinals) {
    for (int knob : order) {
      if (!exists(knob, ordinals)) {
        ordinals[knob] = Knob.ABSENT;
      } else if (pins[knob] != Knob.ABSENT) {
        ordinals[knob] = pins[knob];
      } else if (ordinals[knob] == Knob.ABSENT) {
        ordinals[knob] = start[knob];
      }
    }
  }

  private boolean exists(int knob, int[] ordinals) {
    int above = parent[knob];
    return above < 0 || (ordinals[above] != Knob.ABSENT && existsUnder[knob][ordinals[above]]);
  }

  /** True if a vector is a design of this space. */
  public boolean isValid(int[] ordinals) {
    if (ordinals.length != cardinality.length) {
      return false;
    }
    for (int knob : order) {
      int ordinal = ordinals[knob];
      if (exists(knob, ordinals)
          ? ordinal < 0 || ordinal >= cardinality[knob]
          : ordinal != Knob.ABSENT) {
        return false;
      }
    }
    return true;
  }

  /** The first design of the fixed order. */
  public int[] first() {
    int[] design = new int[cardinality.length];
    restart(design, 0);
    return design;
  }

  /**
   * Steps to the next design of the fixed order, in place.
   *
   * @return false if the design was the last; it is then unchanged
   */
  public boolean next(int[] ordinals) {
    for (int i = order.length - 1; i >= 0; i--) {
      int knob = order[i];
      if (pins[knob] == Knob.ABSENT
          && ordinals[knob] != Knob.ABSENT
          && ordinals[knob] < cardinality[knob] - 1) {
        ordinals[knob]++;
        restart(ordinals, i + 1);
        return true;
      }
    }
    return false;
  }

  private void restart(int[] ordinals, int from) {
    for (int i = from; i < order.length; i++) {
      int knob = order[i];
      ordinals[knob] = exists(knob, ordinals) ? Math.max(0, pins[knob]) : Knob.ABSENT;
    }
  }

  /** Number of a design in the fixed order, 0.. */
  public BigInteger rank(int[] ordinals) {
    return rank(roots, Knob.ABSENT, ordinals);
  }

  private BigInteger rank(int[] siblings, int parentOrdinal, int[] ordinals) {
    BigInteger rank = BigInteger.ZERO;
    for (int knob : siblings) {
      if (parentOrdinal == Knob.ABSENT || existsUnder[knob][parentOrdinal]) {
        BigInteger within = rank(children[knob], ordinals[knob], ordinals);
        for (int v = 0; v < ordinals[knob]; v++) {
          within = within.add(countOfValue[knob][v]);
        }
        rank = rank.multiply(count[knob]).add(within);
      }
    }
    return rank;
  }

  /**
   * The design of a number.
   *
   * @throws IndexOutOfBoundsException if the number is negative or not below the size
   */
  public int[] unrank(BigInteger rank) {
    if (rank.signum() < 0 || rank.compareTo(size) >= 0) {
      throw new IndexOutOfBoundsException("The rank (" + rank + ") must be 0 .. " + size + " - 1.");
    }
    int[] design = new int[cardinality.length];
    Arrays.fill(design, Knob.ABSENT);
    unrank(roots, Knob.ABSENT, rank, design);
    return design;
  }

  private void unrank(int[] siblings, int parentOrdinal, BigInteger rank, int[] design) {
    BigInteger rest = rank;
    for (int i = siblings.length - 1; i >= 0; i--) {
      int knob = siblings[i];
      if (parentOrdinal == Knob.ABSENT || existsUnder[knob][parentOrdinal]) {
        BigInteger[] split = rest.divideAndRemainder(count[knob]);
        rest = split[0];
        BigInteger within = split[1];
        int v = 0;
        while (within.compareTo(countOfValue[knob][v]) >= 0) {
          within = within.subtract(countOfValue[knob][v]);
          v++;
        }
        design[knob] = v;
        unrank(children[knob], v, within, design);
      }
    }
  }

  /**
   * Draws a design, each with the same probability.
   *
   * @param random source of randomness
   * @param ordinals receives the design
   */
  public void random(RandomGenerator random, int[] ordinals) {
    for (int knob : order) {
      if (!exists(knob, ordinals)) {
        ordinals[knob] = Knob.ABSENT;
      } else if (pins[knob] != Knob.ABSENT) {
        ordinals[knob] = pins[knob];
      } else if (children[knob].length == 0) {
        ordinals[knob] = random.nextInt(cardinality[knob]);
      } else {
        ordinals[knob] = weighted(knob, random);
      }
    }
  }

  /** A value of a knob with children is drawn in proportion to the designs below it. */
  private int weighted(int knob, RandomGenerator random) {
    BigInteger draw = below(count[knob], random);
    int v = 0;
    while (draw.compareTo(countOfValue[knob][v]) >= 0) {
      draw = draw.subtract(countOfValue[knob][v]);
      v++;
    }
    return v;
  }

  /**
   * Uniform in 0..bound−1: as many random bits as the bound has, drawn again while they exceed it.
   */
  private static BigInteger below(BigInteger bound, RandomGenerator random) {
    if (bound.bitLength() <= 62) {
      return BigInteger.valueOf(random.nextLong(bound.longValueExact()));
    }
    int bits = bound.bitLength();
    byte[] bytes = new byte[(bits + 7) / 8];
    while (true) {
      random.nextBytes(bytes);
      BigInteger draw = new BigInteger(1, bytes).shiftRight(bytes.length * 8 - bits);
      if (draw.compareTo(bound) < 0) {
        return draw;
      }
    }
  }
}
