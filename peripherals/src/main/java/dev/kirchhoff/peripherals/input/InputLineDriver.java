package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.arch.spec.Units;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Driver of the line that carries one row's input beside the row's gate line: both polarities of
 * the read voltage around a reference, as arrays need whose inputs are signed (docs/circuits.md,
 * eq. 62).
 *
 * <p>A pulse costs C_line V_r V_s, the gates of the stage, and, where the columns are open (voltage
 * sensing), the row's share of charging all columns through its cells. The stage, two transistors,
 * may drop 5 % of the row's voltage at a virtual ground and 30 % at open columns, whose voltage is
 * a ratio of conductances, so that a resistance common to all rows divides out (both assumed).
 *
 * <p>Wire 0.2 fF/um and drains of the access transistors (ITRS). Neglected: the supply of the two
 * levels around the reference.
 */
public final class InputLineDriver implements Circuit {
  private static final double DROP = 0.05;
  private static final double OPEN_DROP = 0.3;
  private static final double STAGE_LENGTH_F = 4;
  private static final String SOURCE =
      "lines: 0.2 fF/um and drains (ITRS); stage sized for a drop of 5 %, 30 % at open columns"
          + " (assumed)";

  private final Process process;
  private final Line line;
  private final double stage_um;

  /** A driver of a line. */
  public InputLineDriver(Process process, Line line) {
    this.process = process;
    this.line = line;
    stage_um = process.nominalSwitch_MohmUm() * (line.row_uS() / (line.open() ? OPEN_DROP : DROP));
  }

  /**
   * A line.
   *
   * @param line_fF capacitance of the line
   * @param columns_fF share of the columns' capacitance that a pulse of one row charges
   * @param row_uS mean conductance of all cells of a row
   * @param read_V read voltage
   * @param readSupply_V supply that the read voltage is made from
   * @param open whether columns are open, their voltage sensed
   */
  public record Line(
      double line_fF,
      double columns_fF,
      double row_uS,
      double read_V,
      double readSupply_V,
      boolean open) {}

  /** Energy of one pulse. */
  public double pulse_fJ(Account account) {
    double v = process.supply_V();
    double gates_fF = 2 * Process.GATE_FF_PER_UM * stage_um;
    if (account.isOpen()) {
      account
          .formula(
              "(# fF + # fF) x # V x # V + # fF x (# V)^2",
              line.line_fF(),
              line.columns_fF(),
              line.read_V(),
              line.readSupply_V(),
              gates_fF,
              v)
          .source(SOURCE);
    }
    return (line.line_fF() + line.columns_fF()) * line.read_V() * line.readSupply_V()
        + gates_fF * v * v;
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account.formula("4 x # um x 4 x # um", stage_um, process.feature_um()).source(SOURCE);
    }
    return 4 * stage_um * STAGE_LENGTH_F * process.feature_um();
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(area_um2(Account.CLOSED), account);
  }

  /** Output resistance of the stage. */
  public double stage_ohm() {
    return Units.OHM_PER_MOHM * (process.switch_MohmUm() / stage_um);
  }
}
