package dev.kirchhoff.dashboards.view;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.RunEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Evaluated designs as a map by index, stored in columns of primitives. Adding is idempotent and
 * commutative: a design that is there already is left as it is, since equal indices carry equal
 * designs. Events may have more columns of violations than others, since commands to a search
 * append constraints; a design meets those that it was not judged by.
 *
 * <p>Needs for each design about 2 bytes a knob, 8 bytes an objective, 8 bytes a constraint that
 * some design near it misses and 4 bytes a recorded figure that some design near it has: about 250
 * bytes of {@code quickstart.yaml}, 100 of them figures.
 */
final class EvaluationTable {
  private static final int CHUNK = 1024;
  private static final int MASKED = 30;

  private final Map<Long, Chunk> chunks = new TreeMap<>();
  private int knobs = -1;
  private int objectives;
  private int constraints;
  private int figures;
  private long count;
  private long feasible;
  private long end;
  private long[] missed = new long[0];

  /** A block of consecutive indices; columns first, designs second. */
  private static final class Chunk {
    final long[] present = new long[CHUNK / 64];
    final short[][] knobs;
    final double[][] values;

    /** Amounts; a column is absent while no design misses the constraint. */
    private double[][] violations;

    /** Recorded figures; a column is absent while no design has the figure. */
    private float[][] figures = {};

    Chunk(int knobs, int objectives, int constraints) {
      this.knobs = new short[knobs][CHUNK];
      this.values = new double[objectives][CHUNK];
      this.violations = new double[constraints][];
    }

    double violation(int constraint, int at) {
      return constraint >= violations.length || violations[constraint] == null
          ? 0
          : violations[constraint][at];
    }

    void violate(int constraint, int at, double amount) {
      if (violations[constraint] == null) {
        violations[constraint] = new double[CHUNK];
      }
      violations[constraint][at] = amount;
    }

    float figure(int column, int at) {
      return column >= figures.length || figures[column] == null ? Float.NaN : figures[column][at];
    }

    void figure(int column, int at, float figure, int columns) {
      if (figures.length < columns) {
        figures = new float[columns][];
      }
      if (figures[column] == null) {
        figures[column] = new float[CHUNK];
        Arrays.fill(figures[column], Float.NaN);
      }
      figures[column][at] = figure;
    }

    /** Makes room for further columns, in which the designs so far miss nothing. */
    void widen(int constraints) {
      if (constraints > violations.length) {
        violations = Arrays.copyOf(violations, constraints);
      }
    }

    boolean has(int at) {
      return (present[at >> 6] & 1L << at) != 0;
    }
  }

  /**
   * Adds designs.
   *
   * @return those that were not there yet
   * @throws EventFormatException if the columns do not fit each other; then nothing is added
   */
  List<Range> add(RunEvent.Evaluations event) throws EventFormatException {
    check(event);
    float[][] recorded = event.figures().all();
    List<Range> fresh = new ArrayList<>();
    int from = -1;
    for (int i = 0; i < event.count(); i++) {
      boolean added = addOne(event, recorded, i);
      if (added && from < 0) {
        from = i;
      } else if (!added && from >= 0) {
        fresh.add(new Range(event.first() + from, i - from));
        from = -1;
      }
    }
    if (from >= 0) {
      fresh.add(new Range(event.first() + from, event.count() - from));
    }
    return fresh;
  }

  private void check(RunEvent.Evaluations event) throws EventFormatException {
    if (event.knobs() == null || event.values() == null || event.violations() == null) {
      throw new EventFormatException("evaluations lack a column", null);
    }
    if (event.first() < 0 || event.count() < 0) {
      throw new EventFormatException("evaluations with a negative index or count", null);
    }
    for (int[] column : event.knobs()) {
      check(column == null ? -1 : column.length, event.count());
      for (int ordinal : column) {
        if (ordinal < -1 || ordinal > Short.MAX_VALUE) {
          throw new EventFormatException("ordinal " + ordinal + " is out of range", null);
        }
      }
    }
    for (Double[] column : event.values()) {
      check(column == null ? -1 : column.length, event.count());
    }
    for (double[] column : event.violations()) {
      check(column == null ? -1 : column.length, event.count());
    }
    float[][] recorded = event.figures().all();
    for (float[] column : recorded) {
      if (column.length > 0) {
        check(column.length, event.count());
      }
    }
    if (recorded.length > 0 && figures > 0 && recorded.length != figures) {
      throw new EventFormatException("evaluations have other figures than those before", null);
    }
    if (knobs < 0) {
      knobs = event.knobs().length;
      objectives = event.values().length;
    } else if (knobs != event.knobs().length || objectives != event.values().length) {
      throw new EventFormatException("evaluations have other columns than those before", null);
    }
    figures = Math.max(figures, recorded.length);
    constraints = Math.max(constraints, event.violations().length);
    missed = Arrays.copyOf(missed, constraints);
  }

  private static void check(int length, int count) throws EventFormatException {
    if (length != count) {
      throw new EventFormatException(
          "evaluations of " + count + " designs have a column of " + Math.max(0, length), null);
    }
  }

