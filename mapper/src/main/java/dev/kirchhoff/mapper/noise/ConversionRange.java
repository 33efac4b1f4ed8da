package dev.kirchhoff.mapper.noise;

import static dev.kirchhoff.mapper.column.ConverterRange.smaller;

import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.ConverterModel;
import dev.kirchhoff.mapper.column.ConverterRange;

/**
 * Steps and ends of the converter's range for the sums of a column, by slice of the inputs ({@link
 * ConverterRange}): full, or calibrated for sums with a tail ({@link ColumnTail}), τ² = σ² with the
 * noise of cells and offset. Scratch of {@link ConversionNoise}.
 */
final class ConversionRange {
  /** Variance of a converter's own noise below which steps of a level round it away. */
  private static final double NOTICED = 0.02;

  private final LayerReads reads;
  private final ConverterModel converter;
  private final ConverterRange range;
  private final ColumnTail tails;

  /** Square of the analogue step. */
  final double[] stepSquare;

  /** Place of the mean in the range, 0..1. */
  final double[] place;

  /** Share of the sum's amplitude that the ends of the range cut. */
  final double[] cut;

  /** True if the converter has two or four codes. */
  final boolean[] isCoarse;

  ConversionRange(LayerColumns key, ConverterRange range, ColumnTail tails) {
    this.range = range;
    this.tails = tails;
    reads = key.reads();
    converter = key.column().converter();
    int slices = key.inputs().slices();
    stepSquare = new double[slices];
    place = new double[slices];
    cut = new double[slices];
    isCoarse = new boolean[slices];
  }

  /**
   * Ranges of the next column.
   *
   * @param rows errors of its inputs
   * @param errors errors of its conversions, to which clipping is added
   */
  void of(LayerColumn column, ColumnSums sums, RowErrors rows, ErrorSums errors) {
    ColumnModel.Span full = column.noise().full();
    double width = full.width();
    if (range.isCalibrated()) {
      calibrated(column, sums, rows, errors);
      return;
    }
    double ofFull = range.stepSquareOf(width);
    for (int t = 0; t < place.length; t++) {
      stepSquare[t] = ofFull;
      place[t] = (sums.mean[t] - full.least()) / width;
    }
  }

  private void calibrated(LayerColumn column, ColumnSums sums, RowErrors rows, ErrorSums errors) {
    ColumnTail.SliceTail ofSlice = column.noise().tail();
    ColumnModel.Span span = column.noise().span();
    double full = column.noise().full().width();
    double widest = range.stepSquareOf(smaller(full, span.width()));
    double notRounded = converter.own_steps2();
    for (int t = 0; t < place.length; t++) {
      double variance = sums.variance[t];
      double spread = variance + sums.noisy[t] + sums.virtualGround[t] + rows.once(t);
      double ofReads = reads.slice(t).tail(sums.ofReads[t], spread);
      double tail = ofReads * (tails.isHeavy() ? tails.ofBlocks(sums.ofProducts[t] / spread) : 1);
      double below = sums.mean[t] - span.least();
      double above = span.most() - sums.mean[t];
      double step = range.stepSquare(tail * spread, full, widest);
      if (step <= 1 && notRounded * range.ownStepSquare(step, full) > NOTICED) {
        step = range.quietStepSquare(step, spread, tail, notRounded, full);
      }
      stepSquare[t] = step;
      place[t] = range.place(below, above, step);
      isCoarse[t] = range.isCoarse(below, above, step, widest);
      cut[t] = range.cutSignal(below, above, spread, step, widest);
      double beyond = ofReads * tails.beyond(t, ofSlice, tail / ofReads);
      double clipped = spread * range.clippedShare(below, above, spread, step, widest, beyond);
      errors.clip(sums.significance[t] * Math.max(0, clipped - cut[t] * cut[t] * variance));
    }
  }
}
