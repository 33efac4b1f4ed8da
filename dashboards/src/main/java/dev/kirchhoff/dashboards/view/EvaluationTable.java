package dev.kirchhoff.dashboards.view;

import dev.kirchhoff.arch.event.EventFormatException;
import dev.kirchhoff.arch.event.RunEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Evaluated designs as a map by index, stored in columns of primitives. Adding is idempotent and
 * commutative: a design that is there already is left as it is, since equal indices carry equal
 * designs. Events may have more columns of violations than others, since commands to a search
 * append constraints; a design meets those that it was not judged by.
 *
 * <p>Needs for each kept design about 2 bytes a knob, 8 bytes an objective, 8 bytes a constraint
 * that some design near it misses and 4 bytes a figure that some design near it has: about 150
 * bytes of {@code quickstart.yaml}, and 100 more once its costs by circuit family are computed.
 *
 * <p>A table that is thinned s times keeps a stratified sample, one of each 2^s consecutive designs
 * drawn by a fixed hash of their numbers, and every pinned design. Each sample holds the next one,
 * so it depends on s and the set of designs, never on their order. Counts stay those of all
 * designs.
 */
final class EvaluationTable {
  private static final int CHUNK = 1024;
  private static final int MASKED = 30;

  /** Designs of a block of {@link #seen}. */
  private static final int SEEN = 1 << 16;

  /** Designs below which a table is not thinned any further (chosen: what any plot needs). */
  private static final int FEWEST = 4096;

  /** Rows that wait to be pinned: a front's change follows its designs within a round. */
  private static final int RECENT = 16_384;

  private final NavigableMap<Long, Chunk> chunks = new TreeMap<>();

  /** Pinned designs that are not in the sample, each a block of one. */
  private final NavigableMap<Long, Chunk> apart = new TreeMap<>();

  private final Set<Long> pinned = new HashSet<>();
  private final Map<Long, long[]> seen = new TreeMap<>();
  private final Deque<RunEvent.Evaluations> recent = new ArrayDeque<>();
  private int recentCount;
  private int shift;
  private long kept;
  private long bytes;
  private boolean hasColumns;
  private int knobs;
  private int objectives;
  private int constraints;
  private int figures;
  private long count;
  private long feasible;
  private long end;
  private long[] missed = new long[0];

  /** Columns of figures of a block; one is absent while no design has the figure. */
  private static final class FigureColumns {
    private float[][] columns = {};

    float get(int column, int at) {
      return column >= columns.length || columns[column] == null ? Float.NaN : columns[column][at];
    }

    /** Sets the figures of a row of so many; returns the bytes that this took. */
    long set(float[] row, int at, int size) {
      int made = 0;
      for (int k = 0; k < row.length; k++) {
        if (Float.isNaN(row[k])) {
          continue;
        }
        if (columns.length < row.length) {
          columns = Arrays.copyOf(columns, row.length);
        }
        if (columns[k] == null) {
          columns[k] = new float[size];
          Arrays.fill(columns[k], Float.NaN);
          made++;
        }
        columns[k][at] = row[k];
      }
      return (long) made * size * Float.BYTES;
    }

    /** Drops all figures of so many rows; returns the bytes that this frees. */
    long clear(int size) {
      long made = Arrays.stream(columns).filter(Objects::nonNull).count();
      columns = new float[0][];
      return made * size * Float.BYTES;
    }

    float[] row(int at, int count) {
      float[] row = new float[count];
      for (int k = 0; k < count; k++) {
        row[k] = get(k, at);
      }
      return row;
    }
  }

  /** A block of rows; columns first, designs second. */
  private static final class Chunk {
    final int size;
    final long[] present;

    /** Designs whose costs by circuit family were computed. */
    final long[] priced;

    long bytes;
    final short[][] knobs;
    final double[][] values;

    /** Amounts; a column is absent while no design misses the constraint. */
    private double[][] violations;

    final FigureColumns figures = new FigureColumns();

    /** Costs by circuit family. */
    final FigureColumns costs = new FigureColumns();

