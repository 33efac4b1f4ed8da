package dev.kirchhoff.peripherals.readout;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.digital.UnitGates;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Tree of ripple adders that adds the products of all active rows, exactly: n words of p bits take
 * N = n (p + 1) - (p + log2 n + 1) full adders (2 n - log2 n - 2 for bits), and an output register
 * of p + log2 n bits (docs/circuits.md, eq. 93 to 96).
 *
 * <p>E: every product that is one makes its share of the adders switch, N / 2 6 E_NAND2 / (n p / 4)
 * each, so that random data (a quarter of the products is one) switch half of the adders and sparse
 * data in proportion less; the register switches with every sum. Area N 7.8 A_NAND2 + register.
 * Time (log2 n - 1) sums, one carry-out and p + log2 n - 2 carries. b input bits side by side make
 * products of p + b - 1 bits; Booth's digits take no adder up to 2 bits and n (ceil(b/2) - 1) words
 * of adders beyond.
 *
 * <p>Read: unit gate and adder counts of ZigZag-IMC (arXiv 2305.18335), 28 nm, 0.9 V; checked
 * against Chih et al., ISSCC 2021, doi 10.1109/ISSCC42613.2021.9365766. Neglected: glitches,
 * compressors instead of full adders, wires of the tree. Valid for products up to a half ones,
 * 65..5 nm.
 */
public final class AdderTree implements Converter {
  private static final String SOURCE =
      "adders of a tree and unit gate: ZigZag-IMC (arXiv 2305.18335), 28 nm, 0.9 V (read); scaled"
          + " as logic";

  private final Process process;
  private final AddedColumn column;
  private final int levels;

  /** A tree over a column. */
  public AdderTree(Process process, AddedColumn column) {
    this.process = process;
    this.column = column;
    levels = UnitGates.log2(column.rows());
  }

  private double adders() {
    double n = column.rows();
    double p = column.productBits();
    double rowsOfDigits = Math.ceil(column.inputBits() / 2.0) - 1;
    return Math.max(0, n * (p + 1) - (p + levels + 1)) + n * rowsOfDigits * p;
  }

  private double registerBits() {
    return column.sumBits();
  }

  @Override
  public double energy_fJ(Account account) {
    if (account.isOpen()) {
      account
          .formula("# x 3 x # fJ", registerBits(), process.gate_fJ())
          .source("output register of a sum; " + SOURCE);
    }
    return registerBits() * UnitGates.FLIP_FLOP * process.gate_fJ();
  }

  @Override
  public double product_fJ(Account account) {
    double products = UnitGates.RANDOM_PRODUCTS * column.rows() * column.bits();
    if (account.isOpen()) {
      account
          .formula(
              "# x # x 6 x # fJ / #", adders(), UnitGates.ACTIVITY, process.gate_fJ(), products)
          .source(
              "full adders, half of them switch with random data, over the products that are one"
                  + " there; "
                  + SOURCE);
    }
    return adders() * UnitGates.ACTIVITY * UnitGates.ADDER * process.gate_fJ() / products;
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account
          .formula("(# x 7.8 + # x 6) x # um2", adders(), registerBits(), process.gate_um2())
          .source(SOURCE);
    }
    return gates() * process.gate_um2();
  }

  private double gates() {
    return adders() * UnitGates.ADDER_AREA + registerBits() * UnitGates.FLIP_FLOP_AREA;
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

  @Override
  public double time_ns() {
    double delays =
        Math.max(0, levels - 1) * UnitGates.SUM_DELAY
            + UnitGates.CARRY_OUT_DELAY
            + Math.max(0, column.sumBits() - 2) * UnitGates.CARRY_DELAY;
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
