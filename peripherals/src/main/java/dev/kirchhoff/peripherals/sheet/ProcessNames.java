package dev.kirchhoff.peripherals.sheet;

import dev.kirchhoff.peripherals.scaling.Process;
import dev.kirchhoff.peripherals.scaling.ScalingClass;

/** Names of a process, which the equations of every circuit may read. */
public final class ProcessNames {
  /** Node of most published tables. */
  private static final double TABLES_NM = 32;

  /** Node below which thick-oxide devices do not shrink. */
  private static final double THICK_NM = 40;

  /** The vocabulary. */
  public static final Vocabulary<Process> VOCABULARY =
      Vocabulary.<Process>builder()
          .quantity("node", "um", "F", "feature size of the node", Process::feature_um)
          .quantity("supply", "V", "V", "core supply", Process::supply_V)
          .quantity("nominal", "V", "V_n", "supply that the node was made for", Process::nominal_V)
          .flag(
              "high_performance",
              "transistors are of the high-performance flavour",
              Process::isHighPerformance)
          .quantity("fo4", "ns", "FO4", "delay of an inverter that drives four", Process::fo4_ns)
          .quantity(
              "latch_t", "ns", "τ", "time constant of a latch's regeneration", Process::latch_ns)
          .quantity(
              "delay_by_V",
              "1/V",
              "s_t",
              "relative change of a delay with the threshold",
              Process::delayByThreshold_perV)
          .quantity(
              "latch_E",
              "fJ",
              "E_l",
              "energy of a decision of a latch with clock and set-reset stage",
              Process::latch_fJ)
          .quantity(
              "nand_E",
              "fJ",
              "E_n",
              "energy of a rise and a fall of a NAND2 of a converter's logic, without wires",
              Process::nand_fJ)
          .quantity("gate_t", "ns", "t_g", "delay of a unit gate, a NAND2", Process::gate_ns)
          .quantity("gate_E", "fJ", "E_g", "switching energy of a unit gate", Process::gate_fJ)
          .quantity("gate_A", "um2", "A_g", "area of a unit gate", Process::gate_um2)
          .quantity(
              "gate_C", "fF", "C_g", "capacitance that a unit gate switches", Process::gate_fF)
          .quantity("gate_P", "uW", "P_g", "leakage of a unit gate", Process::gateLeakage_uW)
          .quantity(
              "leak", "uW/um2", "p_leak", "leakage of logic by area", Process::leakage_uWPerUm2)
          .quantity("sram_A", "um2", "A_6T", "area of a 6T SRAM cell", Process::sramCell_um2)
          .quantity(
              "sram_P", "uW", "P_6T", "leakage of a 6T SRAM cell", Process::sramCellLeakage_uW)
          .quantity(
              "analogue",
              "1",
              "a",
              "area of analogue circuits over that at 28 nm",
              p -> p.areaFactor(ScalingClass.ANALOG, Process.FIT_NODE_NM))
          .quantity(
              "switch_R",
              "Mohm um",
              "r_on",
              "switching resistance of a transistor times its width",
              Process::switch_MohmUm)
          .quantity(
              "nominal_R",
              "Mohm um",
              "r_n",
              "that at the nominal supply, for which switches are sized",
              Process::nominalSwitch_MohmUm)
          .quantity(
              "switch_I",
              "uA",
              "I_leak",
              "leakage of an open switch that holds a charge",
              p -> Process.OPEN_SWITCH_UA)
          .quantity("wire_w", "um", "w", "width of an array wire", Process::wireWidth_um)
          .quantity("wire_t", "um", "h", "thickness of an array wire", Process::wireThickness_um)
          .quantity(
              "warm",
              "1",
              "m_T",
              "resistivity of metal over that at 300 K",
              Process::warmResistivity)
          .quantity("wire_C", "fF/um", "c_w", "capacitance of a wire", p -> Process.WIRE_FF_PER_UM)
          .quantity(
              "fet_C",
              "fF/um",
              "c_g",
              "gate capacitance of a transistor by width",
              p -> Process.GATE_FF_PER_UM)
          .quantity(
              "drain_C",
              "fF/um",
              "c_d",
              "drain capacitance of a transistor by width",
              p -> Process.DRAIN_FF_PER_UM)
          .quantity(
              "nominal_I",
              "uA/um",
              "I_n",
              "on-current by width at the nominal supply",
              Process::nominalOnCurrent_uAPerUm)
          .quantity(
              "thick_A40",
              "1",
              "a_t",
              "area of thick-oxide circuits over that at 40 nm",
              p -> p.areaFactor(ScalingClass.HIGH_VOLTAGE, THICK_NM))
          .quantity("on_I", "uA/um", "I_on", "on-current by width", Process::onCurrent_uAPerUm)
          .quantity(
              "wire_E",
              "fJ/um",
              "e_w",
              "energy of a bit over a repeated wire by length",
              Process::repeatedWire_fJPerUm)
          .quantity(
              "logic_E32",
              "1",
              "e_l",
              "energy of logic over that at 32 nm and 0.9 V",
              p -> p.energyFactor(ScalingClass.LOGIC, TABLES_NM, Process.FIT_SUPPLY_V))
          .quantity(
              "logic_A32",
              "1",
              "a_l",
              "area of logic over that at 32 nm",
              p -> p.areaFactor(ScalingClass.LOGIC, TABLES_NM))
          .quantity(
              "analogue_E32",
              "1",
              "e_a",
              "energy of analogue circuits over that at 32 nm and 0.9 V",
              p -> p.energyFactor(ScalingClass.ANALOG, TABLES_NM, Process.FIT_SUPPLY_V))
          .quantity(
              "analogue_A32",
              "1",
              "a_a",
              "area of analogue circuits over that at 32 nm",
              p -> p.areaFactor(ScalingClass.ANALOG, TABLES_NM))
          .quantity(
              "sram_E32",
              "1",
              "e_S",
              "energy of SRAM over that at 32 nm and 0.9 V",
              p -> p.energyFactor(ScalingClass.SRAM, TABLES_NM, Process.FIT_SUPPLY_V))
          .quantity(
              "sram_A32",
              "1",
              "a_S",
              "area of SRAM over that at 32 nm",
              p -> p.areaFactor(ScalingClass.SRAM, TABLES_NM))
          .build();

  private ProcessNames() {}
}
