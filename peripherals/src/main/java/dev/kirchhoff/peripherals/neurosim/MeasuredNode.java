package dev.kirchhoff.peripherals.neurosim;

import dev.kirchhoff.arch.chip.NominalSupply;
import dev.kirchhoff.peripherals.scaling.NodeTable;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Basic cells of DNN+NeuroSim V1.3 at a node: flip-flop, gate, switch, as measured at 130, 90, 65,
 * 45, 32, 22, 14, 10 and 7 nm with low-power transistors, and with high-performance ones where they
 * were measured (areas and leakage trends of the low-power ones then). Energies scale with V² over
 * its nominal value (assumed); the temperature is 300 K.
 */
final class MeasuredNode {
  static final String SOURCE =
      "measured on DNN+NeuroSim V1.3 (doi 10.1109/IEDM19573.2019.8993491), 130..7 nm; fitted";

  private static final double[] NODE_NM = {7, 10, 14, 22, 32, 45, 65, 90, 130};
  private static final double PLANAR_NM = 20;

  // Clocked flip-flop at an activity of one half.
  private static final NodeTable FLIP_FLOP_FJ =
      table(0.8353, 1.355, 2.192, 2.552, 4.77, 9.364, 19.48, 37.12, 71.21);
  private static final NodeTable FLIP_FLOP_HIGH_FJ =
      table(1.007, 1.597, 2.528, 1.779, 3.108, 5.715, 11.05, 20.21, 37.36);
  private static final NodeTable FLIP_FLOP_UM2 =
      table(0.1745, 0.3562, 0.6981, 1.236, 2.615, 5.171, 10.79, 20.68, 43.16);
  private static final NodeTable FLIP_FLOP_NW =
      table(0.1238, 0.1622, 0.2121, 0.1563, 0.241, 0.3767, 0.5989, 0.9046, 1.416);
  private static final NodeTable FLIP_FLOP_HIGH_NW =
      table(122.1, 82.42, 209.5, 156.6, 241.2, 376.6, 598.1, 905.3, 1415);
  private static final NodeTable NAND2_UM2 =
      table(0.02181, 0.04452, 0.08726, 0.1545, 0.3269, 0.6464, 1.349, 2.586, 5.394);
  // On-resistance and gate capacitance of a transistor of width 2F.
  private static final NodeTable SWITCH_OHM =
      table(13390, 16720, 19230, 43180, 41470, 39320, 37440, 34070, 25610);
  private static final NodeTable SWITCH_HIGH_OHM =
      table(4826, 7019, 8738, 19830, 15360, 13470, 11630, 9595, 8280);
  private static final NodeTable SWITCH_FF =
      table(0.09344, 0.08477, 0.08669, 0.06291, 0.1082, 0.1761, 0.3111, 0.5057, 0.8273);

  private final Process process;
  private final double logNode;
  private final double supplyFactor;

  private MeasuredNode(Process process) {
    this.process = process;
    logNode = StrictMath.log(process.node_nm());
    double relative = process.supply_V() / NominalSupply.of(process.node_nm());
    supplyFactor = relative * relative;
  }

  static MeasuredNode of(Process process) {
    return new MeasuredNode(process);
  }

  /** A table over the measured nodes, 7 nm first. */
  static NodeTable table(double... values) {
    return NodeTable.of(NODE_NM, values);
  }

  double at(NodeTable table) {
    return table.atLog(logNode);
  }

  /** The figure of the process's transistors. */
  double at(NodeTable lowPower, NodeTable highPerformance) {
    return at(process.isHighPerformance() ? highPerformance : lowPower);
  }

  /** Energy relative to the nominal supply. */
  double supplyFactor() {
    return supplyFactor;
  }

  double supply_V() {
    return process.supply_V();
  }

  double feature_um() {
    return process.feature_um();
  }

  boolean isHighPerformance() {
    return process.isHighPerformance();
  }

  boolean isFinFet() {
    return process.node_nm() < PLANAR_NM;
  }

  double flipFlop_fJ() {
    return at(FLIP_FLOP_FJ, FLIP_FLOP_HIGH_FJ) * supplyFactor;
  }

  double flipFlop_um2() {
    return at(FLIP_FLOP_UM2);
  }

  double flipFlop_uW() {
    return at(FLIP_FLOP_NW, FLIP_FLOP_HIGH_NW) / 1000;
  }

  /** Leakage of flip-flops per area. */
  double leakage_uWPerUm2() {
    return flipFlop_uW() / flipFlop_um2();
  }

  double nand_um2() {
    return at(NAND2_UM2);
  }

  /** Gate capacitance of a transistor with a given on-resistance. */
  double gate_fF(double on_ohm) {
    return at(SWITCH_FF) * at(SWITCH_OHM, SWITCH_HIGH_OHM) / on_ohm;
  }
}
