package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.digital.UnitGates;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Registers of a chain of adders in the cells: every cell holds a full adder (priced with the
 * array), a partial sum ripples down the rows, and after every 8 rows a register cuts the chain, so
 * that a pass takes 8 sums and the carries of a word.
 *
 * <p>E = registers 3 E_NAND2 a bit, one register a pipeline cut and one at the end. Time 8 sums +
 * (p + log2 n) carries of 3 gate delays: two gates and the wire to the next cell (assumed). After
 * Kim et al., Colonnade, JSSC 2021, doi 10.1109/JSSC.2021.3061508 (128 rows, 16 registers). Unit
 * gates: ZigZag-IMC (arXiv 2305.18335). Neglected: glitches of the ripple. Valid 65..5 nm.
 */
public final class AdderChain implements Converter {
  private static final int ROWS_PER_REGISTER = 8;
  private static final double CARRY_DELAY = 3;
  private static final String SOURCE =
      "registers every 8 rows (Colonnade, doi 10.1109/JSSC.2021.3061508); flip-flop: ZigZag-IMC"
          + " (arXiv 2305.18335), read";

  private final Process process;
  private final AddedColumn column;

  /** The registers of one chain of words. */
  public AdderChain(Process process, AddedColumn column) {
    this.process = process;
    this.column = column;
  }

  private double registerBits() {
    int cuts = (column.rows() + ROWS_PER_REGISTER - 1) / ROWS_PER_REGISTER;
    return (double) cuts * width() * column.inputBits();
  }

  private int width() {
    return column.bits() + UnitGates.log2(column.rows());
  }

  @Override
  public double energy_fJ(Account account) {
    if (account.isOpen()) {
      account.formula("# x 3 x # fJ", registerBits(), process.gate_fJ()).source(SOURCE);
    }
    return registerBits() * UnitGates.FLIP_FLOP * process.gate_fJ();
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account.formula("# x 6 x # um2", registerBits(), process.gate_um2()).source(SOURCE);
    }
    return registerBits() * UnitGates.FLIP_FLOP_AREA * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    double gates = registerBits() * UnitGates.FLIP_FLOP_AREA;
    if (account.isOpen()) {
      account
          .formula("# x # uW", gates, process.gateLeakage_uW())
          .source("gates x leakage of a NAND2 (ITRS off-current)");
    }
    return gates * process.gateLeakage_uW();
  }

  @Override
  public double time_ns() {
    double delays = ROWS_PER_REGISTER * UnitGates.SUM_DELAY + width() * CARRY_DELAY;
    return delays * process.gate_ns();
  }

  @Override
  public ErrorBudget errors() {
    return ErrorBudget.EXACT;
  }

  @Override
  public double input_fF() {
    return 0;
  }
}
