package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.mapper.report.FabricComparison;
import java.util.List;

/** What reconfiguration is worth to a chip of several networks, for people and as JSON. */
final class FabricText {
  private FabricText() {}

  /** A table with a sentence that says what it compares; empty for one network. */
  static String of(Design design) {
    List<FabricComparison.Row> rows = FabricComparison.of(design);
    if (rows.isEmpty()) {
      return "";
    }
    TextTable table = new TextTable("  ", 3);
    table.row("traffic of", "on", "sized for", "width", "area", "energy", "time", "interval");
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
    return "  fixed fabrics sized for one network, and the reconfigurable one; an inference, switches"
        + " set included\n"
        + table;
  }

  /** The same rows. */
  static void put(Design design, ArrayNode list) {
    for (FabricComparison.Row row : FabricComparison.of(design)) {
      list.addObject()
          .put("network", row.network())
          .put("fabric", row.fabric())
          .put("sizedFor", row.sizedFor())
          .put("width_bits", row.width_bits())
          .put("area_um2", row.area_um2())
          .put("energy_fJ", row.energy_fJ())
          .put("time_ns", row.time_ns())
          .put("interval_ns", row.interval_ns());
    }
  }
}
