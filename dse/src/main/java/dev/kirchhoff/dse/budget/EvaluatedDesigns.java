package dev.kirchhoff.dse.budget;

import dev.kirchhoff.dse.space.Packing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Designs with their results, by the design itself and by index in order of arrival.
 *
 * <p>No object per design: packed ordinals, objectives, violations and the hash table are pages of
 * primitives. A design of 12 knobs and 3 objectives takes about 48 bytes, one of 80 knobs about 63,
 * and 4 more for each constraint; 10 million fit well below 2 GB. The result of a design that is
 * already there is never replaced.
 *
 * <p>Reading from several threads is safe while nobody writes.
 */
public final class EvaluatedDesigns {
  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int PAGE_MASK = PAGE - 1;
  static final float[] UNRECORDED = {};

  /** Free slot of the hash table. */
  private static final int FREE = -1;

  private final Packing packing;
  private final int words;
  private final int objectives;
  private final int constraints;
  private final int kept;
  private final int recorded;
  private final List<long[]> keys = new ArrayList<>();
  private final List<double[]> values = new ArrayList<>();
  private final List<float[]> totals = new ArrayList<>();
  private final List<double[]> amounts = new ArrayList<>();
  private final List<float[]> shares = new ArrayList<>();
  private final List<float[]> figures = new ArrayList<>();
  private int[] table = emptyTable(1 << 10);
  private int size;

  /**
   * An empty memo.
   *
   * @param packing packing of the space
   * @param objectives objectives of a design
   * @param constraints violations of a design
   * @param keepAmounts whether their amounts are kept; their shares of the limits always are
   */
  public EvaluatedDesigns(Packing packing, int objectives, int constraints, boolean keepAmounts) {
    this(packing, objectives, constraints, keepAmounts, 0);
  }

  /** An empty memo of a round, which keeps amounts and recorded figures for the log. */
  static EvaluatedDesigns ofRound(Packing packing, int objectives, int constraints, int recorded) {
    return new EvaluatedDesigns(packing, objectives, constraints, true, recorded);
  }

  private EvaluatedDesigns(
      Packing packing, int objectives, int constraints, boolean keepAmounts, int recorded) {
    this.recorded = recorded;
    this.packing = packing;
    this.words = packing.words();
    this.objectives = objectives;
    this.constraints = constraints;
    this.kept = keepAmounts ? constraints : 0;
  }

  private static int[] emptyTable(int capacity) {
    int[] table = new int[capacity];
    Arrays.fill(table, FREE);
    return table;
  }

  /** Number of designs. */
  public int size() {
    return size;
  }

  /** Index of a packed design; empty if it is not there. */
  public OptionalInt find(long[] key) {
    for (int slot = slot(key, 0); ; slot = slot + 1 & table.length - 1) {
      int index = table[slot];
      if (index == FREE) {
        return OptionalInt.empty();
      }
      if (matches(index, key)) {
        return OptionalInt.of(index);
      }
    }
  }

  /**
   * Adds a design that is not there yet.
   *
   * @param key packed design
   * @param objectiveValues its objectives
   * @param violationAmounts its violations; not read if none are kept
   * @param relative the same as shares of the limits
   * @param relativeTotal sum of its relative violations
   * @return its index
   * @throws IllegalStateException if there are more than 2³⁰ designs
   */
  public int add(
      long[] key,
      double[] objectiveValues,
      double[] violationAmounts,
      double[] relative,
      float relativeTotal) {
    return add(key, objectiveValues, violationAmounts, relative, relativeTotal, UNRECORDED);
  }

