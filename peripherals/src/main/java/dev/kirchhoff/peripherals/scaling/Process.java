package dev.kirchhoff.peripherals.scaling;

import dev.kirchhoff.arch.chip.Flavour;
import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.arch.chip.Technology;
import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Transistors.Figure;
import java.util.Map;

/**
 * Electrical parameters of a process at its node, supply and temperature: unit gate, wires,
 * transistors, leakage (docs/circuits.md, eq. 10 to 12).
 *
 * <p>Unit gate at 28 nm, 0.9 V: NAND2 0.7 fF, 0.614 um2 (read: ZigZag-IMC, fitted to 28 nm
 * silicon); scaled as logic. Wires: 0.2 fF/um at every node (ITRS interconnect; DNN+NeuroSim uses
 * the same); resistance rho/(w^2 AR) with rho = 17.2 nohm m x (1 + 54 nm / w), the form of surface
 * and grain-boundary scattering (Steinhoegl et al., Phys. Rev. B 66, 075414, 2002), the length
 * fitted so that it reproduces the resistivities in use (22 nohm m at 175 nm, 40 at 40 nm, 64 at 18
 * nm) within 15 %. Transistors: {@link Transistors}, which gates are scaled with.
 *
 * <p>Valid 180..22 nm; smaller nodes continue the trends. Neglected: variation, back bias,
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
  // Threshold that the delay of macros over supply follows, t ~ V / (V - Vt)^1.3 (Sakurai and
  // Newton, JSSC 1990): Wang et al., VLSI 2022 (22 nm FinFET, 0.7, 1, 1.1 V: 6.95, 4.59, 4.19 ns)
  // within 4 %, Sinangil et al., JSSC 2021 (7 nm, 0.8 and 1 V: 5.5 and 4.5 ns) within 6 %. Fitted,
  // and taken as low power; others as far from it as in the cards of 32 nm.
  private static final Map<Flavour, Double> DELAY_THRESHOLD_V =
      Map.of(
          Flavour.HIGH_PERFORMANCE, 0.26,
          Flavour.LOW_POWER, 0.35,
          Flavour.LOW_STANDBY_POWER, 0.39);
  private static final double ALPHA = 1.3;
  // In moderate inversion, less than 0.1 V above the threshold, currents fall by e in 60 mV, a
  // slope of 138 mV a decade (assumed).
  private static final double MODERATE_V = 0.1;
  private static final double WEAK_SLOPE_V = 0.06;
  private static final double[] NODE_NM = {5, 7, 10, 14, 22, 32, 45, 65, 90, 130};
  // Array wires: intermediate metal of the ITRS, widths and aspect ratios as DNN+NeuroSim V1.3 uses
  // them (read); 5 nm from V1.4.
  private static final NodeTable WIRE_WIDTH_NM =
      NodeTable.of(NODE_NM, new double[] {15, 18, 18, 25, 40, 56, 80, 105, 110, 175});
  private static final NodeTable ASPECT_RATIO =
      NodeTable.of(NODE_NM, new double[] {2, 2, 2, 2, 1.9, 1.8, 1.7, 1.7, 1.6, 1.6});
  // Resistance over a transition relative to V/I_on: 1.5 to 1.8 by node (same source).
  private static final double SWITCH_AVERAGE = 1.7;
  // Copper, handbook value.
  private static final double RESISTIVITY_PER_K = 0.00393;
  private static final double ROOM_K = 300;
  // Subthreshold leakage doubles every 10 to 15 K (Roy et al., Proc. IEEE 2003; the value assumed).
  private static final double LEAKAGE_DOUBLES_K = 12;
  // On-currents of logic over nodes at the nominal supply: ITRS low-power devices as measured on
  // DNN+NeuroSim V1.3 (read); 5 nm taken as 7 nm (assumed).
  private static final NodeTable LOGIC_ION =
      NodeTable.of(NODE_NM, new double[] {822, 822, 862, 893, 792, 600, 500, 400, 346, 301});
  private static final double FIT_VOLT_PER_ION = FIT_SUPPLY_V / LOGIC_ION.at(FIT_NODE_NM);
  private static final double LOGIC_FIT_ENERGY = LogicScaling.energy(FIT_NODE_NM, FIT_SUPPLY_V);
  private static final double LOGIC_FIT_AREA = LogicScaling.area(FIT_NODE_NM);

  private final Transistor transistor;
  private final double heat;
  private final double node_nm;
  private final boolean highPerformance;
  private final double supply_V;
  private final double nominal_V;
  private final double feature_um;
  private final double logicEnergyFactor;
  private final double logicAreaFactor;
  private final double wireWidth_um;
  private final double wireThickness_um;
  private final double warmResistivity;
  private final double sramCell_um2;
  private final double threshold_V;
  private final double gate_ns;

  private Process(Technology technology, Transistor transistor) {
    node_nm = technology.node_nm();
    supply_V = technology.supply_V();
    feature_um = node_nm / Units.NM_PER_UM;
    double log = StrictMath.log(node_nm);
    logicEnergyFactor = LogicScaling.energy(node_nm, supply_V) / LOGIC_FIT_ENERGY;
    logicAreaFactor = LogicScaling.area(node_nm) / LOGIC_FIT_AREA;
    wireWidth_um = wireWidth_nm(log) / Units.NM_PER_UM;
    wireThickness_um = wireWidth_um * ASPECT_RATIO.atLog(log);
    warmResistivity = 1 + RESISTIVITY_PER_K * (technology.temperature_K() - ROOM_K);
    highPerformance = technology.flavour() == Flavour.HIGH_PERFORMANCE;
    nominal_V = NominalSupply.of(node_nm, technology.flavour());
    threshold_V = DELAY_THRESHOLD_V.get(technology.flavour());
    this.transistor = transistor;
    heat =
        StrictMath.exp(
            (technology.temperature_K() - ROOM_K) / LEAKAGE_DOUBLES_K * StrictMath.log(2));
    sramCell_um2 = SramCell.area_um2(node_nm);
    double nominalFo4_ns = Transistors.of(technology.flavour()).nominal(Figure.FO4, node_nm);
    double slower = nominalFo4_ns / Transistors.of(Flavour.LOW_POWER).nominal(Figure.FO4, node_nm);
    gate_ns =
        NAND2_NS
            * (nominal_V / LOGIC_ION.at(node_nm))
            / FIT_VOLT_PER_ION
            * slower
            * delay(supply_V, threshold_V)
            / delay(nominal_V, threshold_V);
  }

  /**
   * Transistor at a node, supply and room temperature.
   *
   * @param smallestCard_nm node of the smallest card that its figures rest on
   * @param largestCard_nm node of the largest one
   * @param fo4_ns delay of an inverter that drives four of its kind
   * @param latch_ns time constant of a latch's regeneration
   * @param latch_fJ energy of a decision of a latch with clock and set-reset stage, without wires
   * @param nand_fJ energy of a rise and a fall of a NAND2 that drives one, without wires
   * @param gate_uW leakage of a NAND2, the mean of its states
   * @param on_uAPerUm on-current
   * @param nominalOn_uAPerUm on-current at the nominal supply
   * @param off_uAPerUm off-current
   */
  public record Transistor(
      double smallestCard_nm,
      double largestCard_nm,
      double fo4_ns,
      double latch_ns,
      double latch_fJ,
      double nand_fJ,
      double gate_uW,
      double on_uAPerUm,
      double nominalOn_uAPerUm,
      double off_uAPerUm) {

    /** Transistor of the measured cards. */
    static Transistor measured(Technology technology) {
      Transistors cards = Transistors.of(technology.flavour());
      double node_nm = technology.node_nm();
      double supply_V = technology.supply_V();
      double threshold_V = DELAY_THRESHOLD_V.get(technology.flavour());
      double fo4_ns =
          cards.nominal(Figure.FO4, node_nm)
              * delay(supply_V, threshold_V)
              / delay(cards.nominal_V(node_nm), threshold_V);
      return new Transistor(
          cards.smallest_nm(),
          cards.largest_nm(),
          fo4_ns,
          cards.latchTau_ns(node_nm, fo4_ns),
          cards.at(Figure.LATCH_ENERGY, node_nm, supply_V),
          cards.at(Figure.NAND_ENERGY, node_nm, supply_V),
          cards.at(Figure.GATE_LEAKAGE, node_nm, supply_V),
          cards.at(Figure.ON_CURRENT, node_nm, supply_V),
          cards.at(Figure.ON_CURRENT, node_nm, NominalSupply.of(node_nm, technology.flavour())),
          cards.at(Figure.OFF_CURRENT, node_nm, supply_V));
    }
  }

  /** The process of a technology. */
  public static Process of(Technology technology) {
    return new Process(technology, Transistor.measured(technology));
  }

  private static double delay(double supply_V, double threshold_V) {
    double weak_V = threshold_V + MODERATE_V;
    double strong_V = Math.max(supply_V, weak_V);
    double strong = supply_V / StrictMath.pow(strong_V - threshold_V, ALPHA);
    return supply_V >= weak_V
        ? strong
        : strong * StrictMath.exp((weak_V - supply_V) / WEAK_SLOPE_V);
  }

  /** The process of a technology whose transistors are stated. */
  public static Process of(Technology technology, Transistor transistor) {
    return new Process(technology, transistor);
  }

  private static double wireWidth_nm(double log) {
    return WIRE_WIDTH_NM.atLog(log);
  }

  /** Feature size. */
  public double node_nm() {
    return node_nm;
  }

  /** Node of the smallest card that transistors of the flavour were measured on. */
  public double smallestCard_nm() {
    return transistor.smallestCard_nm;
  }

  /** Node of the largest one. */
  public double largestCard_nm() {
    return transistor.largestCard_nm;
  }

  /** True if transistors are of the high-performance flavour. */
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

  /** Supply that node and flavour were made for. */
  public double nominal_V() {
    return nominal_V;
  }

  /** Energy of switching one NAND2 equivalent, the unit gate of all logic. */
  public double gate_fJ() {
    return NAND2_FF * FIT_SUPPLY_V * FIT_SUPPLY_V * logicEnergyFactor;
  }

  /**
   * Delay of one NAND2: 0.0478 ns at 28 nm and 0.9 V (read: ZigZag-IMC, taken as low power). Over
   * nodes at their nominal supplies it goes with V / I_on, since the load per transistor width
   * stays about 1 fF/um; over flavours as {@link #fo4_ns}.
   */
  public double gate_ns() {
    return gate_ns;
  }

  /** Delay of an inverter that drives four of its kind. */
  public double fo4_ns() {
    return transistor.fo4_ns;
  }

  /** Relative change of a delay with the threshold, in 1/V. */
  public double delayByThreshold_perV() {
    return supply_V >= threshold_V + MODERATE_V
        ? ALPHA / (supply_V - threshold_V)
        : 1 / WEAK_SLOPE_V;
  }

  /** Energy of a decision of a latch with its clock and set-reset stage, without wires. */
  public double latch_fJ() {
    return transistor.latch_fJ;
  }

  /** Energy of a rise and a fall of a NAND2 of a converter, without wires. */
  public double nand_fJ() {
    return transistor.nand_fJ;
  }

  /** Time constant of a latch's regeneration. */
  public double latch_ns() {
    return transistor.latch_ns;
  }

  /** Capacitance that one NAND2 switches: its inputs, output and local wire. */
  public double gate_fF() {
    return gate_fJ() / (supply_V * supply_V);
  }

  /** Area of one NAND2. */
  public double gate_um2() {
    return NAND2_UM2 * logicAreaFactor;
  }

  /** Leakage of one NAND2, the mean of its states. */
  public double gateLeakage_uW() {
    return heat * transistor.gate_uW;
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
                  + " SPICE on PTM's cards");
    }
    return area_um2 * leakage_uWPerUm2();
  }

  /** Area of one 6T SRAM cell. */
  public double sramCell_um2() {
    return sramCell_um2;
  }

  /** Leakage of one 6T SRAM cell: two paths of 2F. */
  public double sramCellLeakage_uW() {
    return 2 * 2 * feature_um * heat * transistor.off_uAPerUm * supply_V;
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
    return transistor.on_uAPerUm;
  }

  /**
   * On-current at the nominal supply: that of write transistors, whose gates have a supply of their
   * own.
   */
  public double nominalOnCurrent_uAPerUm() {
    return transistor.nominalOn_uAPerUm;
  }

  /**
   * Switching resistance of a transistor times its width: 1.7 V/I_on (average over a transition).
   */
  public double switch_MohmUm() {
    return SWITCH_AVERAGE * supply_V / transistor.on_uAPerUm;
  }

  /** Switch resistance at the nominal supply, for which switches are sized. */
  public double nominalSwitch_MohmUm() {
    return SWITCH_AVERAGE * nominal_V / transistor.nominalOn_uAPerUm;
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
