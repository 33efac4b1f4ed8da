package dev.kirchhoff.peripherals.random;

import dev.kirchhoff.arch.chip.RandomSource;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.digital.UnitGates;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Register that collects the bits of read noise, the only circuit that such a source adds to the
 * crossbar, drivers and converters that it reads with: 16 flip-flops, each clocked by every bit
 * (docs/circuits.md, eq. 113).
 *
 * <pre>
 *   E = 16 × 16 × 3 E_NAND2,  A = 16 × 6 A_NAND2
 * </pre>
 *
 * <p>Reads and conversions are priced by their own parts.
 */
public final class NoiseRegister implements RandomCircuit {
  private static final int WORD = RandomSource.WORD_BITS;
  private static final String SOURCE =
      "shift register of a word in unit gates: ZigZag-IMC (arXiv 2305.18335), 28 nm, 0.9 V (read)";

  private final Process process;

  /** A register in a process. */
  public NoiseRegister(Process process) {
    this.process = process;
  }

  @Override
  public double draw_fJ(Account account) {
    if (account.isOpen()) {
      account
          .formula("# x # x # x # fJ", WORD, WORD, UnitGates.FLIP_FLOP, process.gate_fJ())
          .source(SOURCE);
    }
    return WORD * WORD * UnitGates.FLIP_FLOP * process.gate_fJ();
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account
          .formula("# x # x # um2", WORD, UnitGates.FLIP_FLOP_AREA, process.gate_um2())
          .source(SOURCE);
    }
    return WORD * UnitGates.FLIP_FLOP_AREA * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }
}
