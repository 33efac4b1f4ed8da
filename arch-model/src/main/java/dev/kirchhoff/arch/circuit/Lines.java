package dev.kirchhoff.arch.circuit;

/**
 * All wordlines or all bitlines of a crossbar with the cells' conductance to the lines that cross
 * them held: a separate linear system for each line.
 *
 * <p>Nodes are kept row by row, {@code row · columns + column}. Unknowns are what a line's voltages
 * are known by: its nodes, or one voltage where its wire has no resistance, or nothing where such a
 * line is held at an end.
 */
abstract class Lines {
  final int rows;
  final int columns;

  Lines(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
  }

  /** Number of unknowns. */
  abstract int unknowns();

  /** Takes the conductance of every cell, by node. */
  abstract void factor(double[] conductance_uS);

  /** Solves all lines: currents into unknowns → their voltages. */
  abstract void solve(double[] current_uA, double[] voltage_V);

  /** Voltages of nodes from unknowns; held lines get {@code heldTimes} times their voltage. */
  abstract void spread(double[] unknown, double[] node, double heldTimes);

  /** Currents into nodes → currents into unknowns. */
  abstract void gather(double[] node, double[] unknown);

  /** Adds the currents that driven ends send into unknowns at zero voltage. */
  abstract void addDrive(double[] current_uA);

  /** True if any end is held at a voltage that is not 0. */
  abstract boolean isDriven();

  /** Sets the voltages of the ends. */
  abstract void drive(double[] first_V, double[] last_V);

  /**
   * Currents into the lines at their ends.
   *
   * @param cell_uA current out of the line through each cell, by node
   * @param first_uA receives currents at left or top ends
   * @param last_uA receives currents at right or bottom ends
   */
  abstract void endCurrents(double[] cell_uA, double[] first_uA, double[] last_uA);

  /**
   * Residual current of each unknown.
   *
   * @param node voltages of nodes
   * @param cell_uA current out of the line through each cell, by node
   * @param missing_uA receives the sum of currents, by unknown
   * @param exceptRounding without what the rounding of voltages makes of the currents of segments
   */
  abstract void residual(
      double[] node, double[] cell_uA, double[] missing_uA, boolean exceptRounding);

  /** Σ over nodes of the current that wires and ends send into it × a direction. */
  abstract double wiresAlong(double[] node, double[] direction);

  /** Power that the wires take. */
  abstract double wirePower_uW(double[] cell_uA, double[] first_uA, double[] last_uA);
}
