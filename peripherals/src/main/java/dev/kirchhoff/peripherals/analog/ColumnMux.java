package dev.kirchhoff.peripherals.analog;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Column multiplexer of one converter: a transmission gate per column and a share of the decoder.
 * It is sized by the quantity that it passes (docs/circuits.md, eq. 105a and 105b). A gate that
 * passes the current of a column, to a front end or a fitted converter, has at most 10 % of the
 * resistance of a column with half of its active rows driven and its cells at mean conductance
 * (assumed; a per-column gain is calibrated out). A gate that passes a voltage (a divider, a
 * bitline, shared charge) settles the converter's input to half a step in the time of a front end.
 * The least width, also behind sample-and-holds, is 4F; the buffer behind these is neglected.
 */
public final class ColumnMux implements Circuit {
  private static final double DROP = 0.1;
  private static final double LENGTH_F = 4;
  private static final double LEAST_F = 4;
  private static final double LN_2 = StrictMath.log(2);
  private static final String SOURCE =
      "transmission gate with at most 10 % of the resistance of a column whose current it passes"
          + " (assumed), that settles the converter's input where it passes a voltage, 4F at least;"
          + " ITRS on-current";

  private final Process process;
  private final int columns;
  private final double width_um;

  private ColumnMux(Process process, int columns, double width_um) {
    this.process = process;
    this.columns = columns;
    this.width_um = Math.max(LEAST_F * process.feature_um(), width_um);
  }

  /**
   * A multiplexer that passes currents.
   *
   * @param columns columns that share the converter, of all crossbars that take turns
   * @param column_uS conductance of a column whose current passes
   */
  public static ColumnMux ofCurrents(Process process, int columns, double column_uS) {
    return new ColumnMux(process, columns, process.nominalSwitch_MohmUm() * (column_uS / DROP));
  }

  /**
   * A multiplexer that passes voltages.
   *
   * @param load_fF capacitance of the converter's input, 0 behind sample-and-holds
   * @param bits bits of a code, to half a step of which it settles
   * @param settle_ns time to settle in
   */
  public static ColumnMux ofVoltages(
      Process process, int columns, double load_fF, int bits, double settle_ns) {
    double settling_uS = (bits + 1) * LN_2 * load_fF / settle_ns;
    return new ColumnMux(process, columns, process.nominalSwitch_MohmUm() * settling_uS);
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
