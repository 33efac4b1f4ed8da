package dev.kirchhoff.peripherals.random;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.digital.UnitGates;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Xorshift generator with a state of 32 bits, the upper 16 of which are its output in each cycle: x
 * ← x ⊕ x≪13, x ← x ⊕ x≫17, x ← x ⊕ x≪5, of period 2³² − 1 (Marsaglia, J. Statist. Softw. 8 (14),
 * 2003, doi 10.18637/jss.v008.i14; docs/circuits.md, eq. 111).
 *
 * <p>Three ranks of 19, 15 and 27 XOR gates and a register, in unit gates:
 *
 * <pre>
 *   E = (0.5 × 1.5 × 61 + 3 × 32) E_NAND2,  A = (2.4 × 61 + 6 × 32) A_NAND2
 * </pre>
 *
 * <p>XOR gates of random data toggle half of the time (assumed). Pseudo-random: words follow from
 * the seed. Neglected: glitches between the ranks. Valid for clocks of up to one rank of three XOR
 * gates and a flip-flop a cycle, 10 gate delays.
 */
public final class XorshiftGenerator implements RandomCircuit {
  private static final int STATE_BITS = 32;
  private static final int XORS = 19 + 15 + 27;
  private static final String SOURCE =
      "xorshift of 32 bits (Marsaglia 2003, doi 10.18637/jss.v008.i14) in unit gates: ZigZag-IMC"
          + " (arXiv 2305.18335), 28 nm, 0.9 V (read); scaled as logic (Stillmaker and Baas 2017)";

  private final Process process;

  /** A generator in a process. */
  public XorshiftGenerator(Process process) {
    this.process = process;
  }

  @Override
  public double draw_fJ(Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "(# x # x # + # x #) x # fJ",
              UnitGates.ACTIVITY,
              UnitGates.XOR,
              XORS,
              UnitGates.FLIP_FLOP,
              STATE_BITS,
              process.gate_fJ())
          .source(SOURCE);
    }
    return (UnitGates.ACTIVITY * UnitGates.XOR * XORS + UnitGates.FLIP_FLOP * STATE_BITS)
        * process.gate_fJ();
  }

  private static double gates() {
    return UnitGates.XOR_AREA * XORS + UnitGates.FLIP_FLOP_AREA * STATE_BITS;
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account.formula("# x # um2", gates(), process.gate_um2()).source(SOURCE);
    }
    return gates() * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    if (account.isOpen()) {
      account
          .formula("# x # uW", gates(), process.gateLeakage_uW())
          .source("gates x leakage of a NAND2 (ITRS off-current)");
    }
    return gates() * process.gateLeakage_uW();
  }
}
