package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Column multiplexer of one converter: a transmission gate per column and a share of the decoder.
 * Behind sample-and-holds it passes voltages and is small (4F); else it passes the column's
 * current, and its resistance must stay below 10 % of that of a column with half of its active rows
 * driven, its cells at mean conductance (assumed; a per-column gain is calibrated out).
 */
public final class ColumnMux implements Circuit {
  private static final double DROP = 0.1;
  private static final double LENGTH_F = 4;
  private static final String SOURCE =
      "transmission gate with at most 10 % of the column's resistance (assumed), 4F where it"
          + " passes voltages; ITRS on-current";

  private final Process process;
  private final int columns;
  private final double width_um;

  /**
   * A multiplexer.
   *
   * @param columns columns that share the converter, of all crossbars that take turns
   * @param column_uS conductance of a column whose current passes, or 0 where voltages pass
   */
  public ColumnMux(Process process, int columns, double column_uS) {
    this.process = process;
    this.columns = columns;
    width_um =
        Math.max(
            4 * process.feature_um(), process.nominalSwitch_ohmUm() * column_uS / (DROP * 1e6));
  }

  /** Energy of switching one column to the converter. */
  public double select_fJ(Account account) {
    double v = process.supply_V();
    if (account.isOpen()) {
      account
          .formula("2 x # um x 1 fF/um x (# V)^2 + 2 x # fJ", width_um, v, process.gate_fJ())
          .source(SOURCE);
    }
    return 2 * width_um * Process.GATE_FF_PER_UM * v * v + 2 * process.gate_fJ();
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "# x (2 x # um x 4 x # um + # um2)",
              columns,
              width_um,
              process.feature_um(),
              process.gate_um2())
          .source(SOURCE);
    }
    return columns * (2 * width_um * LENGTH_F * process.feature_um() + process.gate_um2());
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(columns * process.gate_um2(), account);
  }
}
