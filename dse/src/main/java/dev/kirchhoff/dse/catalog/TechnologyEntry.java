package dev.kirchhoff.dse.catalog;

import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Figures of a technology node at its nominal supply and 300 K, as printed; analogue and high
 * voltage relative to 28 nm.
 */
public record TechnologyEntry(
    String name,
    String supply_V,
    String gate_fJ,
    String gate_um2,
    String gateLeakage_nW,
    String sramCell_um2,
    String wireWidth_nm,
    String wire_fFPerUm,
    String onCurrent_uAPerUm,
    String onCurrentHighPerformance_uAPerUm,
    String analogEnergy,
    String analogArea,
    String highVoltageArea) {
  private static final double[] NODE_NM = {
    180, 130, 90, 65, 55, 45, 40, 32, 28, 22, 16, 14, 10, 7, 5
  };
  private static final double ROOM_K = 300;

  /** All nodes. */
  public static List<TechnologyEntry> all() {
    return DoubleStream.of(NODE_NM).mapToObj(TechnologyEntry::of).toList();
  }

  private static TechnologyEntry of(double node_nm) {
    Process low = process(node_nm, Technology.Roadmap.LOW_POWER);
    Process high = process(node_nm, Technology.Roadmap.HIGH_PERFORMANCE);
    return new TechnologyEntry(
        Units.brief(node_nm) + " nm",
        Units.brief(low.supply_V()),
        Units.brief(low.gate_fJ()),
        Units.brief(low.gate_um2()),
        Units.brief(Units.NW_PER_UW * low.gateLeakage_uW()),
        Units.brief(low.sramCell_um2()),
        Units.brief(low.wireWidth_um() * Units.NM_PER_UM),
        Units.brief(Process.WIRE_FF_PER_UM),
        Units.brief(low.onCurrent_uAPerUm()),
        Units.brief(high.onCurrent_uAPerUm()),
        Units.brief(
            low.energyFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM, Process.FIT_SUPPLY_V)),
        Units.brief(low.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM)),
        Units.brief(low.areaFactor(ScalingClass.HIGH_VOLTAGE, Process.FIT_NODE_NM)));
  }

  private static Process process(double node_nm, Technology.Roadmap roadmap) {
    return Process.of(new Technology(node_nm, NominalSupply.of(node_nm), roadmap, ROOM_K));
  }
}
