package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.mapper.column.DigitStatistics;
import java.util.List;

/**
 * Errors of a layer's conversions by column, one for each slice of the weights or two where both
 * columns of a pair are converted, and the signal that codes do not pass on.
 *
 * @param columns errors of the columns, least significant slice first
 * @param lostSignal share of whole products that conversions do not pass on
 * @param lostSquares sum of the squares of what each conversion does not
 */
record ConversionErrors(List<ColumnErrors> columns, double lostSignal, double lostSquares) {
  ConversionErrors {
    columns = List.copyOf(columns);
  }

  /** Fraction of the output's signal amplitude that codes pass on, at least 0. */
  double retainedSignal() {
    // Digits of offset codes go against each other: losing one may leave more than all.
    return lostSignal <= 0 ? 1 : lostSignal < 1 ? 1 - lostSignal : 0;
  }

  /**
   * Variances of an output.
   *
   * @param weight weight of the columns of the first slice
   * @param weights digits of the weights
   * @param perSlice columns of a slice
   */
  ColumnErrors output(double weight, DigitStatistics weights, int perSlice) {
    double quantisation = 0;
    double clipping = 0;
    ReadoutNoise readout = ReadoutNoise.NONE;
    double cells = 0;
    InputNoise input = InputNoise.NONE;
    for (int c = 0; c < columns.size(); c++) {
      double significance = weights.significance(c / perSlice);
      double counts = weight * (significance * significance);
      ColumnErrors column = columns.get(c);
      quantisation += counts * column.quantisation();
      clipping += counts * column.clipping();
      readout = readout.plus(counts, column.byReadout());
      cells += counts * column.cells();
      input = input.plus(counts, column.byInput());
    }
    return new ColumnErrors(quantisation, clipping, readout, cells, input);
  }
}
