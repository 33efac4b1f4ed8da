package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;

/** An array of cells on wordlines and bitlines, whatever its columns add up. */
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
}