    Chunk(int size, int knobs, int objectives, int constraints) {
      this.size = size;
      this.present = new long[(size + 63) / 64];
      this.priced = new long[present.length];
      this.knobs = new short[knobs][size];
      this.values = new double[objectives][size];
      this.violations = new double[constraints][];
      this.bytes = (long) size * (Short.BYTES * knobs + Double.BYTES * objectives) + size / 4;
    }

    double violation(int constraint, int at) {
      return constraint >= violations.length || violations[constraint] == null
          ? 0
          : violations[constraint][at];
    }

    void violate(int constraint, int at, double amount) {
      if (violations[constraint] == null) {
        violations[constraint] = new double[size];
        bytes += (long) size * Double.BYTES;
      }
      violations[constraint][at] = amount;
    }

    void figures(float[] row, int at) {
      bytes += figures.set(row, at, size);
    }

    void price(float[] row, int at) {
      priced[at >> 6] |= 1L << at;
      bytes += costs.set(row, at, size);
    }

    void unprice() {
      Arrays.fill(priced, 0);
      bytes -= costs.clear(size);
    }

    /** True if costs of a design are to be computed. */
    boolean lacksCosts(int at) {
      return (priced[at >> 6] & 1L << at) == 0 && RunEvent.Evaluations.isValued(values, at);
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

    /** Copies a row of another block that has the same columns. */
    void copy(Chunk from, int row, int at) {
      present[at >> 6] |= 1L << at;
      for (int k = 0; k < knobs.length; k++) {
        knobs[k][at] = from.knobs[k][row];
      }
      for (int k = 0; k < values.length; k++) {
        values[k][at] = from.values[k][row];
      }
      widen(from.violations.length);
      for (int k = 0; k < from.violations.length; k++) {
        if (from.violation(k, row) > 0) {
          violate(k, at, from.violation(k, row));
        }
      }
      figures(from.figures.row(row, from.figures.columns.length), at);
      if ((from.priced[row >> 6] & 1L << row) != 0) {
        price(from.costs.row(row, from.costs.columns.length), at);
      }
    }
  }

  /** A row of a block. */
  private record Row(Chunk chunk, int at) {}

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
    if (shift > 0) {
      remember(event);
    }
    int added = 0;
    for (int i = 0; i < event.count(); i++) {
      if (addOne(event, recorded, i)) {
        added++;
      } else if (added > 0) {
        fresh.add(new Range(event.first() + i - added, added));
        added = 0;
      }
    }
    if (added > 0) {
      fresh.add(new Range(event.first() + event.count() - added, added));
    }
    return fresh;
  }

