package dev.kirchhoff.peripherals.digital;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * A digital block counted in unit gates: E = gates switched x E_NAND2, area = gates x A_NAND2.
 *
 * <p>Unit gate NAND2 0.7 fF, 0.614 um2; XOR2 1.5 capacitances and 2.4 areas; full adder 3 NAND2 + 2
 * XOR2 = 6 capacitances and 7.8 areas; flip-flop 3 capacitances and 6 areas. Read: ZigZag-IMC
 * (arXiv 2305.18335), 28 nm, 0.9 V.
 *
 * <p>Adders of an accumulator switch half of their capacitance, as those of a tree do, over the
 * bits that the sum has at that point; its register of b bits is clocked in full. With a sum of w
 * bits on average ({@link Accumulation}), an addition takes
 *
 * <pre>
 *   E = (0.5 x 6 w + 3 b) E_NAND2
 * </pre>
 *
 * <p>One adder serves the results of many columns in turn, so that successive sums have nothing in
 * common and random data toggle half of their bits. Other blocks switch in full, an array
 * multiplier because glitches make up for the bits that stay (assumed). Neglected: glitches of
 * adders, wires inside a block, data-dependent activity.
 */
public final class LogicBlock implements Circuit {
  private static final double ADDER = UnitGates.ADDER;
  private static final double ADDER_AREA = UnitGates.ADDER_AREA;
  private static final double FLIP_FLOP = UnitGates.FLIP_FLOP;
  private static final double FLIP_FLOP_AREA = UnitGates.FLIP_FLOP_AREA;
  private static final double ACTIVITY = UnitGates.ACTIVITY;
  private static final double MUX = 1.5;
  private static final double TABLE_ENTRIES = 256;
  private static final String SOURCE =
      "unit gate: ZigZag-IMC (arXiv 2305.18335), 28 nm, 0.9 V (read); scaled as logic"
          + " (Stillmaker and Baas 2017)";

  private final Process process;
  private final double switched;
  private final double random;
  private final double gates;
  private final int bits;
  private final String what;

  private LogicBlock(Process process, double switched, double gates, int bits, String what) {
    this(process, switched, 0, gates, bits, what);
  }

  private LogicBlock(
      Process process, double switched, double random, double gates, int bits, String what) {
    this.process = process;
    this.switched = switched;
    this.random = random;
    this.gates = gates;
    this.bits = bits;
    this.what = what;
  }

  /** Adder and register of a width, of sums that fill it: partial sums of whole blocks. */
  public static LogicBlock accumulator(Process process, int bits) {
    return accumulator(process, bits, bits);
  }

  /**
   * Adder and register of a width in which sums grow: shift-and-add (shifting is wiring).
   *
   * @param meanBits bits of the sum at an addition, on average; at most those of the register
   */
  public static LogicBlock accumulator(Process process, int bits, double meanBits) {
    return new LogicBlock(
        process,
        bits * FLIP_FLOP,
        Math.min(bits, meanBits) * ADDER,
        bits * (ADDER_AREA + FLIP_FLOP_AREA),
        bits,
        "adder and register");
  }

  /** Rectifier: one AND per bit and a register. */
  public static LogicBlock rectifier(Process process, int bits) {
    return new LogicBlock(
        process,
        bits * (1 + FLIP_FLOP),
        bits * (1 + FLIP_FLOP_AREA),
        bits,
        "rectifier and register");
  }

  /** Maximum of two words: a subtractor, a multiplexer and a register. */
  public static LogicBlock maximum(Process process, int bits) {
    return new LogicBlock(
        process,
        bits * (ADDER + MUX + FLIP_FLOP),
        bits * (ADDER_AREA + 2 * MUX + FLIP_FLOP_AREA),
        bits,
        "subtractor, multiplexer and register");
  }

  /**
   * Look-up of a non-linear function: 256 entries of a width in a mux tree, of which one path and
   * its neighbours switch (assumed).
   */
  public static LogicBlock lookup(Process process, int bits) {
    return new LogicBlock(
        process,
        bits * (TABLE_ENTRIES / 8 + FLIP_FLOP),
        bits * (TABLE_ENTRIES + FLIP_FLOP_AREA),
        bits,
        "look-up table of 256 words");
  }

  /**
   * Multiply-accumulate lane: an array multiplier of two widths and an accumulator of their sum.
   */
  public static LogicBlock multiplyAccumulate(Process process, int weightBits, int inputBits) {
    int width = weightBits + inputBits;
    double cells = (double) weightBits * inputBits;
    return new LogicBlock(
        process,
        cells * (1 + ADDER) + width * FLIP_FLOP,
        width * ADDER,
        cells * (1 + ADDER_AREA) + width * (ADDER_AREA + FLIP_FLOP_AREA),
        width,
        "array multiplier and accumulator");
  }

  /** Energy of one operation. */
  public double energy_fJ(Account account) {
    if (account.isOpen()) {
      account
          .formula("(# + # x #) x # fJ", switched, ACTIVITY, random, process.gate_fJ())
          .source(
              what
                  + " of "
                  + bits
                  + " bits: gates that switch in full, and those of adders of random data, over"
                  + " the bits that sums have on average; "
                  + SOURCE);
    }
    return (switched + ACTIVITY * random) * process.gate_fJ();
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account
          .formula("# x # um2", gates, process.gate_um2())
          .source(what + " of " + bits + " bits, gates; " + SOURCE);
    }
    return gates * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    if (account.isOpen()) {
      account
          .formula("# x # uW", gates, process.gateLeakage_uW())
          .source("gates x leakage of a NAND2 (ITRS off-current)");
    }
    return gates * process.gateLeakage_uW();
  }
}
