package dev.kirchhoff.dse.table;

import dev.kirchhoff.arch.event.RunEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongBiFunction;

/**
 * Columns of a table of designs, each stated once: its name with the unit, its kind, and its cells
 * of some rows. So that heads and cells cannot part.
 *
 * @param <R> consecutive rows, as events or results bring them
 */
final class TableColumns<R> {
  private final ToIntFunction<R> count;
  private final List<Column> columns = new ArrayList<>();
  private final List<Function<R, Cells>> cells = new ArrayList<>();

  /** No columns yet, of rows of a number. */
  TableColumns(ToIntFunction<R> count) {
    this.count = count;
  }

  /** Ordinals of designs. */
  @FunctionalInterface
  interface Ordinals<R> {
    /** Ordinal of a knob in a row; negative where it does not exist. */
    int of(R rows, int knob, int row);
  }

  /** Adds a column by its cells of all rows. */
  TableColumns<R> add(Column column, Function<R, Cells> of) {
    columns.add(column);
    cells.add(of);
    return this;
  }

  TableColumns<R> whole(String name, ToLongBiFunction<R, Integer> value) {
    return add(
        Column.whole(name),
        rows -> {
          long[] values = new long[count.applyAsInt(rows)];
          Arrays.setAll(values, row -> value.applyAsLong(rows, row));
          return new Cells.Wholes(values, new BitSet());
        });
  }

  TableColumns<R> number(String name, ToDoubleBiFunction<R, Integer> value) {
    return add(
        Column.number(name),
        rows -> {
          double[] values = new double[count.applyAsInt(rows)];
          Arrays.setAll(values, row -> value.applyAsDouble(rows, row));
          return new Cells.Numbers(values);
        });
  }

  TableColumns<R> flag(String name, BiPredicate<R, Integer> value) {
    return add(
        Column.flag(name),
        rows -> {
          BitSet values = new BitSet();
          for (int row = 0; row < count.applyAsInt(rows); row++) {
            values.set(row, value.test(rows, row));
          }
          return new Cells.Flags(values);
        });
  }

  TableColumns<R> word(String name, BiFunction<R, Integer, String> value) {
    return add(
        Column.word(name),
        rows -> {
          String[] values = new String[count.applyAsInt(rows)];
          Arrays.setAll(values, row -> value.apply(rows, row));
          return new Cells.Words(values);
        });
  }

  /** Adds a column for each path of a knob. */
  TableColumns<R> knobs(List<RunEvent.KnobHeader> knobs, Ordinals<R> ordinals) {
    for (KnobColumn knob : KnobColumn.of(knobs)) {
      add(
          knob.column(),
          rows -> knob.cells((k, row) -> ordinals.of(rows, k, row), count.applyAsInt(rows)));
    }
    return this;
  }

  /** The columns. */
  List<Column> columns() {
    return List.copyOf(columns);
  }

  /** Some rows with the cells of all columns. */
  TableRows rows(R rows) {
    return new TableRows(
        count.applyAsInt(rows), cells.stream().map(cell -> cell.apply(rows)).toList());
  }
}
