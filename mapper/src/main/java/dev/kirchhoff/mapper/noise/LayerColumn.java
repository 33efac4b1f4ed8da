package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.DigitStatistics;
import java.util.ArrayList;
import java.util.List;

/**
 * Column of a layer with a converter of its own: statistics of the digits of one slice of the
 * weights, and the noise of a read of n weights before its conversion.
 *
 * @param slice slice of the weights
 * @param digit E[d]
 * @param square E[d²]
 * @param size E[|d|] of the digits that slices of one weight have of one sign; 0 where they cancel
 * @param signalShare share of a whole weight that the column carries
 * @param noise noise of its cells and front end
 */
record LayerColumn(
    int slice, double digit, double square, double size, double signalShare, SliceNoise noise) {

  /**
   * Noise of a slice's columns, and the ends of their sums.
   *
   * @param full ends of the full range
   * @param span ends of the layer's sums
   * @param tail variation of the noise of its cells
   * @param cells variance of the working cells for each squared input
   * @param stuck variance of the stuck cells for each squared input
   * @param stuckSquare mean-square error of a weight with a stuck cell
   * @param thermal thermal noise
   * @param virtualGround square of the offset of the virtual ground
   */
  record SliceNoise(
      ColumnModel.Span full,
      ColumnModel.Span span,
      ColumnTail.SliceTail tail,
      double cells,
      double stuck,
      double stuckSquare,
      double thermal,
      double virtualGround) {}

  /** Variance of a digit. */
  double variance() {
    return square - digit * digit;
  }

  /**
   * The columns of a layer, least significant slice first; two of a slice where both columns of a
   * pair are converted.
   */
  static List<LayerColumn> of(LayerColumns key, ColumnNoise noise, ColumnTail tails) {
    DigitStatistics weights = key.weights();
    WeightEncoding encoding = key.column().encoding();
    boolean apart = encoding.subtractsCodes();
    List<LayerColumn> columns = new ArrayList<>((apart ? 2 : 1) * weights.slices());
    SliceNoise last = null;
    for (int s = 0; s < weights.slices(); s++) {
      double d = weights.meanDigit(s);
      double dd = weights.squareDigit(s);
      double size = weights.magnitudeDigit(s);
      double share = weights.signalShare(s);
      last = noise(key, s, noise, tails, last);
      switch (encoding.encoding()) {
        case XNOR -> columns.add(new LayerColumn(s, d, dd, 0, 0, last));
        case OFFSET -> {
          int largest = weights.largestDigit(s);
          boolean inverted = encoding.flip() && d > largest / 2.0;
          double mean = inverted ? largest - d : d;
          double square = inverted ? dd + largest * (largest - 2 * d) : dd;
          columns.add(new LayerColumn(s, mean, square, mean, share, last));
        }
        case DIFFERENTIAL -> {
          if (apart) {
            double positive = weights.positiveShare();
            double negative = 1 - positive;
            columns.add(
                new LayerColumn(s, positive * size, positive * dd, 0, positive * share, last));
            columns.add(
                new LayerColumn(s, negative * size, negative * dd, 0, negative * share, last));
          } else {
            columns.add(new LayerColumn(s, d, dd, size, share, last));
          }
        }
      }
    }
    return columns;
  }

  /**
   * Noise of a slice's columns, half of which is of either column of a pair that is converted.
   *
   * @param before that of the slice before, whose ends are the same where its largest digit is;
   *     null of the first
   */
  private static SliceNoise noise(
      LayerColumns key, int slice, ColumnNoise noise, ColumnTail tails, SliceNoise before) {
    ColumnModel column = key.column();
    WeightEncoding encoding = column.encoding();
    DigitStatistics inputs = key.inputs();
    DigitStatistics weights = key.weights();
    double n = key.reads().weights();
    int pulse = inputs.largestDigit();
    int digit = weights.largestDigit(slice);
    double largest = (double) digit * pulse;
    boolean alike = before != null && digit == weights.largestDigit(slice - 1);
    boolean apart = encoding.subtractsCodes();
    double share = apart ? 0.5 : 1;
    double used = encoding.rowsPerWeight() * n;
    // One row of each pair of an XNOR is driven.
    double rows = encoding.countsMatches() ? n : used;
    ColumnTail.SliceTail tail =
        encoding.countsMatches()
            ? ColumnTail.SliceTail.UNIFORM
            : tails.slice(weights, slice, noise.errors(), apart);
    double stuck = share * noise.stuckCells(weights, slice);
    double probability = share * noise.stuckShare(weights);
    return new SliceNoise(
        alike ? before.full() : column.fullRange(largest, inputs.linePolarities()),
        alike ? before.span() : column.span(n, largest, inputs.polarities()),
        tail,
        share * n * tail.variance(),
        n * stuck,
        probability > 0 ? stuck / probability : 0,
        share
            * pulse
            * pulse
            * noise.thermal(weights, slice, rows, used * key.reads().perCrossbar()),
        share * pulse * pulse * noise.virtualGround(weights, slice, rows));
  }
}
