package dev.kirchhoff.arch.circuit;

/** How far node voltages are from Kirchhoff's current law. */
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

  /** The largest current that does not add up at a node. */
  double norm(double[] wordline_V, double[] bitline_V, double[] cell_uA) {
    scale_uA = Double.MIN_NORMAL;
    for (double current : cell_uA) {
      scale_uA = Math.max(scale_uA, Math.abs(current));
    }
    for (int at = 0; at < into.length; at++) {
      into[at] = -cell_uA[at];
    }
    wordlines.gather(into, unknownW);
    wordlines.addWires(wordline_V, unknownW);
    bitlines.gather(cell_uA, unknownB);
    bitlines.addWires(bitline_V, unknownB);
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
