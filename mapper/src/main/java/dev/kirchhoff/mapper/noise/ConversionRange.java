package dev.kirchhoff.mapper.noise;

import static dev.kirchhoff.mapper.column.ConverterRange.smaller;

import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.ConverterModel;
import dev.kirchhoff.mapper.column.ConverterRange;

/**
 * Step and ends of the converter's range for the sum of one conversion ({@link ConverterRange}):
 * full, or calibrated for sums with a tail ({@link ColumnTail}), τ² = σ² with the noise of cells
 * and offset. Scratch of {@link ConversionNoise}.
 */
final class ConversionRange {
  /** Variance of a converter's own noise below which steps of a level round it away. */
  private static final double NOTICED = 0.02;

  private final ConverterModel converter;
  private final ConverterRange range;
  private final ColumnTail tails;

  /** Square of the analogue step. */
  double stepSquare;

  /** Square of the step that the converter's own errors are shares of. */
  double ownStepSquare;

  /** Place of the mean in the range, 0..1. */
  double place;

  /** Share of the sum's amplitude that the ends of the range cut. */
  double cut;

  /** True if the converter has two or four codes. */
  boolean isCoarse;

  ConversionRange(LayerColumns key, ConverterRange range, ColumnTail tails) {
    this.range = range;
    this.tails = tails;
    converter = key.column().converter();
  }

  /**
   * Range of the next conversion.
   *
   * @param t slice of the inputs
   * @param rows errors of its inputs
   * @param errors errors of the conversions, to which clipping is added
   */
  void of(LayerColumn column, int t, ColumnSums sums, RowErrors rows, ErrorSums errors) {
    ColumnModel.Span full = column.noise().full();
    double width = full.width();
    double narrowest = range.narrowestStepSquare(width);
    if (range.isCalibrated()) {
      calibrated(column, t, sums, rows, errors, narrowest);
    } else {
      stepSquare = range.stepSquareOf(width);
      place = (sums.mean - full.least()) / width;
    }
    ownStepSquare = range.ownStepSquare(stepSquare, narrowest);
  }

  private void calibrated(
      LayerColumn column,
      int t,
      ColumnSums sums,
      RowErrors rows,
      ErrorSums errors,
      double narrowest) {
    ColumnTail.SliceTail ofSlice = column.noise().tail();
    ColumnModel.Span span = column.noise().span();
    double full = column.noise().full().width();
    double widest = range.stepSquareOf(smaller(full, span.width()));
    double notRounded = converter.own_steps2();
    double variance = sums.variance;
    double spread = variance + sums.noisy + sums.virtualGround + rows.once();
    double ofReads = sums.read.tail(sums.ofReads, spread);
    double tail = ofReads * (tails.isHeavy() ? tails.ofBlocks(sums.ofProducts / spread) : 1);
    double below = sums.mean - span.least();
    double above = span.most() - sums.mean;
    double step = range.stepSquare(tail * spread, narrowest, widest);
    if (step <= 1 && notRounded * range.ownStepSquare(step, narrowest) > NOTICED) {
      step = range.quietStepSquare(step, spread, tail, notRounded, narrowest);
    }
    stepSquare = step;
    place = range.place(below, above, step);
    isCoarse = range.isCoarse(below, above, step, widest);
    cut = range.cutSignal(below, above, spread, step, widest);
    double beyond = ofReads * tails.beyond(t, ofSlice, tail / ofReads);
    double clipped = spread * range.clippedShare(below, above, spread, step, widest, beyond);
    errors.clip(sums.significance[t] * Math.max(0, clipped - cut * cut * variance));
  }
}
