package dev.kirchhoff.arch.circuit;

/**
 * Voltages, currents and powers of a solved crossbar. Currents of ends flow into the crossbar, so
 * an output at a grounded end is negative there.
 */
public final class CircuitSolution {
  private final int columns;
  final double[] wordline_V;
  final double[] bitline_V;
  final double[] cell_uA;
  final double[] left_uA;
  final double[] right_uA;
  final double[] top_uA;
  final double[] bottom_uA;
  private double residual_uA;
  private double largest_uA;
  private double wordlinePower_uW;
  private double bitlinePower_uW;
  private double supplied_uW;

  CircuitSolution(int rows, int columns) {
    this.columns = columns;
    wordline_V = new double[rows * columns];
    bitline_V = new double[rows * columns];
    cell_uA = new double[rows * columns];
    left_uA = new double[rows];
    right_uA = new double[rows];
    top_uA = new double[columns];
    bottom_uA = new double[columns];
  }

  void setResidual(double residual_uA, double largest_uA) {
    this.residual_uA = residual_uA;
    this.largest_uA = largest_uA;
  }

  void setWires(double wordlinePower_uW, double bitlinePower_uW) {
    this.wordlinePower_uW = wordlinePower_uW;
    this.bitlinePower_uW = bitlinePower_uW;
  }

  void setSupply(double[] left_V, double[] right_V, double[] top_V, double[] bottom_V) {
    supplied_uW =
        power(left_V, left_uA)
            + power(right_V, right_uA)
            + power(top_V, top_uA)
            + power(bottom_V, bottom_uA);
  }

  private static double power(double[] volts, double[] current_uA) {
    double power = 0;
    for (int i = 0; i < volts.length; i++) {
      power += volts[i] * current_uA[i];
    }
    return power;
  }

  /** Voltage of a wordline where a cell is. */
  public double wordline_V(int row, int column) {
    return wordline_V[row * columns + column];
  }

  /** Voltage of a bitline where a cell is. */
  public double bitline_V(int row, int column) {
    return bitline_V[row * columns + column];
  }

  /** Current of a cell, from wordline to bitline. */
  public double cell_uA(int row, int column) {
    return cell_uA[row * columns + column];
  }

  /** Current into a wordline from the left. */
  public double left_uA(int row) {
    return left_uA[row];
  }

  /** Current into a wordline from the right. */
  public double right_uA(int row) {
    return right_uA[row];
  }

  /** Current into a bitline from the top. */
  public double top_uA(int column) {
    return top_uA[column];
  }

  /** Current into a bitline from the bottom; an output is its negative. */
  public double bottom_uA(int column) {
    return bottom_uA[column];
  }

  /** The largest current that does not add up at a node. */
  public double residual_uA() {
    return residual_uA;
  }

  /**
   * Residual relative to the largest current of a cell or an end, or to the current that the most
   * conductive cell would draw alone where that is larger; 0 if no current can flow.
   */
  public double residual() {
    return largest_uA <= Double.MIN_NORMAL ? 0 : residual_uA / largest_uA;
  }

  /** Power that the cells take. */
  public double cellPower_uW() {
    double power = 0;
    for (int cell = 0; cell < cell_uA.length; cell++) {
      power += cell_uA[cell] * (wordline_V[cell] - bitline_V[cell]);
    }
    return power;
  }

  /** Power that the cells of one row take. */
  public double cellPower_uW(int row) {
    double power = 0;
    for (int cell = row * columns; cell < (row + 1) * columns; cell++) {
      power += cell_uA[cell] * (wordline_V[cell] - bitline_V[cell]);
    }
    return power;
  }

  /** Power that the wires of wordlines take. */
  public double wordlinePower_uW() {
    return wordlinePower_uW;
  }

  /** Power that the wires of bitlines take. */
  public double bitlinePower_uW() {
    return bitlinePower_uW;
  }

  /** Power that the ends supply: what cells and wires take. */
  public double supplied_uW() {
    return supplied_uW;
  }
}
