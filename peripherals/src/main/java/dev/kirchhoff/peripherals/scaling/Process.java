package dev.kirchhoff.peripherals.scaling;

import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;

/**
 * Electrical parameters of a process at its node, supply and temperature: unit gate, wires,
 * transistors, leakage (docs/circuits.md, eq. 10 to 12).
 *
 * <p>Unit gate at 28 nm, 0.9 V: NAND2 0.7 fF, 0.614 um2 (read: ZigZag-IMC, fitted to 28 nm
 * silicon); scaled as logic. Wires: 0.2 fF/um at every node (ITRS interconnect; DNN+NeuroSim uses
 * the same); resistance rho/(w^2 AR) with rho = 17.2 nohm m x (1 + 54 nm / w), the form of surface
 * and grain-boundary scattering (Steinhoegl et al., Phys. Rev. B 66, 075414, 2002), the length
 * fitted so that it reproduces the resistivities in use (22 nohm m at 175 nm, 40 at 40 nm, 64 at 18
 * nm) within 15 %. Transistors: ITRS on-currents and off-current targets (0.1 nA/um low power, 100
 * nA/um high performance); on-current follows (V - Vt)^1.3 off the nominal supply (Sakurai and
 * Newton, JSSC 1990).
 *
 * <p>Valid 130..7 nm; 180 and 5 nm continue the trends. Neglected: variation, back bias,
 * self-heating.
 */
public final class Process {
  /** Node of most of the fits: 28 nm, 0.9 V. */
  public static final double FIT_NODE_NM = 28;

  /** Supply of the 28 nm and 32 nm fits and tables. */
  public static final double FIT_SUPPLY_V = 0.9;

  /** Wire capacitance (ITRS; the same at every node because spacing shrinks with width). */
  public static final double WIRE_FF_PER_UM = 0.2;

  /**
   * Gate capacitance of a transistor (ITRS total gate capacitance, 0.8 to 1.2 fF/um over nodes).
   */
  public static final double GATE_FF_PER_UM = 1.0;

  /** Leakage of an open switch that holds a charge, 10 pA (assumed). */
  public static final double OPEN_SWITCH_UA = 1e-5;

  /** Junction and overlap capacitance at a drain (assumed, 0.6 of the gate). */
  public static final double DRAIN_FF_PER_UM = 0.6;

  /** Share of bits that draw charge: random data rise once in four. */
  private static final double WIRE_ACTIVITY = 0.25;

  /**
   * Wire capacitance with repeaters, relative to bare wire (assumed; measured on DNN+NeuroSim 1.35
   * to 1.4, 130..7 nm).
   */
  private static final double REPEATED = 1.4;

  private static final double NAND2_FF = 0.7;
  private static final double NAND2_UM2 = 0.614;
  private static final double NAND2_NS = 0.0478;
  private static final double FO4_NS_PER_NM = 0.45e-3;
  // Threshold that the delay of macros over supply follows, t ~ V / (V - Vt)^1.3: Wang et al., VLSI
  // 2022 (22 nm FinFET, 0.7, 1, 1.1 V: 6.95, 4.59, 4.19 ns) within 4 %, Sinangil et al., JSSC 2021
  // (7
  // nm, 0.8 and 1 V: 5.5 and 4.5 ns) within 6 %. Fitted.
  private static final double DELAY_THRESHOLD_V = 0.35;
  // Below 0.45 V currents fall by e in 60 mV, a slope of 138 mV a decade in moderate inversion
  // (assumed).
  private static final double WEAK_INVERSION_V = 0.45;
  private static final double WEAK_SLOPE_V = 0.06;
  private static final double[] NODE_NM = {5, 7, 10, 14, 22, 32, 45, 65, 90, 130};
  // Array wires: intermediate metal of the ITRS, widths and aspect ratios as DNN+NeuroSim V1.3 uses
  // them (read); 5 nm from V1.4.
  private static final NodeTable WIRE_WIDTH_NM =
      NodeTable.of(NODE_NM, new double[] {15, 18, 18, 25, 40, 56, 80, 105, 110, 175});
  private static final NodeTable ASPECT_RATIO =
      NodeTable.of(NODE_NM, new double[] {2, 2, 2, 2, 1.9, 1.8, 1.7, 1.7, 1.6, 1.6});
  // NMOS on-currents in uA/um at the nominal supply and 300 K: ITRS low-power and high-performance
  // devices as measured on DNN+NeuroSim V1.3 (read); 5 nm taken as 7 nm (assumed).
  private static final NodeTable ION_LOW_POWER =
      NodeTable.of(NODE_NM, new double[] {822, 822, 862, 893, 792, 600, 500, 400, 346, 301});
  private static final NodeTable ION_HIGH_PERFORMANCE =
      NodeTable.of(
          NODE_NM, new double[] {1912, 1912, 1769, 1686, 1500, 1410, 1270, 1120, 1070, 930});
  private static final double IOFF_LOW_POWER_UA_PER_UM = 1e-4;
  private static final double IOFF_HIGH_PERFORMANCE_UA_PER_UM = 0.1;
  // Thresholds: middle of 0.38 to 0.50 V and of 0.13 to 0.21 V over the nodes (same source).
  private static final double THRESHOLD_LOW_POWER_V = 0.45;
  private static final double THRESHOLD_HIGH_PERFORMANCE_V = 0.2;
  private static final double ALPHA = 1.3;
  // Resistance over a transition relative to V/I_on: 1.5 to 1.8 by node (same source).
  private static final double SWITCH_AVERAGE = 1.7;
  // Copper, handbook value.
  private static final double RESISTIVITY_PER_K = 0.00393;
  private static final double ROOM_K = 300;
  // Subthreshold leakage doubles every 10 to 15 K (Roy et al., Proc. IEEE 2003; the value assumed).
  private static final double LEAKAGE_DOUBLES_K = 12;
  private static final double FIT_DELAY = delay(FIT_SUPPLY_V);
  private static final double FIT_ON_UA_PER_UM = ION_LOW_POWER.atLog(StrictMath.log(FIT_NODE_NM));
  private static final double LOGIC_FIT_ENERGY = LogicScaling.energy(FIT_NODE_NM, FIT_SUPPLY_V);
  private static final double LOGIC_FIT_AREA = LogicScaling.area(FIT_NODE_NM);

