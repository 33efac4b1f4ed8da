package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * An SRAM array that multiplies onto capacitors: a cell whose product is one charges its unit
 * capacitor to the supply, then the column shares its charge and a converter reads the voltage
 * (docs/circuits.md, eq. 20 to 24).
 *
 * <p>E of a product = (C_u + C_logic) V^2, C_logic = 2 unit gates of 0.7 fF (pass gates and
 * switches); E of a column = reset and share switches, one minimum gate (2F) a cell and the wire of
 * the column, C V^2. Cell area: storage of every bank, a unit gate, and 1.5 fF/um2 of metal
 * capacitor (2 to 4 layers of metal fringe capacitors give 1 to 2 fF/um2; assumed), not stacked on
 * the cell. A ladder (combined columns) adds two unit capacitors a cell, the 2C and C of each
 * section, which move with the sum whatever the bit is: twice as often as the half of the bits that
 * are one.
 *
 * <p>After Valavi et al., JSSC 2019, doi 10.1109/JSSC.2019.2899730 and Jia et al., JSSC 2020, doi
 * 10.1109/JSSC.2020.2987714 (1.2 fF metal capacitor over an 8T cell); ladder: Wang et al., VLSI
 * 2022. Neglected: charge injection, parasitic capacitance of the shared line as a loss of signal.
 * Valid 65..5 nm, 0.5..1.2 V.
 */
public final class ChargeArray implements CellArray {
  private static final double GATES = 2;
  private static final double CAPACITOR_FF_PER_UM2 = 1.5;
  private static final double LADDER_UNITS = 2;
  private static final double LADDER_MOVES = 2;
  private static final double AREA_GATES = 1;
  private static final double DECODER_GATES = 4;
  private static final String SOURCE =
      "C V^2 of the unit capacitor (spec) and two unit gates (ZigZag-IMC, arXiv 2305.18335, read)";

  private final Process process;
  private final Crossbar crossbar;
  private final double capacitor_fF;
  private final double moves;
  private final ComputeCell cell;

  /** An array of a crossbar's size. */
  public ChargeArray(Process process, Crossbar crossbar, Cell cells) {
    this.process = process;
    this.crossbar = crossbar;
    double ladder = crossbar.weights().combines() ? 1 + LADDER_UNITS : 1;
    capacitor_fF = crossbar.compute().capacitor_fF() * ladder;
    moves = ladder > 1 ? LADDER_MOVES : 1;
    cell =
        new ComputeCell(
            process,
            cells,
            crossbar.compute().banks(),
            AREA_GATES,
            capacitor_fF / CAPACITOR_FF_PER_UM2);
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
    return crossbar.columns() * cell.pair_fF();
  }

  @Override
  public double bitline_fF() {
    return crossbar.rows() * cell.switch_fF();
  }

  @Override
  public double readSupply_V() {
    return process.supply_V();
  }

  /** Capacitance of a whole column while it shares its charge. */
  public double column_fF() {
    return crossbar.rowsActive() * crossbar.compute().capacitor_fF();
  }

  @Override
  public double cellRead_fJ(double conduct_ns, Account account) {
    double v = process.supply_V();
    if (account.isOpen()) {
      account
          .formula("# x # fF x (# V)^2 + 2 x # fJ", moves, capacitor_fF, v, process.gate_fJ())
          .source(SOURCE);
    }
    return moves * capacitor_fF * v * v + GATES * process.gate_fJ();
  }

  @Override
  public double columnSettle_fJ(Account account) {
    double v = process.supply_V();
    if (account.isOpen()) {
      account
          .formula("# fF x (# V)^2", bitline_fF(), v)
          .source("reset and sharing switches: 2F of gate a cell and the wire (ITRS)");
    }
    return bitline_fF() * v * v;
  }

  @Override
  public double area_um2(Account account) {
    double decoder_um2 = DECODER_GATES * process.gate_um2();
    if (account.isOpen() && cell.isGiven()) {
      cell.describeGiven(crossbar, account);
    } else if (account.isOpen()) {
      account
          .formula(
              "# x # x (1.5 x # x # um2 + # um2 + # fF / 1.5) + # x 4 x # um2",
              crossbar.rows(),
              crossbar.columns(),
              crossbar.compute().banks(),
              process.sramCell_um2(),
              process.gate_um2(),
              capacitor_fF,
              crossbar.rows(),
              process.gate_um2())
          .source(
              "6T cell of the node x 1.5, a unit gate, capacitor at 1.5 fF/um2 (assumed); row"
                  + " decoder of 4 gates a row");
    }
    return crossbar.rows() * (double) crossbar.columns() * cell.area_um2()
        + crossbar.rows() * decoder_um2;
  }

  @Override
  public double static_uW(Account account) {
    return ArrayLeakage.of(process, crossbar, AREA_GATES, account);
  }
}
