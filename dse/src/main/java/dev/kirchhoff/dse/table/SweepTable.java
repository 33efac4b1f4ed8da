package dev.kirchhoff.dse.table;

import dev.kirchhoff.arch.design.DesignSpec;
import dev.kirchhoff.arch.design.SpecText;
import dev.kirchhoff.arch.event.RunEvent;
import dev.kirchhoff.arch.result.Objective;
import dev.kirchhoff.arch.spec.Knob;
import dev.kirchhoff.dse.explore.SweepRows;
import java.util.List;

/**
 * Rows of a sweep as a table: {@code index}, one column for each path of a knob, one for each
 * metric, {@code feasible} and {@code missed}, the limits that a design misses, as in {@link
 * RunTable}.
 */
public final class SweepTable {
  private final TableColumns<SweepRows> table = new TableColumns<>(SweepRows::count);

  /**
   * The table of a sweep.
   *
   * @param spec its spec
   * @param metrics its objectives and columns
   * @param constraints texts of its limits
   */
  public SweepTable(DesignSpec spec, List<Objective> metrics, List<String> constraints) {
    table
        .whole("index", (rows, row) -> rows.first() + row)
        .knobs(
            spec.knobs().stream().map(SweepTable::header).toList(),
            (rows, knob, row) -> rows.ordinals(row)[knob]);
    for (int m = 0; m < metrics.size(); m++) {
      int metric = m;
      table.number(metrics.get(m).key(), (rows, row) -> rows.value(row, metric));
    }
    table
        .flag("feasible", SweepRows::isFeasible)
        .word(
            "missed",
            (rows, row) ->
                MissedLimits.text(
                    constraints.size(), c -> rows.violation(row, c), constraints::get));
  }

  private static RunEvent.KnobHeader header(Knob knob) {
    return new RunEvent.KnobHeader(
        knob.path(), knob.values().stream().map(SpecText::scalar).toList(), knob.start(), "");
  }

  /** The columns. */
  public List<Column> columns() {
    return table.columns();
  }

  /** Some rows of the sweep. */
  public TableRows rows(SweepRows rows) {
    return table.rows(rows);
  }
}