  private final double node_nm;
  private final boolean highPerformance;
  private final double supply_V;
  private final double feature_um;
  private final double logicEnergyFactor;
  private final double logicAreaFactor;
  private final double wireWidth_um;
  private final double wireThickness_um;
  private final double warmResistivity;
  private final double onCurrent_uAPerUm;
  private final double nominalOnCurrent_uAPerUm;
  private final double offCurrent_uAPerUm;
  private final double sramCell_um2;
  private final double relativeDelay;
  private final double gate_ns;
  private final double fo4_ns;

  private Process(Technology technology) {
    node_nm = technology.node_nm();
    supply_V = technology.supply_V();
    feature_um = node_nm / Units.NM_PER_UM;
    double log = StrictMath.log(node_nm);
    logicEnergyFactor = LogicScaling.energy(node_nm, supply_V) / LOGIC_FIT_ENERGY;
    logicAreaFactor = LogicScaling.area(node_nm) / LOGIC_FIT_AREA;
    wireWidth_um = wireWidth_nm(log) / Units.NM_PER_UM;
    wireThickness_um = wireWidth_um * ASPECT_RATIO.atLog(log);
    warmResistivity = 1 + RESISTIVITY_PER_K * (technology.temperature_K() - ROOM_K);
    highPerformance = technology.roadmap() == Technology.Roadmap.HIGH_PERFORMANCE;
    double threshold_V = highPerformance ? THRESHOLD_HIGH_PERFORMANCE_V : THRESHOLD_LOW_POWER_V;
    double nominal_V = NominalSupply.of(node_nm);
    double nominalOn = (highPerformance ? ION_HIGH_PERFORMANCE : ION_LOW_POWER).atLog(log);
    nominalOnCurrent_uAPerUm = nominalOn;
    double overdrive = Math.max(supply_V - threshold_V, 0.05) / (nominal_V - threshold_V);
    onCurrent_uAPerUm =
        supply_V == nominal_V ? nominalOn : nominalOn * StrictMath.pow(overdrive, ALPHA);
    double off = highPerformance ? IOFF_HIGH_PERFORMANCE_UA_PER_UM : IOFF_LOW_POWER_UA_PER_UM;
    double hotter_K = technology.temperature_K() - ROOM_K;
    offCurrent_uAPerUm =
        hotter_K == 0
            ? off
            : off * StrictMath.exp(hotter_K / LEAKAGE_DOUBLES_K * StrictMath.log(2));
    sramCell_um2 = SramCell.area_um2(node_nm);
    double delay = delay(supply_V);
    double nominalDelay = supply_V == nominal_V ? delay : delay(nominal_V);
    relativeDelay = delay / FIT_DELAY;
    gate_ns =
        NAND2_NS
            * (nominal_V / nominalOn)
            / (FIT_SUPPLY_V / FIT_ON_UA_PER_UM)
            * delay
            / nominalDelay;
    fo4_ns = FO4_NS_PER_NM * node_nm * delay / nominalDelay;
  }

  /** The process of a technology. */
  public static Process of(Technology technology) {
    return new Process(technology);
  }

  private static double delay(double supply_V) {
    double strong_V = Math.max(supply_V, WEAK_INVERSION_V);
    double strong = supply_V / StrictMath.pow(strong_V - DELAY_THRESHOLD_V, ALPHA);
    return supply_V >= WEAK_INVERSION_V
        ? strong
        : strong * StrictMath.exp((WEAK_INVERSION_V - supply_V) / WEAK_SLOPE_V);
  }

  private static double wireWidth_nm(double log) {
    return WIRE_WIDTH_NM.atLog(log);
  }

