package dev.kirchhoff.mapper.noise;

/** Running sums over the conversions of a column or a layer: scratch of {@link ConversionNoise}. */
final class ErrorSums {
  private double quantisation;
  private double clipping;
  private double converter;
  private double thermal;
  private double virtualGround;
  private double offset;
  private double gain;
  private double curvature;
  private double cells;
  private double inputNoise;
  private double inputMismatch;
  private double lostSignal;
  private double lostSquares;

  /** Adds errors of a conversion. */
  void add(double quantised, double ofCells) {
    quantisation += quantised;
    cells += ofCells;
  }

  /** Adds noise of the readout of a conversion. */
  void addReadout(
      double ofConverter,
      double ofThermal,
      double ofGround,
      double ofOffset,
      double ofGain,
      double ofCurvature) {
    converter += ofConverter;
    thermal += ofThermal;
    virtualGround += ofGround;
    offset += ofOffset;
    gain += ofGain;
    curvature += ofCurvature;
  }

  /** Adds noise of the inputs of a conversion. */
  void addInput(double noise, double mismatch) {
    inputNoise += noise;
    inputMismatch += mismatch;
  }

  /** Adds clipping of a conversion. */
  void clip(double clipped) {
    clipping += clipped;
  }

  /** Adds a share of the products that a conversion does not pass on. */
  void addLoss(double share) {
    lostSignal += share;
    lostSquares += share * share;
  }

  /** Adds the errors of a column, each times a factor. */
  void add(double factor, ErrorSums column) {
    add(factor * column.quantisation, factor * column.cells);
    clip(factor * column.clipping);
    addReadout(
        factor * column.converter,
        factor * column.thermal,
        factor * column.virtualGround,
        factor * column.offset,
        factor * column.gain,
        factor * column.curvature);
    addInput(factor * column.inputNoise, factor * column.inputMismatch);
  }

  /** The errors. */
  ColumnErrors errors() {
    return new ColumnErrors(
        quantisation,
        clipping,
        new ReadoutNoise(converter, thermal, virtualGround, offset, gain, curvature),
        cells,
        new InputNoise(inputNoise, inputMismatch));
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
