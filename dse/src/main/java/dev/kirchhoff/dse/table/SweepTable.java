package dev.kirchhoff.dse.table;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.explore.SweepRows;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Rows of a sweep as a table: {@code index}, one column for each path of a knob, one for each
 * metric, {@code feasible} and {@code missed}, the limits that a design misses, as in {@link
 * RunTable}.
 */
public final class SweepTable {
  private final List<KnobColumn> knobs;
  private final List<String> constraints;
  private final int metrics;
  private final List<Column> columns = new ArrayList<>();

  /**
   * The table of a sweep.
   *
   * @param spec its spec
   * @param metrics its objectives and columns
   * @param constraints texts of its limits
   */
  public SweepTable(DesignSpec spec, List<Objective> metrics, List<String> constraints) {
    knobs = KnobColumn.of(spec.knobs().stream().map(SweepTable::header).toList());
    this.constraints = List.copyOf(constraints);
    this.metrics = metrics.size();
    columns.add(Column.whole("index"));
    knobs.forEach(knob -> columns.add(knob.column()));
    metrics.forEach(metric -> columns.add(Column.number(metric.key())));
    columns.add(Column.flag("feasible"));
    columns.add(Column.word("missed"));
  }

  private static RunEvent.KnobHeader header(Knob knob) {
    return new RunEvent.KnobHeader(
        knob.path(), knob.values().stream().map(SpecText::scalar).toList(), knob.start(), "");
  }

  /** The columns. */
  public List<Column> columns() {
    return List.copyOf(columns);
  }

  /** Some rows of the sweep. */
  public TableRows rows(SweepRows rows) {
    int count = rows.count();
    long[] index = new long[count];
    BitSet feasible = new BitSet();
    String[] missed = new String[count];
    for (int row = 0; row < count; row++) {
      index[row] = rows.first() + row;
      feasible.set(row, rows.isFeasible(row));
      int design = row;
      missed[row] =
          MissedLimits.text(constraints.size(), c -> rows.violation(design, c), constraints::get);
    }
    List<Cells> cells = new ArrayList<>(columns.size());
    cells.add(new Cells.Wholes(index, new BitSet()));
    int[][] ordinals = ordinals(rows);
    knobs.forEach(knob -> cells.add(knob.cells(ordinals, count)));
    for (int m = 0; m < metrics; m++) {
      double[] values = new double[count];
      for (int row = 0; row < count; row++) {
        values[row] = rows.value(row, m);
      }
      cells.add(new Cells.Numbers(values));
    }
    cells.add(new Cells.Flags(feasible));
    cells.add(new Cells.Words(missed));
    return new TableRows(count, cells);
  }

  private static int[][] ordinals(SweepRows rows) {
    int[][] ordinals = new int[rows.count() == 0 ? 0 : rows.ordinals(0).length][rows.count()];
    for (int row = 0; row < rows.count(); row++) {
      int[] own = rows.ordinals(row);
      for (int k = 0; k < own.length; k++) {
        ordinals[k][row] = own[k];
      }
    }
    return ordinals;
  }
}