  /** Feature size. */
  public double node_nm() {
    return node_nm;
  }

  /** True if transistors are of the high-performance roadmap. */
  public boolean isHighPerformance() {
    return highPerformance;
  }

  /** Feature size F. */
  public double feature_um() {
    return feature_um;
  }

  /** Core supply. */
  public double supply_V() {
    return supply_V;
  }

  /** Supply that the node was made for. */
  public double nominal_V() {
    return NominalSupply.of(node_nm);
  }

  /** Energy of switching one NAND2 equivalent, the unit gate of all logic. */
  public double gate_fJ() {
    return NAND2_FF * FIT_SUPPLY_V * FIT_SUPPLY_V * logicEnergyFactor;
  }

  /**
   * Delay of one NAND2: 0.0478 ns at 28 nm and 0.9 V (read: ZigZag-IMC). Over nodes at their
   * nominal supplies it goes with V / I_on, since the load per transistor width stays about 1
   * fF/um; at a node with V / (V - Vt)^1.3 (Sakurai and Newton, JSSC 1990).
   */
  public double gate_ns() {
    return gate_ns;
  }

  /** Delay at the core supply relative to that of the same circuit at 0.9 V. */
  public double relativeDelay() {
    return relativeDelay;
  }

  /**
   * Delay of an inverter that drives four of its kind: 0.45 ps for each nanometre of the node at
   * its nominal supply (assumed; 12.6 ps at 28 nm, 81 ps at 180 nm), at a supply as {@link
   * #relativeDelay}.
   */
  public double fo4_ns() {
    return fo4_ns;
  }

  /** Capacitance that one NAND2 switches: its inputs, output and local wire. */
  public double gate_fF() {
    return gate_fJ() / (supply_V * supply_V);
  }

  /** Area of one NAND2. */
  public double gate_um2() {
    return NAND2_UM2 * logicAreaFactor;
  }

  /** Leakage of one NAND2: a 4F wide path that is off half of the time. */
  public double gateLeakage_uW() {
    return 0.5 * 4 * feature_um * offCurrent_uAPerUm * supply_V;
  }

  /** Leakage of logic, per area. */
  public double leakage_uWPerUm2() {
    return gateLeakage_uW() / gate_um2();
  }

  /**
   * Leakage of a circuit of an area, taken as logic (assumed for analogue circuits, whose bias is
   * off when they idle).
   */
  public double leakage_uW(double area_um2, Account account) {
    if (account.isOpen()) {
      account
          .formula("# um2 x # uW/um2", area_um2, leakage_uWPerUm2())
          .source(
              "leakage of logic of the same area, bias off when idle (assumed); off-currents:"
                  + " ITRS targets");
    }
    return area_um2 * leakage_uWPerUm2();
  }

  /** Area of one 6T SRAM cell. */
  public double sramCell_um2() {
    return sramCell_um2;
  }

  /** Leakage of one 6T SRAM cell: two paths of 2F. */
  public double sramCellLeakage_uW() {
    return 2 * 2 * feature_um * offCurrent_uAPerUm * supply_V;
  }

  /** Least width of an array wire, half of its least pitch. */
  public double wireWidth_um() {
    return wireWidth_um;
  }

  /** Thickness of an array wire. */
  public double wireThickness_um() {
    return wireThickness_um;
  }

  /** Resistivity of metal relative to that at 300 K. */
  public double warmResistivity() {
    return warmResistivity;
  }

  /** On-current of a transistor at the core supply. */
  public double onCurrent_uAPerUm() {
    return onCurrent_uAPerUm;
  }

  /**
   * On-current at the nominal supply: that of write transistors, whose gates have a supply of their
   * own.
   */
  public double nominalOnCurrent_uAPerUm() {
    return nominalOnCurrent_uAPerUm;
  }

  /**
   * Switching resistance of a transistor times its width: 1.7 V/I_on (average over a transition).
   */
  public double switch_MohmUm() {
    return SWITCH_AVERAGE * supply_V / onCurrent_uAPerUm;
  }

  /** Switch resistance at the nominal supply, for which switches are sized. */
  public double nominalSwitch_MohmUm() {
    return SWITCH_AVERAGE * NominalSupply.of(node_nm) / nominalOnCurrent_uAPerUm;
  }

  /**
   * Energy of one bit over a repeated wire: activity 1/4 (random data), repeaters add 0.4 of the
   * wire's capacitance.
   */
  public double repeatedWire_fJPerUm() {
    return WIRE_ACTIVITY * REPEATED * WIRE_FF_PER_UM * supply_V * supply_V;
  }

  /** Factor on energy of a class from a figure's node and supply to this process. */
  public double energyFactor(ScalingClass scaling, double from_nm, double from_V) {
    return scaling.energyFactor(from_nm, from_V, node_nm, supply_V);
  }

  /** Factor on area of a class from a figure's node to this process. */
  public double areaFactor(ScalingClass scaling, double from_nm) {
    return scaling.areaFactor(from_nm, node_nm);
  }
}