  private boolean addOne(RunEvent.Evaluations event, float[][] recorded, int i) {
    long index = event.first() + i;
    int at = (int) (index % CHUNK);
    Chunk chunk =
        chunks.computeIfAbsent(
            index / CHUNK, key -> new Chunk(knobs, objectives, event.violations().length));
    if (chunk.has(at)) {
      return false;
    }
    chunk.present[at >> 6] |= 1L << at;
    chunk.widen(event.violations().length);
    for (int k = 0; k < knobs; k++) {
      chunk.knobs[k][at] = (short) event.knobs()[k][i];
    }
    boolean met = true;
    boolean valued = false;
    for (int k = 0; k < objectives; k++) {
      Double value = event.values()[k][i];
      chunk.values[k][at] = value == null ? Double.NaN : value;
      valued |= value != null;
    }
    for (int k = 0; k < event.violations().length; k++) {
      double amount = event.violations()[k][i];
      if (amount > 0) {
        chunk.violate(k, at, amount);
        missed[k]++;
        met = false;
      }
    }
    for (int k = 0; k < recorded.length; k++) {
      if (recorded[k].length > 0 && !Float.isNaN(recorded[k][i])) {
        chunk.figure(k, at, recorded[k][i], figures);
      }
    }
    count++;
    if (met && valued) {
      feasible++;
    }
    end = Math.max(end, index + 1);
    return true;
  }

  long count() {
    return count;
  }

  long feasible() {
    return feasible;
  }

  /** One more than the largest index. */
  long end() {
    return end;
  }

  int objectives() {
    return objectives;
  }

  int constraints() {
    return constraints;
  }

  /** Number of designs that miss each constraint. */
  long[] missed() {
    return missed.clone();
  }

  boolean has(long index) {
    Chunk chunk = index < 0 ? null : chunks.get(index / CHUNK);
    return chunk != null && chunk.has((int) (index % CHUNK));
  }

  /** Ordinals of a design that is there. */
  int[] knobs(long index) {
    Chunk chunk = chunks.get(index / CHUNK);
    int[] ordinals = new int[knobs];
    for (int k = 0; k < knobs; k++) {
      ordinals[k] = chunk.knobs[k][(int) (index % CHUNK)];
    }
    return ordinals;
  }

  /** Objective values of a design that is there; NaN = no value. */
  double[] values(long index) {
    Chunk chunk = chunks.get(index / CHUNK);
    double[] values = new double[objectives];
    for (int k = 0; k < objectives; k++) {
      values[k] = chunk.values[k][(int) (index % CHUNK)];
    }
    return values;
  }

  /** Amounts by which a design that is there misses the constraints. */
  double[] violations(long index) {
    Chunk chunk = chunks.get(index / CHUNK);
    double[] amounts = new double[constraints];
    for (int k = 0; k < constraints; k++) {
      amounts[k] = chunk.violation(k, (int) (index % CHUNK));
    }
    return amounts;
  }

  /** Recorded figures of a design that is there, NaN = none; empty if its run keeps none. */
  float[] figures(long index) {
    Chunk chunk = chunks.get(index / CHUNK);
    float[] row = new float[figures];
    for (int k = 0; k < figures; k++) {
      row[k] = chunk.figure(k, (int) (index % CHUNK));
    }
    return row;
  }

  /** A recorded figure of the designs 0 .. {@link #end} − 1; NaN = none, or not received. */
  float[] figure(int column) {
    float[] all = new float[Math.toIntExact(end)];
    Arrays.fill(all, Float.NaN);
    chunks.forEach(
        (number, chunk) -> {
          int base = Math.toIntExact(number * CHUNK);
          for (int at = 0; at < CHUNK && base + at < all.length; at++) {
            all[base + at] = chunk.figure(column, at);
          }
        });
    return all;
  }

  /** Gives every design of a range that is there to a visitor, in the order of indices. */
  void visit(long from, long to, Visitor visitor) {
    for (Map.Entry<Long, Chunk> entry : chunks.entrySet()) {
      long base = entry.getKey() * CHUNK;
      if (base + CHUNK <= from || base >= to) {
        continue;
      }
      Chunk chunk = entry.getValue();
      int last = (int) Math.min(CHUNK, to - base);
      for (int at = (int) Math.max(0, from - base); at < last; at++) {
        if (chunk.has(at)) {
          visitor.design(base + at, chunk.values, at, mask(chunk, at));
        }
      }
    }
  }

  /**
   * Bit mask of the constraints that a design misses: bit k for constraint k, the last bit for all
   * beyond; all bits if it has no value.
   */
  private static int mask(Chunk chunk, int at) {
    int mask = 0;
    for (int k = 0; k < chunk.violations.length; k++) {
      if (chunk.violation(k, at) > 0) {
        mask |= 1 << Math.min(k, MASKED);
      }
    }
    boolean valued = false;
    for (double[] column : chunk.values) {
      valued |= !Double.isNaN(column[at]);
    }
    return mask == 0 && !valued ? Integer.MAX_VALUE : mask;
  }

  /** Receives designs. */
  interface Visitor {
    /**
     * A design.
     *
     * @param index its index
     * @param values columns of objective values
     * @param at its place in the columns
     * @param missed bits of the constraints that it misses, 0 = feasible
     */
    void design(long index, double[][] values, int at, int missed);
  }

  /** A number that equals for equal tables. */
  long checksum() {
    long sum = count * 31 + end;
    for (Map.Entry<Long, Chunk> entry : chunks.entrySet()) {
      Chunk chunk = entry.getValue();
      sum = sum * 31 + Arrays.hashCode(chunk.present);
      sum = sum * 31 + Arrays.deepHashCode(chunk.knobs);
      sum = sum * 31 + Arrays.deepHashCode(chunk.values);
      sum = sum * 31 + Arrays.deepHashCode(chunk.violations);
      sum = sum * 31 + Arrays.deepHashCode(chunk.figures);
    }
    return sum;
  }
}
