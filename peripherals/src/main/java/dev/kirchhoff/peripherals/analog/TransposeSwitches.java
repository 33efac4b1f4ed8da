package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Switches of one crossbar that hand its drivers and converters to rows and columns in turn: at
 * each line two transmission gates, one to a driver and one to a front end, sized as those of the
 * {@link ColumnMux}, with a share of the buffers of the two select signals (docs/circuits.md, eq.
 * 106).
 *
 * <pre>
 *   A = 2 R a(G_row) + 2 N_c a(G_col),  a(G) = 2 W 4F + A_g,  W = max(4F, r_on G/0.1)
 * </pre>
 *
 * <p>R rows and N_c columns, r_on the resistance of a switch times its width, G the conductance of
 * the line with half of its active cells driven. Neglected: the energy of turning the switches,
 * once for all reads of one direction, and the 10 % that they add to the resistance of a line.
 */
public final class TransposeSwitches implements Circuit {
  private static final double GATES_PER_LINE = 2;

  private final Process process;
  private final ColumnMux atRows;
  private final ColumnMux atColumns;

  /**
   * Switches of a crossbar.
   *
   * @param row_uS conductance of a row in a transpose read
   * @param column_uS conductance of a column in a forward read
   */
  public TransposeSwitches(
      Process process, int rows, int columns, double row_uS, double column_uS) {
    this.process = process;
    atRows = ColumnMux.ofCurrents(process, rows, row_uS);
    atColumns = ColumnMux.ofCurrents(process, columns, column_uS);
  }

  @Override
  public double area_um2(Account account) {
    double rows_um2 = atRows.area_um2(account);
    String ofRows = account.formula();
    double columns_um2 = atColumns.area_um2(account);
    if (account.isOpen()) {
      account.formula(
          "# x (" + ofRows + ") + # x (" + account.formula() + ")", GATES_PER_LINE, GATES_PER_LINE);
    }
    return GATES_PER_LINE * rows_um2 + GATES_PER_LINE * columns_um2;
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }
}
