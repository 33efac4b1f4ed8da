package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * An SRAM array whose cells discharge precharged bitlines: every pulse of a wordline takes a share
 * of the bitline's charge through the read port of a cell that stores a one (docs/circuits.md, eq.
 * 25).
 *
 * <p>All active rows together at their largest swing the bitline over the core supply, so that a
 * cell read with the largest input costs C_b V^2 / R_a. Lines: wire over the cell's pitch and one
 * minimum transistor (2F) a cell. Cell area: storage with a read port, 1.5 cells of 6T, for every
 * bank. What the bitline does not discharge is not precharged again.
 *
 * <p>After Sinangil et al., JSSC 2021, doi 10.1109/JSSC.2020.3031290 (8T, 7 nm). Neglected:
 * capacitors that weight columns, non-linear read current near the end of the swing. Valid 65..5
 * nm.
 */
public final class SramCurrentArray implements CellArray {
  private static final double DECODER_GATES = 4;

  private final Process process;
  private final Crossbar crossbar;
  private final ComputeCell cell;

  /** An array of a crossbar's size. */
  public SramCurrentArray(Process process, Crossbar crossbar, Cell cells) {
    this.process = process;
    this.crossbar = crossbar;
    cell = new ComputeCell(process, cells, crossbar.compute().banks(), 0, 0);
  }

  @Override
  public double pitch_um() {
    return cell.pitch_um();
  }

  @Override
  public double wordlineSegment_ohm() {
    return process.wire_ohmPerUm() * pitch_um();
  }

  @Override
  public double bitlineSegment_ohm() {
    return 0;
  }

  @Override
  public double wordline_fF() {
    return crossbar.columns() * cell.switch_fF();
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
    double v = process.supply_V();
    if (account.isOpen()) {
      account
          .formula("# fF x (# V)^2 / #", bitline_fF(), v, crossbar.rowsActive())
          .source("bitline: 0.2 fF/um of wire (ITRS) and a 2F drain a cell, swings by the supply");
    }
    return bitline_fF() * v * v / crossbar.rowsActive();
  }

  @Override
  public double columnSettle_fJ(Account account) {
    account.formula("0").source("what cells discharge is precharged, counted with them");
    return 0;
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen() && cell.isGiven()) {
      cell.describeGiven(crossbar, account);
    } else if (account.isOpen()) {
      account
          .formula(
              "# x # x 1.5 x # x # um2 + # x 4 x # um2",
              crossbar.rows(),
              crossbar.columns(),
              crossbar.compute().banks(),
              process.sramCell_um2(),
              crossbar.rows(),
              process.gate_um2())
          .source("6T cell of the node x 1.5 for the read port; row decoder of 4 gates a row");
    }
    return crossbar.rows() * (double) crossbar.columns() * cell.area_um2()
        + crossbar.rows() * DECODER_GATES * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    return ArrayLeakage.of(process, crossbar, 0, account);
  }
}
