package dev.kirchhoff.arch.circuit;

/**
 * Deviation of node voltages from Kirchhoff's current law. Where segments conduct far better than
 * cells, rounding of their voltages alone is a current; it is left out where it is asked to be.
 */
final class Residual {
  private final Lines wordlines;
  private final Lines bitlines;
  private final double[] unknownW;
  private final double[] unknownB;
  private final double[] into;
  private double scale_uA;

  Residual(Lines wordlines, Lines bitlines) {
    this.wordlines = wordlines;
    this.bitlines = bitlines;
    unknownW = new double[wordlines.unknowns()];
    unknownB = new double[bitlines.unknowns()];
    into = new double[wordlines.rows * wordlines.columns];
  }

  /** The largest current that does not add up at a node, rounding of voltages apart. */
  double norm(double[] wordline_V, double[] bitline_V, double[] cell_uA) {
    return norm(wordline_V, bitline_V, cell_uA, true);
  }

  /** Norm of the residual, rounding included if it is not excepted; NaN if any current is. */
  double norm(double[] wordline_V, double[] bitline_V, double[] cell_uA, boolean exceptRounding) {
    scale_uA = Math.max(Double.MIN_NORMAL, largest(cell_uA));
    wordlines.residual(wordline_V, cell_uA, unknownW, exceptRounding);
    for (int cell = 0; cell < into.length; cell++) {
      into[cell] = -cell_uA[cell];
    }
    bitlines.residual(bitline_V, into, unknownB, exceptRounding);
    return Math.max(largest(unknownW), largest(unknownB));
  }

  /** The largest current of a cell when the norm was taken. */
  double scale() {
    return scale_uA;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
