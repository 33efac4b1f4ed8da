package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.arch.chip.Cell;
import dev.kirchhoff.arch.chip.Crossbar;
import dev.kirchhoff.peripherals.circuit.Account;
import dev.kirchhoff.peripherals.scaling.Process;
import java.util.OptionalDouble;

/**
 * Memory cell with a multiplier of its own: SRAM cells (one per bank), unit gates of the
 * multiplier, and the devices that the array adds.
 *
 * <p>Storage: area of the 6T cell of the node times 1.5 where logic reads it apart from its
 * bitlines (8T and 10T against 6T; Verma and Chandrakasan, JSSC 2008, doi 10.1109/JSSC.2007.908005:
 * 8T about 1.3; assumed 1.5 with the looser rules beside logic). Lines: 0.2 fF/um over one cell
 * pitch and the input of one unit gate. A given area is that of the whole cell: banks, multiplier
 * and devices.
 */
final class ComputeCell {
  static final double STORAGE = 1.5;

  private final Process process;
  private final OptionalDouble given_F2;
  private final double area_um2;

  ComputeCell(Process process, Cell cell, int banks, double gates, double further_um2) {
    this.process = process;
    given_F2 = cell.device().givenCellArea_F2();
    double f_um = process.feature_um();
    area_um2 =
        given_F2.isPresent()
            ? given_F2.getAsDouble() * f_um * f_um
            : STORAGE * banks * process.sramCell_um2() + gates * process.gate_um2() + further_um2;
  }

  /** True if the spec gives the area. */
  boolean isGiven() {
    return given_F2.isPresent();
  }

  /** Area of an array of cells of a given area, in words. */
  void describeGiven(Crossbar crossbar, Account account) {
    account
        .formula(
            "# x # x # F2 x (# um)^2 + # x 4 x # um2",
            crossbar.rows(),
            crossbar.columns(),
            given_F2.orElseThrow(),
            process.feature_um(),
            crossbar.rows(),
            process.gate_um2())
        .source("cell: given; row decoder of 4 gates a row");
  }

  double area_um2() {
    return area_um2;
  }

  double pitch_um() {
    return Math.sqrt(area_um2);
  }

  /** Capacitance that one cell adds to a line through one minimum transistor. */
  double switch_fF() {
    return line_fF(2 * process.feature_um());
  }

  /** Capacitance that one cell adds to a line that drives a pair of minimum transistors. */
  double pair_fF() {
    return line_fF(4 * process.feature_um());
  }

  /** Capacitance that one cell adds to a line that drives logic: wire and a unit gate. */
  double logic_fF() {
    return line_fF(0) + process.gate_fF();
  }

  private double line_fF(double gate_um) {
    return Process.WIRE_FF_PER_UM * pitch_um() + Process.GATE_FF_PER_UM * gate_um;
  }
}
