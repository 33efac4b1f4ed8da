package dev.kirchhoff.dse.catalog;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Figures of a technology node and flavour at their nominal supply and 300 K, as printed; analogue
 * and high voltage relative to 28 nm.
 */
public record TechnologyEntry(
    String name,
    String flavour,
    String supply_V,
    String fo4_ps,
    String gateLeakage_nW,
    String onCurrent_uAPerUm,
    String latch_ps,
    String gate_fJ,
    String gate_um2,
    String sramCell_um2,
    String wireWidth_nm,
    String wire_fFPerUm,
    String analogEnergy,
    String analogArea,
    String highVoltageArea) {
  private static final double[] NODE_NM = {
    180, 130, 90, 65, 55, 45, 40, 32, 28, 22, 16, 14, 10, 7, 5
  };
  private static final double ROOM_K = 300;

  /** All nodes, each with its flavours. */
  public static List<TechnologyEntry> all() {
    return DoubleStream.of(NODE_NM)
        .boxed()
        .flatMap(node_nm -> Arrays.stream(Flavour.values()).map(flavour -> of(node_nm, flavour)))
        .toList();
  }

  private static TechnologyEntry of(double node_nm, Flavour flavour) {
    Process process = Process.of(Technology.nominal(node_nm, flavour, ROOM_K));
    return new TechnologyEntry(
        Units.brief(node_nm) + " nm",
        flavour.word(),
        Units.brief(process.supply_V()),
        Units.brief(Units.PS_PER_NS * process.fo4_ns()),
        Units.brief(Units.NW_PER_UW * process.gateLeakage_uW()),
        Units.brief(process.onCurrent_uAPerUm()),
        Units.brief(Units.PS_PER_NS * process.latch_ns()),
        Units.brief(process.gate_fJ()),
        Units.brief(process.gate_um2()),
        Units.brief(process.sramCell_um2()),
        Units.brief(process.wireWidth_um() * Units.NM_PER_UM),
        Units.brief(Process.WIRE_FF_PER_UM),
        Units.brief(
            process.energyFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM, Process.FIT_SUPPLY_V)),
        Units.brief(process.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM)),
        Units.brief(process.areaFactor(ScalingClass.HIGH_VOLTAGE, Process.FIT_NODE_NM)));
  }
}