  /** Adds a design with its recorded figures. */
  int add(
      long[] key,
      double[] objectiveValues,
      double[] violationAmounts,
      double[] relative,
      float relativeTotal,
      float[] recordedFigures) {
    if (size == 1 << 30) {
      throw new IllegalStateException("The memo is full (" + size + " designs).");
    }
    if (2 * (size + 1) > table.length) {
      grow();
    }
    int page = size >> PAGE_BITS;
    int at = size & PAGE_MASK;
    if (page == keys.size()) {
      keys.add(new long[PAGE * words]);
      values.add(new double[PAGE * objectives]);
      amounts.add(new double[PAGE * kept]);
      shares.add(new float[PAGE * constraints]);
      totals.add(new float[PAGE]);
      figures.add(new float[PAGE * recorded]);
    }
    System.arraycopy(recordedFigures, 0, figures.get(page), at * recorded, recorded);
    System.arraycopy(key, 0, keys.get(page), at * words, words);
    System.arraycopy(objectiveValues, 0, values.get(page), at * objectives, objectives);
    System.arraycopy(violationAmounts, 0, amounts.get(page), at * kept, kept);
    for (int c = 0; c < constraints; c++) {
      shares.get(page)[at * constraints + c] = (float) relative[c];
    }
    totals.get(page)[at] = relativeTotal;
    int slot = slot(key, 0);
    while (table[slot] != FREE) {
      slot = slot + 1 & table.length - 1;
    }
    table[slot] = size;
    return size++;
  }

  /**
   * Adds a design of another memo of the same space, with its objectives and its relative total.
   */
  public int addFrom(EvaluatedDesigns other, int index) {
    long[] key = new long[words];
    double[] objectiveValues = new double[objectives];
    other.key(index, key);
    for (int m = 0; m < objectives; m++) {
      objectiveValues[m] = other.objective(index, m);
    }
    double[] violations = new double[constraints];
    double[] relative = new double[constraints];
    for (int c = 0; c < constraints; c++) {
      violations[c] = kept == 0 ? 0 : other.violation(index, c);
      relative[c] = other.relative(index, c);
    }
    return add(key, objectiveValues, violations, relative, other.relativeTotal(index));
  }

  /** Forgets all designs and keeps the memory. */
  public void clear() {
    size = 0;
    Arrays.fill(table, FREE);
  }

  /** Copies a packed design. */
  public void key(int index, long[] into) {
    System.arraycopy(keys.get(index >> PAGE_BITS), (index & PAGE_MASK) * words, into, 0, words);
  }

  /** Unpacks a design. */
  public void ordinals(int index, int[] into) {
    packing.unpack(keys.get(index >> PAGE_BITS), (index & PAGE_MASK) * words, into);
  }

  /** An objective of a design; NaN = no value. */
  public double objective(int index, int objective) {
    return values.get(index >> PAGE_BITS)[(index & PAGE_MASK) * objectives + objective];
  }

  /** The amount of a violation of a design, if amounts are kept. */
  public double violation(int index, int constraint) {
    return amounts.get(index >> PAGE_BITS)[(index & PAGE_MASK) * kept + constraint];
  }

  /** A recorded figure of a design, if those are kept; NaN = none. */
  public float recorded(int index, int column) {
    return figures.get(index >> PAGE_BITS)[(index & PAGE_MASK) * recorded + column];
  }

  /** A violation of a design as a share of the limit. */
  public float relative(int index, int constraint) {
    return shares.get(index >> PAGE_BITS)[(index & PAGE_MASK) * constraints + constraint];
  }

  /** Sum of the relative violations of a design, a missing objective counted as 1; 0 = feasible. */
  public float relativeTotal(int index) {
    return totals.get(index >> PAGE_BITS)[index & PAGE_MASK];
  }

  private boolean matches(int index, long[] key) {
    long[] page = keys.get(index >> PAGE_BITS);
    int at = (index & PAGE_MASK) * words;
    for (int w = 0; w < words; w++) {
      if (page[at + w] != key[w]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Finaliser of SplitMix64 over the words (Steele, Lea, Flood, OOPSLA 2014, DOI
   * 10.1145/2660193.2660195).
   */
  private int slot(long[] key, int offset) {
    long hash = 0;
    for (int w = 0; w < words; w++) {
      hash = (hash ^ key[offset + w]) * 0xbf58476d1ce4e5b9L;
      hash ^= hash >>> 29;
    }
    hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
    return (int) (hash ^ hash >>> 31) & table.length - 1;
  }

  private void grow() {
    table = emptyTable(table.length * 2);
    for (int index = 0; index < size; index++) {
      int slot = slot(keys.get(index >> PAGE_BITS), (index & PAGE_MASK) * words);
      while (table[slot] != FREE) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = index;
    }
  }
}
