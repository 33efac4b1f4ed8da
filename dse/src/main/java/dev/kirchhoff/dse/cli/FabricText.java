package dev.kirchhoff.dse.cli;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.dse.terminal.Page;
import dev.kirchhoff.dse.terminal.TextTable;
import dev.kirchhoff.mapper.report.FabricComparison;
import java.util.List;

/** Benefit of reconfiguration for a chip of several networks. */
final class FabricText {
  private FabricText() {}

  /** A table with a sentence that says what it compares; empty for no rows. */
  static Page of(List<FabricComparison.Row> rows) {
    if (rows.isEmpty()) {
      return new Page();
    }
    TextTable table = new TextTable("  ").left(1, 2).optional(3, 4);
    table.head("traffic of", "on", "sized for", "width", "area", "energy", "time", "interval");
    for (FabricComparison.Row row : rows) {
      table.row(
          row.network(),
          row.fabric(),
          row.sizedFor().isEmpty() ? "each" : row.sizedFor(),
          Units.count(row.width_bits()),
          Units.print(row.area_um2(), Dimension.AREA),
          Units.print(row.energy_fJ(), Dimension.ENERGY),
          Units.print(row.time_ns(), Dimension.TIME),
          Units.print(row.interval_ns(), Dimension.TIME));
    }
    return new Page()
        .append(
            "  fixed fabrics sized for one network, and the reconfigurable one; an inference,"
                + " switches set included\n")
        .append(table);
  }
}
