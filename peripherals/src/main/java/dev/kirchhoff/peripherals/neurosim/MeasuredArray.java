package dev.kirchhoff.peripherals.neurosim;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.arch.device.Access;
import dev.kirchhoff.arch.device.Family;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.circuit.Circuit;
import dev.kirchhoff.peripherals.readout.Converter;
import dev.kirchhoff.peripherals.scaling.NodeTable;
import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Array of DNN+NeuroSim (the tool's <i>SubArray</i>) with its lines: cells, wordline and
 * source-line switch matrices, level shifters, column mux, decoders.
 *
 * <ul>
 *   <li>Area of cells = rows x columns x cell F^2, and 1,100 gates of control.
 *   <li>A row: switch matrix, its share of the row decoder, a level shifter where the write voltage
 *       is above 1.5 V and the supply. A column: switch matrix and two level shifters.
 *   <li>Every selection of the mux clocks the switch matrix again: 2.07 flip-flops a row, whether a
 *       weight lies on it or not (measured on the first layer of VGG-8: 27 of 128 rows used, 5.6 pJ
 *       a pass as in the others), and for a driven row 0.47 more and 0.2 C V^2 of the gates of its
 *       access transistors, which are as wide as a quarter of the device's low resistance requires.
 *   <li>A cell conducts 1/(1.25 R + 850 Ω), 1/(R + 850 Ω) without an access transistor or as SRAM;
 *       its read energy is counted in the converter.
 * </ul>
 *
 * <p>Fitted on VGG-8 at 22 nm (shares, 850 ohm), everything else from the measured tables of parts.
 * Neglected: mux and source-line switches that grow for low-ohmic devices (a chip of MTJs is too
 * small here), data-dependent column charging.
 */
public final class MeasuredArray implements Circuit {
  private static final NodeTable SHIFTER_UM2 =
      MeasuredNode.table(2.16, 3.873, 6.963, 10.01, 22.16, 50.42, 105.2, 209.4, 453.1);
  private static final NodeTable WORDLINES_UM2 =
      MeasuredNode.table(34.04, 69.47, 136.2, 241.1, 510, 1009, 2104, 4034, 8417);
  private static final NodeTable SOURCE_LINES_UM2 =
      MeasuredNode.table(24.51, 49.86, 97.69, 192.6, 407.5, 805.9, 1681, 3224, 6726);
  private static final NodeTable DECODER_UM2 =
      MeasuredNode.table(10.96, 22.36, 43.82, 80.34, 170, 336.1, 701.3, 1345, 2805);
  private static final NodeTable MUX_UM2 =
      MeasuredNode.table(0.6634, 1.275, 2.482, 13.69, 29.6, 58.95, 119.6, 219.1, 455.6);
  private static final NodeTable MUX_FJ =
      MeasuredNode.table(15.02, 22.69, 37.61, 43.81, 72.39, 134.7, 255, 421.7, 738.4);

  /** Lines of the measured parts. */
  private static final double LINES = 128;

  private static final double CONTROL_GATES = 1100;
  private static final double MUX_GATES = 45;
  private static final double SHIFTED_V = 1.5;

  /** High-performance layouts are a little smaller, whose p-channels are narrower. */
  private static final double HIGH_PERFORMANCE_AREA = 0.963;

  private static final double ROW_CLOCKS = 2.07;
  private static final double PULSE_CLOCKS = 0.47;
  private static final double GATE_ACTIVITY = 0.2;
  private static final double ACCESS_SHARE = 0.25;
  private static final double SERIES_OHM = 850;

  private final MeasuredNode node;
  private final Crossbar crossbar;
  private final Cell cell;
  private final int columnsPerAdc;
  private final boolean transistor;
  private final double shifter_um2;
  private final double areaFactor;

  /** An array whose columns share converters. */
  public MeasuredArray(Process process, Crossbar crossbar, Cell cell, int columnsPerAdc) {
    node = MeasuredNode.of(process);
    this.crossbar = crossbar;
    this.cell = cell;
    this.columnsPerAdc = columnsPerAdc;
    transistor = cell.access() == Access.ONE_TRANSISTOR && cell.device().family() != Family.SRAM;
    double write_V = cell.device().write().voltage_V();
    shifter_um2 = write_V > Math.max(SHIFTED_V, process.supply_V()) ? node.at(SHIFTER_UM2) : 0;
    areaFactor = node.isHighPerformance() ? HIGH_PERFORMANCE_AREA : 1;
  }

  @Override
  public double area_um2(Account account) {
    double f_um = node.feature_um();
    double cell_F2 = cell.device().cellArea_F2();
    double gates_um2 = CONTROL_GATES * node.nand_um2() * areaFactor;
    if (account.isOpen()) {
      account
          .formula(
              "# x # x # F2 x (# um)^2 + # um2",
              crossbar.rows(),
              crossbar.columns(),
              cell_F2,
              f_um,
              gates_um2)
          .source(
              "cell: " + cell.device().name() + "; 1100 gates of control, " + MeasuredNode.SOURCE);
    }
    return crossbar.rows() * (double) crossbar.columns() * cell_F2 * f_um * f_um + gates_um2;
  }

  @Override
  public double static_uW(Account account) {
    account.formula("0 uW").source("inside rows and shift-and-adds; " + MeasuredNode.SOURCE);
    return 0;
  }

  /** Energy of a cell at full conductance, read while its column is converted. */
  public double cellRead_fJ(Converter converter, Account account) {
    double full_uS = cell.device().window().max_uS();
    double ohm = 1e6 / full_uS * (transistor ? 1 + ACCESS_SHARE : 1) + SERIES_OHM;
    return converter.readCurrent_fJ(1e6 / ohm, account);
  }

  /** Energy of presenting one digit to the rows that are read at once, used or not. */
  public double pass_fJ(Account account) {
    int rows = Math.min(crossbar.rows(), crossbar.rowsActive());
    if (account.isOpen()) {
      account
          .formula("# x # x 2.07 x # fJ", rows, columnsPerAdc, node.flipFlop_fJ())
          .source("switch matrix clocked at every selection of the mux; " + MeasuredNode.SOURCE);
    }
    return rows * columnsPerAdc * ROW_CLOCKS * node.flipFlop_fJ();
  }

  /** Energy of driving a row. */
  public double rowPulse_fJ(Account account) {
    double access_ohm = ACCESS_SHARE * 1e6 / cell.device().window().max_uS();
    double gate_fF = transistor ? node.gate_fF(access_ohm) : 0;
    double v = node.supply_V();
    if (account.isOpen()) {
      account
          .formula(
              "# x (0.47 x # fJ + # x 0.2 x # fF x (# V)^2)",
              columnsPerAdc,
              node.flipFlop_fJ(),
              crossbar.columns(),
              gate_fF,
              v)
          .source("switch matrix and gates of the access transistors; " + MeasuredNode.SOURCE);
    }
    return columnsPerAdc
        * (PULSE_CLOCKS * node.flipFlop_fJ()
            + crossbar.columns() * GATE_ACTIVITY * gate_fF * v * v);
  }

  /** One row: switch matrix, level shifter, share of the row decoder. */
  public Circuit row() {
    return new Line(node.at(WORDLINES_UM2) + node.at(DECODER_UM2), 1, "row");
  }

  /** One column: switch matrix and level shifters of bitline and source line. */
  public Circuit column() {
    return new Line(node.at(SOURCE_LINES_UM2), 2, "column");
  }

  /** The mux of one converter. */
  public Circuit mux() {
    return new Mux();
  }

  /** Energy of switching one column to its converter. */
  public double select_fJ(Account account) {
    double all_fJ = node.at(MUX_FJ) * node.supplyFactor();
    if (account.isOpen()) {
      account.formula("# fJ / 128", all_fJ).source(MeasuredNode.SOURCE);
    }
    return all_fJ / LINES;
  }

  /** A row or a column. */
  private final class Line implements Circuit {
    private final double lines_um2;
    private final int shifters;
    private final String word;

    Line(double lines_um2, int shifters, String word) {
      this.lines_um2 = lines_um2;
      this.shifters = shifters;
      this.word = word;
    }

    @Override
    public double area_um2(Account account) {
      if (account.isOpen()) {
        account
            .formula("(# um2 / 128 + # x # um2) x #", lines_um2, shifters, shifter_um2, areaFactor)
            .source("switch matrix and level shifters of a " + word + "; " + MeasuredNode.SOURCE);
      }
      return (lines_um2 / LINES + shifters * shifter_um2) * areaFactor;
    }

    @Override
    public double static_uW(Account account) {
      if (account.isOpen()) {
        account.formula("# uW", node.flipFlop_uW()).source("one flip-flop; " + MeasuredNode.SOURCE);
      }
      return node.flipFlop_uW();
    }
  }

  private final class Mux implements Circuit {
    @Override
    public double area_um2(Account account) {
      double switches_um2 = node.at(MUX_UM2);
      if (account.isOpen()) {
        account
            .formula(
                "(# x # um2 / 128 + 45 x # um2) x #",
                columnsPerAdc,
                switches_um2,
                node.nand_um2(),
                areaFactor)
            .source("switches and a share of the mux decoder; " + MeasuredNode.SOURCE);
      }
      return (columnsPerAdc * switches_um2 / LINES + MUX_GATES * node.nand_um2()) * areaFactor;
    }

    @Override
    public double static_uW(Account account) {
      account.formula("0 uW").source("inside rows and shift-and-adds; " + MeasuredNode.SOURCE);
      return 0;
    }
  }
}
