package dev.kirchhoff.peripherals.array;

import dev.kirchhoff.peripherals.scaling.Process;

/**
 * Memory cell with a multiplier of its own: SRAM cells (one per bank), unit gates of the
 * multiplier, and the devices that the array adds.
 *
 * <p>Storage: area of the 6T cell of the node times 1.5 where logic reads it apart from its
 * bitlines (8T and 10T against 6T; Verma and Chandrakasan, JSSC 2008, doi 10.1109/JSSC.2007.908005:
 * 8T about 1.3; assumed 1.5 with the looser rules beside logic). Lines: 0.2 fF/um over one cell
 * pitch and the input of one unit gate.
 */
final class ComputeCell {
  static final double STORAGE = 1.5;

  private final Process process;
  private final double area_um2;

  ComputeCell(Process process, int banks, double gates, double further_um2) {
    this.process = process;
    area_um2 = STORAGE * banks * process.sramCell_um2() + gates * process.gate_um2() + further_um2;
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
