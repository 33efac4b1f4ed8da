package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.Table;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.mapper.report.FabricComparison.Row;
import java.util.List;

/** Benefit of reconfiguration for a chip of several networks. */
final class FabricText {
  private FabricText() {}

  /** A table with a sentence that says what it compares; empty for no rows. */
  static Page of(List<Row> rows) {
    if (rows.isEmpty()) {
      return new Page();
    }
    TextTable table =
        new Table<Row>("  ")
            .column("traffic of", Row::network)
            .column("on", Row::fabric)
            .left()
            .column("sized for", row -> row.sizedFor().isEmpty() ? "each" : row.sizedFor())
            .left()
            .column("width", Row::width_bits)
            .optional(1)
            .column("area", Dimension.AREA, Row::area_um2)
            .optional(2)
            .column("energy", Dimension.ENERGY, Row::energy_fJ)
            .column("time", Dimension.TIME, Row::time_ns)
            .column("interval", Dimension.TIME, Row::interval_ns)
            .of(rows);
    return new Page()
        .append(
            "  fixed fabrics sized for one network, and the reconfigurable one; an inference,"
                + " switches set included\n")
        .append(table);
  }
}