  private void check(RunEvent.Evaluations event) throws EventFormatException {
    if (event.knobs() == null || event.values() == null || event.violations() == null) {
      throw new EventFormatException("evaluations lack a column", null);
    }
    if (event.first() < 0
        || event.count() < 0
        || event.first() > Integer.MAX_VALUE - event.count()) {
      throw new EventFormatException("evaluations with an index or count out of range", null);
    }
    for (int[] column : event.knobs()) {
      check(column == null ? -1 : column.length, event.count());
      for (int ordinal : column) {
        if (ordinal < -1 || ordinal > Short.MAX_VALUE) {
          throw new EventFormatException("ordinal " + ordinal + " is out of range", null);
        }
      }
    }
    for (double[] column : event.values()) {
      check(column == null ? -1 : column.length, event.count());
    }
    for (double[] column : event.violations()) {
      check(column == null ? -1 : column.length, event.count());
    }
    float[][] recorded = event.figures().all();
    for (float[] column : recorded) {
      check(column.length, event.count());
    }
    if (recorded.length > 0 && figures > 0 && recorded.length != figures) {
      throw new EventFormatException("evaluations have other figures than those before", null);
    }
    if (!hasColumns) {
      hasColumns = true;
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

  private void remember(RunEvent.Evaluations event) {
    recent.addLast(event);
    recentCount += event.count();
    while (recentCount > RECENT && recent.size() > 1) {
      recentCount -= recent.removeFirst().count();
    }
  }

  private boolean addOne(RunEvent.Evaluations event, float[][] recorded, int i) {
    long index = event.first() + i;
    long[] block = seen.computeIfAbsent(index / SEEN, key -> new long[SEEN / 64]);
    int bit = (int) (index % SEEN);
    boolean isNew = (block[bit >> 6] & 1L << bit) == 0;
    if (isNew) {
      block[bit >> 6] |= 1L << bit;
      count(event, i);
      end = Math.max(end, index + 1);
    }
    if (isNew && isSampled(index) || pinned.contains(index) && row(index) == null) {
      store(index, event, recorded, i);
    }
    return isNew;
  }

  private void count(RunEvent.Evaluations event, int i) {
    boolean met = true;
    for (int k = 0; k < event.violations().length; k++) {
      if (event.violations()[k][i] > 0) {
        missed[k]++;
        met = false;
      }
    }
    count++;
    if (met && RunEvent.Evaluations.isValued(event.values(), i)) {
      feasible++;
    }
  }

  private void store(long index, RunEvent.Evaluations event, float[][] recorded, int i) {
    Row row = place(index);
    Chunk chunk = row.chunk;
    int at = row.at;
    long before = chunk.bytes;
    chunk.present[at >> 6] |= 1L << at;
    chunk.widen(event.violations().length);
    for (int k = 0; k < knobs; k++) {
      chunk.knobs[k][at] = (short) event.knobs()[k][i];
    }
    for (int k = 0; k < objectives; k++) {
      chunk.values[k][at] = event.values()[k][i];
    }
    for (int k = 0; k < event.violations().length; k++) {
      double amount = event.violations()[k][i];
      if (amount > 0) {
        chunk.violate(k, at, amount);
      }
    }
    float[] figuresOf = new float[recorded.length];
    for (int k = 0; k < recorded.length; k++) {
      figuresOf[k] = recorded[k][i];
    }
    chunk.figures(figuresOf, at);
    kept++;
    bytes += chunk.bytes - before;
  }

  /** The row for a design that is not there yet. */
  private Row place(long index) {
    if (!isSampled(index)) {
      return new Row(block(apart, index, 1), 0);
    }
    long slot = index >> shift;
    return new Row(block(chunks, slot / CHUNK, CHUNK), (int) (slot % CHUNK));
  }

  private Chunk block(Map<Long, Chunk> of, long key, int size) {
    Chunk chunk = of.get(key);
    if (chunk == null) {
      chunk = new Chunk(size, knobs, objectives, constraints);
      bytes += chunk.bytes;
      of.put(key, chunk);
    }
    return chunk;
  }

  /** The row of a design; null if it is not kept. */
  private Row row(long index) {
    if (index < 0) {
      return null;
    }
    if (!isSampled(index)) {
      Chunk chunk = apart.get(index);
      return chunk == null ? null : new Row(chunk, 0);
    }
    long slot = index >> shift;
    Chunk chunk = chunks.get(slot / CHUNK);
    int at = (int) (slot % CHUNK);
    return chunk == null || !chunk.has(at) ? null : new Row(chunk, at);
  }

  private boolean isSampled(long index) {
    return shift == 0 || sampled(index >> shift, shift) == index;
  }

  /** The design that is kept of a block of 2^level consecutive ones. */
  private static long sampled(long block, int level) {
    long at = block;
    for (int l = level; l > 0; l--) {
      at = (at << 1) + half(at, l);
    }
    return at;
  }

  /** The half of a block from which its design is taken: a bit of splitmix64's finalizer. */
  private static long half(long block, int level) {
    long z = block * 64 + level + 0x632be59bd9b4e019L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return (z ^ (z >>> 31)) & 1;
  }

  /**
   * Halves the sample.
   *
   * @return whether there was enough to halve
   */
  boolean thin() {
    if (kept - apart.size() <= FEWEST) {
      return false;
    }
    NavigableMap<Long, Chunk> old = new TreeMap<>(chunks);
    chunks.clear();
    int before = shift++;
    kept = apart.size();
    bytes = 0;
    apart.values().forEach(chunk -> bytes += chunk.bytes);
    while (!old.isEmpty()) {
      Map.Entry<Long, Chunk> entry = old.pollFirstEntry();
      for (int at = 0; at < CHUNK; at++) {
        long index = sampled(entry.getKey() * CHUNK + at, before);
        if (entry.getValue().has(at) && (isSampled(index) || pinned.contains(index))) {
          Row row = place(index);
          long columns = row.chunk.bytes;
          row.chunk.copy(entry.getValue(), at, row.at);
          bytes += row.chunk.bytes - columns;
          kept++;
        }
      }
    }
    return true;
  }

  /** Keeps a design whatever the sample; one that is known and was let go has to come again. */
  void pin(long index) {
    pinned.add(index);
    if (shift > 0 && row(index) == null) {
      for (RunEvent.Evaluations event : recent) {
        if (index >= event.first() && index < event.first() + event.count()) {
          store(index, event, event.figures().all(), (int) (index - event.first()));
          return;
        }
      }
    }
  }

  /** Leaves a design to the sample. */
  void unpin(long index) {
    pinned.remove(index);
    Chunk chunk = apart.remove(index);
    if (chunk != null) {
      bytes -= chunk.bytes;
      kept--;
    }
  }

  /** True if a pinned design was let go before it was pinned. */
  boolean lacksPinned() {
    return shift > 0 && pinned.stream().anyMatch(index -> isSeen(index) && row(index) == null);
  }

  private boolean isSeen(long index) {
    long[] block = seen.get(index / SEEN);
    int bit = (int) (index % SEEN);
    return block != null && (block[bit >> 6] & 1L << bit) != 0;
  }

  /** Designs that are kept. */
  long kept() {
    return kept;
  }

  /** Designs of which the sample keeps one: a power of two. */
  long stride() {
    return 1L << shift;
  }

  /** Bytes of the columns. */
  long bytes() {
    return bytes + (long) seen.size() * SEEN / 8;
  }

  /** Designs received. */
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

  /** True if a design is kept. */
  boolean has(long index) {
    return row(index) != null;
  }

  /** Ordinals of a design that is kept. */
  int[] knobs(long index) {
    Row row = row(index);
    int[] ordinals = new int[knobs];
    for (int k = 0; k < knobs; k++) {
      ordinals[k] = row.chunk.knobs[k][row.at];
    }
    return ordinals;
  }

  /** Objective values of a design that is kept; NaN = no value. */
  double[] values(long index) {
    Row row = row(index);
    double[] values = new double[objectives];
    for (int k = 0; k < objectives; k++) {
      values[k] = row.chunk.values[k][row.at];
    }
    return values;
  }

  /** Amounts by which a design that is kept misses the constraints. */
  double[] violations(long index) {
    Row row = row(index);
    double[] amounts = new double[constraints];
    for (int k = 0; k < constraints; k++) {
      amounts[k] = row.chunk.violation(k, row.at);
    }
    return amounts;
  }

  /** Recorded figures of a design that is kept, NaN = none; empty if its run keeps none. */
  float[] figures(long index) {
    Row row = row(index);
    return row.chunk.figures.row(row.at, figures);
  }

  /**
   * Kept designs whose costs by circuit family are to be computed.
   *
   * @param ranges numbers of the designs that are asked for, rising
   * @param from number of the first design that is looked at, behind those found before
   * @param most number of designs from which on no further block is read
   */
  List<Long> unpriced(List<Range> ranges, long from, int most) {
    List<Long> found = new ArrayList<>();
    RowVisitor visitor =
        (index, chunk, at) -> {
          if (chunk.lacksCosts(at)) {
            found.add(index);
          }
        };
    long step = (long) CHUNK << shift;
    for (Range range : ranges) {
      long to = Math.min(end, range.first() + range.count());
      for (long first = Math.max(from, range.first());
          first < to && found.size() < most;
          first += step) {
        rows(first, Math.min(to, first + step), visitor);
      }
    }
    return found;
  }

  /** Number of kept designs in some ranges whose costs are to be computed. */
  long unpriced(List<Range> ranges) {
    long[] count = {0};
    RowVisitor visitor = (index, chunk, at) -> count[0] += chunk.lacksCosts(at) ? 1 : 0;
    ranges.forEach(range -> rows(range.first(), range.first() + range.count(), visitor));
    return count[0];
  }

  /** Takes the costs of a design that is kept. */
  void price(long index, float[] costs) {
    Row row = row(index);
    long before = row.chunk.bytes;
    row.chunk.price(costs, row.at);
    bytes += row.chunk.bytes - before;
  }

  /** Drops the costs of all designs. */
  void unprice() {
    for (NavigableMap<Long, Chunk> blocks : List.of(chunks, apart)) {
      for (Chunk chunk : blocks.values()) {
        long before = chunk.bytes;
        chunk.unprice();
        bytes += chunk.bytes - before;
      }
    }
  }

  /** Kept designs in the order of their numbers, with the places of their rows. */
  private static final class RowList {
    int[] index = new int[CHUNK];
    Chunk[] chunk = new Chunk[CHUNK];
    int[] at = new int[CHUNK];
    int size;

    void add(long design, Chunk block, int row) {
      if (size == index.length) {
        index = Arrays.copyOf(index, 2 * size);
        chunk = Arrays.copyOf(chunk, 2 * size);
        at = Arrays.copyOf(at, 2 * size);
      }
      index[size] = Math.toIntExact(design);
      chunk[size] = block;
      at[size++] = row;
    }
  }

  /**
   * Columns of kept designs, in the order of their numbers.
   *
   * @param ranges numbers of the designs that are asked for
   * @param names names of columns ({@link DesignColumns.Column}); those that are not known are left
   *     out
   * @param recorded keys of the recorded figures, in their order
   * @param costs keys of the costs by circuit family, in their order; with one of them among the
   *     names, designs whose costs are to be computed are left out
   */
  List<DesignColumns.Column> columns(
      List<Range> ranges, List<String> names, List<String> recorded, List<String> costs) {
    RowList rows = new RowList();
    boolean isPriced = names.stream().anyMatch(costs::contains);
    RowVisitor visitor =
        isPriced
            ? (index, chunk, at) -> {
              if (!chunk.lacksCosts(at)) {
                rows.add(index, chunk, at);
              }
            }
            : rows::add;
    ranges.stream()
        .sorted(Comparator.comparingLong(Range::first))
        .forEach(range -> rows(range.first(), range.first() + range.count(), visitor));
    return names.stream().flatMap(name -> column(name, rows, recorded, costs).stream()).toList();
  }

  private Optional<DesignColumns.Column> column(
      String name, RowList rows, List<String> recorded, List<String> costs) {
    if (name.equals("index")) {
      DesignColumns.Column column =
          DesignColumns.Column.of(name, DesignColumns.Type.INT32, rows.size);
      column.bytes().asIntBuffer().put(rows.index, 0, rows.size);
      return Optional.of(column);
    }
    if (name.equals("missed")) {
      DesignColumns.Column column =
          DesignColumns.Column.of(name, DesignColumns.Type.INT32, rows.size);
      for (int i = 0; i < rows.size; i++) {
        column.bytes().putInt(Integer.BYTES * i, mask(rows.chunk[i], rows.at[i]));
      }
      return Optional.of(column);
    }
    OptionalInt knob = place("knob.", name, knobs);
    if (knob.isPresent()) {
      return Optional.of(knob(name, rows, knob.getAsInt()));
    }
    OptionalInt objective = place("objective.", name, objectives);
    if (objective.isPresent()) {
      DesignColumns.Column column =
          DesignColumns.Column.of(name, DesignColumns.Type.FLOAT64, rows.size);
      for (int i = 0; i < rows.size; i++) {
        double value = rows.chunk[i].values[objective.getAsInt()][rows.at[i]];
        column.bytes().putDouble(Double.BYTES * i, value);
      }
      return Optional.of(column);
    }
    boolean isCost = costs.contains(name);
    int figure = (isCost ? costs : recorded).indexOf(name);
    if (figure < 0) {
      return Optional.empty();
    }
    DesignColumns.Column column =
        DesignColumns.Column.of(name, DesignColumns.Type.FLOAT32, rows.size);
    for (int i = 0; i < rows.size; i++) {
      FigureColumns of = isCost ? rows.chunk[i].costs : rows.chunk[i].figures;
      column.bytes().putFloat(Float.BYTES * i, of.get(figure, rows.at[i]));
    }
    return Optional.of(column);
  }

  /** Ordinals of a knob, in bytes where they fit. */
  private static DesignColumns.Column knob(String name, RowList rows, int knob) {
    int largest = 0;
    for (int i = 0; i < rows.size; i++) {
      largest = Math.max(largest, rows.chunk[i].knobs[knob][rows.at[i]]);
    }
    boolean isByte = largest <= Byte.MAX_VALUE;
    DesignColumns.Column column =
        DesignColumns.Column.of(
            name, isByte ? DesignColumns.Type.INT8 : DesignColumns.Type.INT16, rows.size);
    for (int i = 0; i < rows.size; i++) {
      short ordinal = rows.chunk[i].knobs[knob][rows.at[i]];
      if (isByte) {
        column.bytes().put(i, (byte) ordinal);
      } else {
        column.bytes().putShort(Short.BYTES * i, ordinal);
      }
    }
    return column;
  }

  /** The number behind a prefix, below a bound. */
  private static OptionalInt place(String prefix, String name, int bound) {
    if (!name.startsWith(prefix) || !name.substring(prefix.length()).matches("[0-9]{1,5}")) {
      return OptionalInt.empty();
    }
    int place = Integer.parseInt(name.substring(prefix.length()));
    return place < bound ? OptionalInt.of(place) : OptionalInt.empty();
  }

  /** Number of knobs, 0 before a design was read. */
  int knobs() {
    return knobs;
  }

  /** Receives rows. */
  private interface RowVisitor {
    void row(long index, Chunk chunk, int at);
  }

  private void rows(long from, long to, RowVisitor visitor) {
    if (from >= to) {
      return;
    }
    var others = apart.subMap(from, to).entrySet().iterator();
    Map.Entry<Long, Chunk> other = others.hasNext() ? others.next() : null;
    long first = (from >> shift) / CHUNK;
    long last = (to - 1 >> shift) / CHUNK;
    for (Map.Entry<Long, Chunk> entry : chunks.subMap(first, true, last, true).entrySet()) {
      for (int at = 0; at < CHUNK; at++) {
        if (!entry.getValue().has(at)) {
          continue;
        }
        long index = sampled(entry.getKey() * CHUNK + at, shift);
        while (other != null && other.getKey() < index) {
          visitor.row(other.getKey(), other.getValue(), 0);
          other = others.hasNext() ? others.next() : null;
        }
        if (index >= from && index < to) {
          visitor.row(index, entry.getValue(), at);
        }
      }
    }
    while (other != null) {
      visitor.row(other.getKey(), other.getValue(), 0);
      other = others.hasNext() ? others.next() : null;
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
    return mask == 0 && !RunEvent.Evaluations.isValued(chunk.values, at) ? Integer.MAX_VALUE : mask;
  }

  /** A number that equals for equal tables. */
  long checksum() {
    long[] sum = {(count * 31 + end) * 31 + kept};
    rows(
        0,
        Long.MAX_VALUE,
        (index, chunk, at) -> {
          sum[0] = sum[0] * 31 + index;
          sum[0] = sum[0] * 31 + Arrays.hashCode(knobs(index));
          sum[0] = sum[0] * 31 + Arrays.hashCode(values(index));
          sum[0] = sum[0] * 31 + Arrays.hashCode(violations(index));
          sum[0] = sum[0] * 31 + Arrays.hashCode(figures(index));
        });
    return sum[0];
  }
}
