package dev.kirchhoff.mapper.noise;

/** Running sums over the conversions of a layer: scratch of {@link ConversionNoise#of}. */
final class ErrorSums {
  private double quantisation;
  private double clipping;
  private double readout;
  private double cells;
  private double lostSignal;
  private double lostSquares;

  /** Adds errors of a conversion to those of its column. */
  void add(double quantised, double ofReadout, double ofCells) {
    quantisation += quantised;
    readout += ofReadout;
    cells += ofCells;
  }

  /** Adds clipping of a conversion to that of its column. */
  void clip(double clipped) {
    clipping += clipped;
  }

  /** Adds a share of the products that a conversion does not pass on. */
  void lose(double share) {
    lostSignal += share;
    lostSquares += share * share;
  }

  /** The column's errors; the next column begins at 0. */
  ColumnErrors column() {
    ColumnErrors errors = new ColumnErrors(quantisation, clipping, readout, cells);
    quantisation = 0;
    clipping = 0;
    readout = 0;
    cells = 0;
    return errors;
  }

  /** Sum of the shares that conversions do not pass on. */
  double lostSignal() {
    return lostSignal;
  }

  /** Sum of their squares. */
  double lostSquares() {
    return lostSquares;
  }
}
