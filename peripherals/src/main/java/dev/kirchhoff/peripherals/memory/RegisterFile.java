package dev.kirchhoff.peripherals.memory;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Register file of flip-flops: writing a bit switches one flip-flop, reading goes through a
 * multiplexer of as many levels as words need. Unit gate and flip-flop: ZigZag-IMC (28 nm, 0.9 V,
 * read); two gates a level (assumed). Area: flip-flop and one gate of multiplexer a bit and port.
 * Valid up to some kilobytes, beyond which an SRAM is smaller.
 */
public final class RegisterFile implements MemoryCircuit {
  private static final double FLIP_FLOP = 3;
  private static final int FLIP_FLOP_AREA = 6;
  private static final double GATES_PER_LEVEL = 2;
  private static final String SOURCE =
      "flip-flop and unit gate: ZigZag-IMC (arXiv 2305.18335), 28 nm (read); read multiplexer"
          + " two gates a level (assumed)";

  private final Process process;
  private final double bits;
  private final int levels;
  private final int gates;
  private final double cycle_ns;

  /** A register file of a size, accessed once a cycle at each of its ports, in words of a width. */
  public RegisterFile(Process process, double size_B, int width_bits, int ports, double cycle_ns) {
    this.process = process;
    gates = FLIP_FLOP_AREA + ports;
    this.cycle_ns = cycle_ns;
    bits = 8 * size_B;
    long words = Math.max(1, (long) Math.ceil(bits / width_bits));
    levels = 64 - Long.numberOfLeadingZeros(words - 1);
  }

  @Override
  public double write_fJ(Account account) {
    if (account.isOpen()) {
      account.formula("3 x # fJ", process.gate_fJ()).source(SOURCE);
    }
    return FLIP_FLOP * process.gate_fJ();
  }

  @Override
  public double read_fJ(Account account) {
    if (account.isOpen()) {
      account.formula("(1 + 2 x #) x # fJ", levels, process.gate_fJ()).source(SOURCE);
    }
    return (1 + GATES_PER_LEVEL * levels) * process.gate_fJ();
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account.formula("# x # x # um2", bits, gates, process.gate_um2()).source(SOURCE);
    }
    return bits * gates * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    if (account.isOpen()) {
      account
          .formula("# x # x # uW", bits, gates, process.gateLeakage_uW())
          .source("gates x leakage of a NAND2 (ITRS off-current)");
    }
    return bits * gates * process.gateLeakage_uW();
  }

  @Override
  public double access_ns() {
    return cycle_ns;
  }
}
