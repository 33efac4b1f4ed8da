package dev.kirchhoff.arch.circuit;

/**
 * A crossbar as a circuit: cells between wordlines and bitlines, wires of equal segments, any end
 * of a line driven, grounded or floating (docs/models.md, eq. 46).
 *
 * <p>Node (i, j) of wordline i and node (i, j) of bitline j are joined by cell (i, j). Neighbouring
 * nodes of a line are one segment apart, a held end one segment from the node next to it. This is
 * the convention of published solvers (badcrossbar, CrossSim). Neglected: capacitance (the steady
 * state is solved), resistance of the ends' drivers beyond one segment.
 *
 * <p>Cells may be open (0 uS) or shorted (infinite); wires may be without resistance.
 *
 * <pre>{@code
 * CrossbarCircuit circuit =
 *     CrossbarCircuit.read(2, 2, new double[] {10, 20, 30, 40}, 1, 1); // uS, ohm
 * CircuitSolution solution =
 *     CrossbarSolver.of(circuit).solve(EndVoltages.left(new double[] {0.2, 0.1}, 2));
 * double out_uA = -solution.bottom_uA(0);
 * }</pre>
 */
public final class CrossbarCircuit {
  private static final double US_TIMES_OHM = 1e6;

  private final int rows;
  private final int columns;
  private final double[] conductance_uS;
  private final double wordline_ohm;
  private final double bitline_ohm;
  private final Boundary boundary;
  private final CellLaw law;

  /**
   * A crossbar.
   *
   * @param conductance_uS of each cell, row by row; 0 = open, infinite = shorted
   * @param wordline_ohm of a segment of a wordline
   * @param bitline_ohm of a segment of a bitline
   * @param boundary what its lines end in
   * @param law current of a cell
   * @throws IllegalArgumentException if a size does not fit or a figure is negative or not a number
   */
  public CrossbarCircuit(
      double[] conductance_uS,
      double wordline_ohm,
      double bitline_ohm,
      Boundary boundary,
      CellLaw law) {
    rows = boundary.rows();
    columns = boundary.columns();
    if (conductance_uS.length != rows * columns) {
      throw new IllegalArgumentException(
          "There must be "
              + rows
              + " x "
              + columns
              + " conductances, but there are "
              + conductance_uS.length
              + ".");
    }
    for (double g : conductance_uS) {
      if (!(g >= 0)) {
        throw new IllegalArgumentException("A conductance (" + g + " uS) must not be negative.");
      }
    }
    requireResistance(wordline_ohm);
    requireResistance(bitline_ohm);
    this.conductance_uS = conductance_uS.clone();
    this.wordline_ohm = wordline_ohm;
    this.bitline_ohm = bitline_ohm;
    this.boundary = boundary;
    this.law = law;
  }

  private static void requireResistance(double ohm) {
    if (!(ohm >= 0 && ohm < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "A segment's resistance (" + ohm + " ohm) must be finite and not negative.");
    }
  }

  /** Ohmic cells read from left to bottom. */
  public static CrossbarCircuit read(
      int rows, int columns, double[] conductance_uS, double wordline_ohm, double bitline_ohm) {
    return new CrossbarCircuit(
        conductance_uS,
        wordline_ohm,
        bitline_ohm,
        Boundary.read(rows, columns),
        new CellLaw.Ohmic());
  }

  /** Copy of this crossbar with other line ends. */
  public CrossbarCircuit with(Boundary other) {
    return new CrossbarCircuit(conductance_uS, wordline_ohm, bitline_ohm, other, law);
  }

  /** Number of wordlines. */
  public int rows() {
    return rows;
  }

  /** Number of bitlines. */
  public int columns() {
    return columns;
  }

  /** Conductance of a cell. */
  public double conductance_uS(int row, int column) {
    return conductance_uS[row * columns + column];
  }

  double wordline_ohm() {
    return wordline_ohm;
  }

  double bitline_ohm() {
    return bitline_ohm;
  }

  double[] conductances_uS() {
    return conductance_uS;
  }

  /** Terminations of the lines. */
  public Boundary boundary() {
    return boundary;
  }

  /** Current of a cell. */
  public CellLaw law() {
    return law;
  }

  Lines wordlines() {
    return lines(true, wordline_ohm);
  }

  Lines bitlines() {
    return lines(false, bitline_ohm);
  }

  private Lines lines(boolean isWordlines, double ohm) {
    var first = isWordlines ? boundary.left() : boundary.top();
    var last = isWordlines ? boundary.right() : boundary.bottom();
    return ohm == 0
        ? new IdealLines(isWordlines, rows, columns, first, last)
        : new ResistiveLines(isWordlines, rows, columns, US_TIMES_OHM / ohm, first, last);
  }
}
