package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.digital.UnitGates;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * An SRAM array whose cells multiply with gates: a NOR or NAND of stored bit and input line gives a
 * one-bit product, added up by the digital readout.
 *
 * <p>E of a product that is one = 0.5 unit gates (read: ZigZag-IMC, weight static). Cell area:
 * storage of every bank and one unit gate. In a chain of adders each cell holds a full adder too: 6
 * unit gates that random data, a quarter of whose products is one, switch half of the time, 7.8
 * gate areas. The input line costs its wire and the gates of the multipliers, two minimum
 * transistors of a NOR or a unit gate before an adder, in the drivers. Columns are not charged.
 *
 * <p>After Chih et al., ISSCC 2021, doi 10.1109/ISSCC42613.2021.9365766. Neglected: leakage through
 * idle bitlines. Valid 65..5 nm.
 */
public final class DigitalArray implements CellArray {
  private static final double SWITCHED = 0.5;
  private static final double GATES = 1;
  private static final double DECODER_GATES = 4;

  private final Process process;
  private final Crossbar crossbar;
  private final boolean adders;
  private final double gates;
  private final double switched;
  private final ComputeCell cell;

  /**
   * An array of a crossbar's size.
   *
   * @param adders whether every cell holds a full adder
   */
  public DigitalArray(Process process, Crossbar crossbar, Cell cells, boolean adders) {
    this.process = process;
    this.crossbar = crossbar;
    this.adders = adders;
    gates = adders ? GATES + UnitGates.ADDER_AREA : GATES;
    switched =
        adders
            ? SWITCHED + UnitGates.ACTIVITY * UnitGates.ADDER / UnitGates.RANDOM_PRODUCTS
            : SWITCHED;
    cell = new ComputeCell(process, cells, crossbar.compute().banks(), gates, 0);
  }

  @Override
  public double pitch_um() {
    return cell.pitch_um();
  }

  @Override
  public double wordlineSegment_ohm() {
    return 0;
  }

  @Override
  public double bitlineSegment_ohm() {
    return 0;
  }

  @Override
  public double wordline_fF() {
    return crossbar.columns() * (adders ? cell.logic_fF() : cell.pair_fF());
  }

  @Override
  public double bitline_fF() {
    return crossbar.rows() * cell.switch_fF();
  }

  @Override
  public double readSupply_V() {
    return process.supply_V();
  }

  @Override
  public double cellRead_fJ(double conduct_ns, Account account) {
    if (account.isOpen()) {
      account
          .formula("# x # fJ", switched, process.gate_fJ())
          .source(
              "one-bit product (and adder of the cell over the products that are one in random data), ZigZag-IMC (arXiv 2305.18335), 28 nm (read)");
    }
    return switched * process.gate_fJ();
  }

  @Override
  public double columnSettle_fJ(Account account) {
    account.formula("0").source("columns of a digital array are not charged");
    return 0;
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen() && cell.isGiven()) {
      cell.describeGiven(crossbar, account);
    } else if (account.isOpen()) {
      account
          .formula(
              "# x # x (1.5 x # x # um2 + # x # um2) + # x 4 x # um2",
              crossbar.rows(),
              crossbar.columns(),
              crossbar.compute().banks(),
              process.sramCell_um2(),
              gates,
              process.gate_um2(),
              crossbar.rows(),
              process.gate_um2())
          .source("6T cell of the node x 1.5 and unit gates; row decoder of 4 gates a row");
    }
    return crossbar.rows() * (double) crossbar.columns() * cell.area_um2()
        + crossbar.rows() * DECODER_GATES * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    return ArrayLeakage.of(process, crossbar, gates, account);
  }
}
