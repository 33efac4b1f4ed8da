package dev.kirchhoff.dse.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import java.util.List;

/** {@code catalog technology}: what the models know of each node, and how each class scales. */
final class TechnologyCatalog {
  static final List<String> COLUMNS =
      List.of(
          "name",
          "supply_V",
          "gate_fJ",
          "gate_um2",
          "gateLeakage_nW",
          "sramCell_um2",
          "wire_ohmPerUm",
          "wire_fFPerUm",
          "onCurrent_uAPerUm",
          "onCurrentHighPerformance_uAPerUm",
          "analogEnergy",
          "analogArea",
          "highVoltageArea");

  private static final double[] NODE_NM = {
    180, 130, 90, 65, 55, 45, 40, 32, 28, 22, 16, 14, 10, 7, 5
  };
  private static final double ROOM_K = 300;

  private TechnologyCatalog() {}

  /** One entry a node; energies at its nominal supply; analogue figures relative to 28 nm. */
  static ArrayNode nodes() {
    ArrayNode list = Console.mapper().createArrayNode();
    for (double node_nm : NODE_NM) {
      Process low = process(node_nm, Technology.Roadmap.LOW_POWER);
      Process high = process(node_nm, Technology.Roadmap.HIGH_PERFORMANCE);
      ObjectNode node = list.addObject().put("name", Units.brief(node_nm) + " nm");
      put(node, "supply_V", low.supply_V());
      put(node, "gate_fJ", low.gate_fJ());
      put(node, "gate_um2", low.gate_um2());
      put(node, "gateLeakage_nW", 1000 * low.gateLeakage_uW());
      put(node, "sramCell_um2", low.sramCell_um2());
      put(node, "wire_ohmPerUm", low.wire_ohmPerUm());
      put(node, "wire_fFPerUm", Process.WIRE_FF_PER_UM);
      put(node, "onCurrent_uAPerUm", low.onCurrent_uAPerUm());
      put(node, "onCurrentHighPerformance_uAPerUm", high.onCurrent_uAPerUm());
      put(
          node,
          "analogEnergy",
          low.energyFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM, Process.FIT_SUPPLY_V));
      put(node, "analogArea", low.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM));
      put(node, "highVoltageArea", low.areaFactor(ScalingClass.HIGH_VOLTAGE, Process.FIT_NODE_NM));
    }
    return list;
  }

  private static Process process(double node_nm, Technology.Roadmap roadmap) {
    return Process.of(new Technology(node_nm, NominalSupply.of(node_nm), roadmap, ROOM_K));
  }

  private static void put(ObjectNode node, String key, double value) {
    node.put(key, Units.brief(value));
  }

  /** One line a class: nodes that its rule was made for, and where it comes from. */
  static String classes() {
    TextTable table = new TextTable("", 3).row("class", "made for", "source");
    for (ScalingClass scaling : ScalingClass.values()) {
      table.row(
          scaling.word(),
          Units.brief(scaling.smallest_nm()) + ".." + Units.brief(scaling.largest_nm()) + " nm",
          scaling.source());
    }
    return table
        + "Beyond these nodes a rule's trend is continued and evaluate says so. Nominal supplies;"
        + " 300 K; analogue and high voltage relative to 28 nm.\n";
  }
}
