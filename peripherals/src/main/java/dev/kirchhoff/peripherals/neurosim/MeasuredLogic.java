package dev.kirchhoff.peripherals.neurosim;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.NodeTable;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Digital blocks of DNN+NeuroSim, counted in clocked flip-flops or adder bits.
 *
 * <p>Shift-and-add behind a converter of B bits, C cells a weight and X input bits, its share of
 * the adder trees of PE, tile and chip inside: energy (1.79 B + 0.72 X + 0.49 C) flip-flops, area
 * 5.45 (B + 0.4 X + 0.89 C) flip-flops. Fitted on accumulation of VGG-8 with 4, 5 and 8 bits, 4 and
 * 8 cells; the part of X is assumed. Adder: measured ripple adder, in proportion to bits.
 * Rectifier: measured, 8 bits. Maximum: as a rectifier and an adder (assumed).
 */
public final class MeasuredLogic implements Circuit {
  private static final NodeTable ADDER_8B_FJ =
      MeasuredNode.table(2.347, 4.107, 5.888, 8.578, 16.3, 32.43, 68.67, 132.3, 254.4);
  private static final NodeTable ADDER_8B_HIGH_FJ =
      MeasuredNode.table(2.855, 4.904, 6.88, 5.556, 9.833, 18.25, 49.45, 90.79, 120.8);
  private static final NodeTable ADDER_8B_UM2 =
      MeasuredNode.table(1.571, 3.205, 6.283, 11.12, 23.53, 46.54, 97.1, 186.2, 388.4);
  private static final double FLIP_FLOPS_PER_BIT_AREA = 5.45;

  /** Flip-flops of an 8-bit rectifier: 40.83 fJ and 9.888 um2 at 22 nm. */
  private static final double RECTIFIER_CLOCKS = 2;

  private final MeasuredNode node;
  private final double clocks;
  private final double flipFlops;
  private final double adderBits;
  private final String what;

  private MeasuredLogic(
      Process process, double clocks, double flipFlops, double adderBits, String what) {
    node = MeasuredNode.of(process);
    this.clocks = clocks;
    this.flipFlops = flipFlops;
    this.adderBits = adderBits;
    this.what = what;
  }

  /** Shift-and-add behind a converter, with its share of the accumulation above it. */
  public static MeasuredLogic shiftAdd(Process process, int bits, int cells, int inputBits) {
    return new MeasuredLogic(
        process,
        1.79 * bits + 0.72 * inputBits + 0.49 * cells,
        FLIP_FLOPS_PER_BIT_AREA * (bits + 0.4 * inputBits + 0.89 * cells),
        0,
        "shift-and-adds and their share of the adder trees");
  }

  /** Ripple adder. */
  public static MeasuredLogic adder(Process process, int bits) {
    return new MeasuredLogic(process, 0, 0, bits, "ripple adder");
  }

  /** Rectifier with its register. */
  public static MeasuredLogic rectifier(Process process, int bits) {
    return new MeasuredLogic(process, RECTIFIER_CLOCKS * bits, bits, 0, "rectifier");
  }

  /** Maximum of two words. */
  public static MeasuredLogic maximum(Process process, int bits) {
    return new MeasuredLogic(process, RECTIFIER_CLOCKS * bits, bits, bits, "maximum");
  }

  /** Energy of one operation. */
  public double energy_fJ(Account account) {
    double adder_fJ = node.at(ADDER_8B_FJ, ADDER_8B_HIGH_FJ) * node.supplyFactor() / 8;
    if (account.isOpen()) {
      account
          .formula("# x # fJ + # x # fJ", clocks, node.flipFlop_fJ(), adderBits, adder_fJ)
          .source(what + ": clocked flip-flops and adder bits; " + MeasuredNode.SOURCE);
    }
    return clocks * node.flipFlop_fJ() + adderBits * adder_fJ;
  }

  @Override
  public double area_um2(Account account) {
    double adder_um2 = node.at(ADDER_8B_UM2) / 8;
    if (account.isOpen()) {
      account
          .formula("# x # um2 + # x # um2", flipFlops, node.flipFlop_um2(), adderBits, adder_um2)
          .source(what + ": flip-flops and adder bits; " + MeasuredNode.SOURCE);
    }
    return flipFlops * node.flipFlop_um2() + adderBits * adder_um2;
  }

  @Override
  public double static_uW(Account account) {
    if (account.isOpen()) {
      account
          .formula("# x # uW", flipFlops, node.flipFlop_uW())
          .source("leakage of its flip-flops; " + MeasuredNode.SOURCE);
    }
    return flipFlops * node.flipFlop_uW();
  }
}
