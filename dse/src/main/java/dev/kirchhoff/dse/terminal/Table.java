package dev.kirchhoff.dse.terminal;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Table of records, a column at a time: its head, its cell of a record, its layout. Cells are
 * values and are printed by their kind ({@link dev.kirchhoff.arch.spec.Sentence#word}).
 *
 * <pre>{@code
 * new Table<Layer>("  ")
 *     .column("layer", Layer::name)
 *     .column("MACs", Layer::macs).optional(1)
 *     .column("energy", Dimension.ENERGY, Layer::energy_fJ)
 *     .of(layers);
 * }</pre>
 *
 * @param <R> type of the records
 */
public final class Table<R> {
  private final TextTable table;
  private final List<String> heads = new ArrayList<>();
  private final List<Function<? super R, ?>> cells = new ArrayList<>();
  private final SortedMap<Integer, Integer> optional = new TreeMap<>();
  private Function<? super R, List<String>> below = row -> List.of();

  /** A table whose first column is a text. */
  public Table(String indent) {
    table = new TextTable(indent);
  }

  /** Adds a column, aligned to the right. */
  public Table<R> column(String head, Function<? super R, ?> cell) {
    heads.add(head);
    cells.add(cell);
    return this;
  }

  /** Adds a column of quantities in coherent units. */
  public Table<R> column(String head, Dimension dimension, ToDoubleFunction<? super R> value) {
    return column(head, row -> Units.print(value.applyAsDouble(row), dimension));
  }

  /** Aligns the column to the left. */
  public Table<R> left() {
    table.left(last());
    return this;
  }

  /** Makes the column a text: aligned to the left, continued below where it is too long. */
  public Table<R> text() {
    table.texts(last());
    return this;
  }

  /** Keeps the column at any width. */
  public Table<R> keep() {
    table.keep(last());
    return this;
  }

  /** Names the column, which has no head, where a narrow line leaves it out. */
  public Table<R> called(String name) {
    table.called(last(), name);
    return this;
  }

  /** Lets a narrow line go without the column, after those of lower turns. */
  public Table<R> optional(int turn) {
    optional.put(turn, last());
    return this;
  }

  /** Shows the column only under a condition. */
  public Table<R> onlyIf(boolean isShown) {
    if (!isShown) {
      heads.set(last(), "");
      cells.set(last(), row -> "");
    }
    return this;
  }

  /** Prints lines of text below each row, with their indentation. */
  public Table<R> below(Function<? super R, List<String>> lines) {
    below = lines;
    return this;
  }

  private int last() {
    return heads.size() - 1;
  }

  /** The table of some records. */
  public TextTable of(Collection<? extends R> rows) {
    optional.values().forEach(table::optional);
    if (heads.stream().anyMatch(head -> !head.isEmpty())) {
      table.head(heads.toArray(String[]::new));
    }
    for (R row : rows) {
      table.row(cells.stream().map(cell -> cell.apply(row)).toArray());
      below.apply(row).forEach(table::below);
    }
    return table;
  }
}
