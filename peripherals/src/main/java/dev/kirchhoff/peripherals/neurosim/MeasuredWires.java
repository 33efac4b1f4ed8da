package dev.kirchhoff.peripherals.neurosim;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.NodeTable;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Wires of DNN+NeuroSim: repeated wires of its H-trees and buses. Energy per bit and length is
 * measured (activity 1/4 included); so is the leakage. The distance of a bit and the area of wires,
 * in sides of a tile, are fitted on VGG-8: area = width x 0.36 um (F / 22 nm)^1.15 x laid length,
 * which holds its chips of 65 to 7 nm within 10 %, 7 nm 20 %.
 */
public final class MeasuredWires implements Circuit {
  private static final NodeTable BIT_FJ_PER_MM =
      MeasuredNode.table(33.34, 38.59, 43.82, 48.69, 55.05, 68.19, 82.74, 98.82, 116);
  private static final NodeTable BIT_HIGH_FJ_PER_MM =
      MeasuredNode.table(32.63, 39.51, 44.2, 47.98, 53.84, 67.08, 82.01, 98.72, 115);
  private static final NodeTable DELAY_PS_PER_MM =
      MeasuredNode.table(682.7, 687.4, 512.1, 377.3, 357.8, 315.1, 281.1, 333.5, 231.8);
  private static final NodeTable DELAY_HIGH_PS_PER_MM =
      MeasuredNode.table(485.3, 486.6, 375.3, 188, 149.2, 118.5, 106.1, 123.1, 88.03);
  private static final NodeTable LEAKAGE_NW_PER_MM =
      MeasuredNode.table(2.773, 2.764, 2.515, 1.873, 1.73, 1.7, 1.575, 1.468, 1.408);
  private static final double PITCH_UM = 0.36;
  private static final double PITCH_NM = 22;
  private static final double PITCH_EXPONENT = 1.15;
  private static final double HIGH_PERFORMANCE_AREA = 0.91;
  private static final double HIGH_PERFORMANCE_LEAKAGE = 1000;

  private final MeasuredNode node;
  private final int width;
  private final double length_um;
  private final double laid_um;

  /**
   * Wires.
   *
   * @param width wires side by side
   * @param length_um way of one bit
   * @param laid_um length of wire laid down per instance
   */
  public MeasuredWires(Process process, int width, double length_um, double laid_um) {
    node = MeasuredNode.of(process);
    this.width = width;
    this.length_um = length_um;
    this.laid_um = laid_um;
  }

  /** Energy of one bit over the length. */
  public double bit_fJ(Account account) {
    double perMm_fJ = node.at(BIT_FJ_PER_MM, BIT_HIGH_FJ_PER_MM) * node.supplyFactor();
    if (account.isOpen()) {
      account.formula("# fJ x # / 1000", perMm_fJ, length_um).source(MeasuredNode.SOURCE);
    }
    return perMm_fJ * length_um / 1000;
  }

  @Override
  public double area_um2(Account account) {
    double pitch_um =
        PITCH_UM
            * StrictMath.pow(node.feature_um() * 1000 / PITCH_NM, PITCH_EXPONENT)
            * (node.isHighPerformance() ? HIGH_PERFORMANCE_AREA : 1);
    if (account.isOpen()) {
      account.formula("# x # um x # um", width, pitch_um, laid_um).source(MeasuredNode.SOURCE);
    }
    return width * pitch_um * laid_um;
  }

  @Override
  public double static_uW(Account account) {
    double perMm_uW =
        node.at(LEAKAGE_NW_PER_MM)
            / 1000
            * (node.isHighPerformance() ? HIGH_PERFORMANCE_LEAKAGE : 1);
    if (account.isOpen()) {
      account.formula("# x # uW x # / 1000", width, perMm_uW, laid_um).source(MeasuredNode.SOURCE);
    }
    return width * perMm_uW * laid_um / 1000;
  }

  /** Delay of the length. */
  public double delay_ns() {
    return node.at(DELAY_PS_PER_MM, DELAY_HIGH_PS_PER_MM) * length_um / 1e6;
  }
}
