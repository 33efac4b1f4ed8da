package dev.kirchhoff.peripherals.input;

import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.digital.UnitGates;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Row selector of one crossbar that skips rows whose digit is zero: a priority encoder that picks
 * the rows of a read one after another, the next one that is driven and has not been read, while
 * the previous read is converted (docs/circuits.md, eq. 102 to 105).
 *
 * <p>A digit of b bits loads a register of pending rows through b − 1 OR gates a row; a one-bit
 * digit is its own flag. A parallel prefix network of 2 R − 2 − log2 R OR gates and a depth of 2
 * log2 R − 1 tells every row whether one before it is pending; an AND gate grants the first, which
 * moves it from the pending rows to the selected ones, a second register. E_g, A_g and t_g are
 * energy, area and delay of the unit gate of {@link UnitGates}:
 *
 * <pre>
 *   load a digit   [R (½ (b − 1) + 3) + 2 R − 2 − log2 R] E_g
 *   pick a row     (1 + 2 × 3) E_g
 *   area           [R (b − 1 + 1 + 2 × 6) + 2 R − 2 − log2 R] A_g
 *   time of a pick (2 log2 R + 3) t_g
 * </pre>
 *
 * <p>A gate of the network rises when a digit is loaded and falls once when the rows before it have
 * been read, whatever the digits are. Assumed: OR gates of digits switch half of the time, an OR or
 * AND gate is a unit gate, a flip-flop takes 3 delays and is clocked by its own grant. Neglected:
 * wires along the rows, the first pick of a digit, which no conversion hides. Valid for 1 to 8192
 * rows. Source: look-ahead of priority encoders as in Wang and Huang, IEEE J. Solid-State Circuits
 * 35 (2000), doi 10.1109/4.871332; prefix network of Brent and Kung, IEEE Trans. Computers C-31
 * (1982), doi 10.1109/TC.1982.1675982.
 */
public final class RowSelector implements Circuit {
  private static final int REGISTERS = 2;

  /** Delay of a flip-flop in those of a unit gate (assumed). */
  private static final double FLIP_FLOP_DELAY = 3;

  private static final String SOURCE =
      "priority encoder: prefix network (Brent and Kung 1982) of unit gates";

  private final Process process;
  private final int rows;
  private final int digitBits;
  private final int depth;

  /**
   * A selector.
   *
   * @param rows R, rows of the crossbar
   * @param digitBits b, bits of a digit of the inputs
   */
  public RowSelector(Process process, int rows, int digitBits) {
    this.process = process;
    this.rows = rows;
    this.digitBits = digitBits;
    depth = UnitGates.log2(rows);
  }

  private double network() {
    return Math.max(0, 2.0 * rows - 2 - depth);
  }

  /** Energy of loading one digit of all rows. */
  public double load_fJ(Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "(# x (# x # + #) + #) x # fJ",
              rows,
              UnitGates.ACTIVITY,
              digitBits - 1.0,
              UnitGates.FLIP_FLOP,
              network(),
              process.gate_fJ())
          .source("zero detection, register of pending rows; " + SOURCE);
    }
    double perRow = UnitGates.ACTIVITY * (digitBits - 1) + UnitGates.FLIP_FLOP;
    return (rows * perRow + network()) * process.gate_fJ();
  }

  /** Energy of picking one row. */
  public double pick_fJ(Account account) {
    if (account.isOpen()) {
      account
          .formula("(1 + # x #) x # fJ", REGISTERS, UnitGates.FLIP_FLOP, process.gate_fJ())
          .source("grant of a row and its two flip-flops; " + SOURCE);
    }
    return (1 + REGISTERS * UnitGates.FLIP_FLOP) * process.gate_fJ();
  }

  /** Time of picking one row. */
  public double pick_ns() {
    return (2 * depth + FLIP_FLOP_DELAY) * process.gate_ns();
  }

  private double gates() {
    return rows * (digitBits + REGISTERS * UnitGates.FLIP_FLOP_AREA) + network();
  }

  @Override
  public double area_um2(Account account) {
    if (account.isOpen()) {
      account
          .formula(
              "(# x (# + # x #) + #) x # um2",
              rows,
              digitBits,
              REGISTERS,
              UnitGates.FLIP_FLOP_AREA,
              network(),
              process.gate_um2())
          .source("zero detection, grants, two registers; " + SOURCE);
    }
    return gates() * process.gate_um2();
  }

  @Override
  public double static_uW(Account account) {
    return process.leakage_uW(gates() * process.gate_um2(), account);
  }
}
