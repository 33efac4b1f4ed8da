package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;

/** Array of cells on wordlines and bitlines; its columns add up currents, charges or bits. */
public interface CellArray extends Circuit {

  /** Side of a cell. */
  double pitch_um();

  /** Resistance of a wordline between two cells; 0 where it is not modelled. */
  double wordlineSegment_ohm();

  /** Resistance of a bitline between two cells; 0 where no current flows while a column adds up. */
  double bitlineSegment_ohm();

  /** Capacitance of a whole wordline. */
  double wordline_fF();

  /** Capacitance of a whole bitline. */
  double bitline_fF();

  /** Supply that the energy of a cell is drawn from. */
  double readSupply_V();

  /**
   * Energy of a cell at its largest, read with the largest input.
   *
   * @param conduct_ns time that cells conduct in a pass
   */
  double cellRead_fJ(double conduct_ns, Account account);

  /** Energy of getting one column ready for a pass. */
  double columnSettle_fJ(Account account);

  /** Capacitance of a line that carries inputs beside a wordline of gates. */
  default double inputLine_fF() {
    return wordline_fF();
  }

  /**
   * Energy of a pass that flows through half-selected cells: without access transistors a driven
   * row finds a way over each floating column to the rows that are grounded, R_a/2 cells (half of
   * the active rows are driven, assumed) in series with all others, at mean conductance. A selector
   * lets 1 % of it through (assumed: half-bias nonlinearity of 100).
   *
   * @param floating columns that float while another is read
   * @param conduct_ns time that rows are driven in a pass
   */
  default double halfSelect_fJ(double floating, double conduct_ns, Account account) {
    account.formula("0").source("no half-selected cells conduct");
    return 0;
  }

  /**
   * Conductance of the cells that half of the write voltage drops over while one cell is written,
   * the other lines standing at half of it (V/2 scheme): those of its column, and its share of
   * those of its row (docs/circuits.md, eq. 8).
   *
   * @param cellsAtOnce cells of a row that are written at once
   * @param write_V the write voltage
   * @return 0 where access transistors cut them off
   */
  default double halfSelectedWrite_uS(int cellsAtOnce, double write_V) {
    return 0;
  }
}
