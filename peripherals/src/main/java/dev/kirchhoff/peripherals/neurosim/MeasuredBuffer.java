package dev.kirchhoff.peripherals.neurosim;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.memory.MemoryCircuit;
import dev.kirchhoff.peripherals.scaling.NodeTable;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Buffers of DNN+NeuroSim per bit: register files of flip-flops, or SRAM of 128 x 128 cells.
 * Measured; writing a register file costs its decoder alone there. SRAM leaks 0.4 of a flip-flop a
 * bit (assumed). One access a cycle.
 */
public final class MeasuredBuffer implements MemoryCircuit {
  private static final NodeTable REGISTER_UM2 =
      MeasuredNode.table(0.1756, 0.3584, 0.7025, 1.245, 2.634, 5.209, 10.87, 20.83, 43.47);
  private static final NodeTable REGISTER_READ_FJ =
      MeasuredNode.table(1.686, 2.726, 4.405, 5.138, 9.606, 18.86, 39.24, 74.78, 143.5);
  private static final NodeTable REGISTER_WRITE_FJ =
      MeasuredNode.table(0.3146, 0.3433, 0.4127, 0.6773, 1.305, 2.622, 5.602, 10.84, 20.82);
  private static final NodeTable SRAM_UM2 =
      MeasuredNode.table(0.01628, 0.03322, 0.06512, 0.1591, 0.3366, 0.6657, 1.389, 2.663, 5.555);
  private static final NodeTable SRAM_READ_FJ =
      MeasuredNode.table(1.772, 2.897, 4.608, 8.172, 13.34, 23.17, 40.55, 66.9, 113.5);
  private static final NodeTable SRAM_WRITE_FJ =
      MeasuredNode.table(1.396, 2.111, 3.234, 5.352, 9.078, 16.38, 30.42, 52.96, 94.23);
  private static final double SRAM_LEAKAGE = 0.4;

  private final MeasuredNode node;
  private final boolean sram;
  private final double bits;
  private final double cycle_ns;

  /** A buffer of a size. */
  public MeasuredBuffer(Process process, boolean sram, double size_B, double cycle_ns) {
    node = MeasuredNode.of(process);
    this.sram = sram;
    this.cycle_ns = cycle_ns;
    bits = 8 * size_B;
  }

  @Override
  public double write_fJ(Account account) {
    return perBit_fJ(sram ? SRAM_WRITE_FJ : REGISTER_WRITE_FJ, account);
  }

  @Override
  public double read_fJ(Account account) {
    return perBit_fJ(sram ? SRAM_READ_FJ : REGISTER_READ_FJ, account);
  }

  private double perBit_fJ(NodeTable table, Account account) {
    if (account.isOpen()) {
      account.formula("# fJ x #", node.at(table), node.supplyFactor()).source(MeasuredNode.SOURCE);
    }
    return node.at(table) * node.supplyFactor();
  }

  @Override
  public double area_um2(Account account) {
    double bit_um2 = node.at(sram ? SRAM_UM2 : REGISTER_UM2);
    if (account.isOpen()) {
      account.formula("# x # um2", bits, bit_um2).source(MeasuredNode.SOURCE);
    }
    return bits * bit_um2;
  }

  @Override
  public double static_uW(Account account) {
    double bit_uW = node.flipFlop_uW() * (sram ? SRAM_LEAKAGE : 1);
    if (account.isOpen()) {
      account.formula("# x # uW", bits, bit_uW).source(MeasuredNode.SOURCE);
    }
    return bits * bit_uW;
  }

  @Override
  public double access_ns() {
    return cycle_ns;
  }
}
