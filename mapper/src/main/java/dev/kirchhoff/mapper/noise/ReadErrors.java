package dev.kirchhoff.mapper.noise;

import static dev.kirchhoff.mapper.column.ConverterRange.smaller;

import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.ConverterRange;
import dev.kirchhoff.mapper.column.DigitStatistics;

/**
 * Errors of the reads of a column, by slice of the inputs: as one conversion meets them, and as
 * they count in the output. Errors of cells, and offsets unless a second pass takes them off, are
 * the same in all pulses ({@link DigitStatistics#coherentGain}, {@link
 * DigitStatistics#offsetGain}); those of converters and virtual grounds are alike in slices and row
 * groups that share them. Scratch of {@link ConversionNoise}.
 */
final class ReadErrors {
  private final ConverterRange range;
  private final double noise_steps2;
  private final double coherentGain;
  private final double inputGain;

  /** Gain of sums of further slices of a weight that their converter reads. */
  private final double commonGain;

  private final double groundGain;
  private final double offsetGain;
  private final double curveGain;

  /** Noise of the converter itself. */
  final double[] converter;

  /** Thermal noise, offsets and bows: no larger in one read than in another. */
  final double[] steady;

  /** Curved cells and errors of inputs, which go with the rows that are driven. */
  final double[] ofRows;

  /** Error that gains that differ make of a sum about its mean. */
  final double[] transfer;

  /** Offsets of virtual grounds in the output. */
  final double[] virtualGround;

  /** Offsets and bows of converters in the output. */
  final double[] offset;

  /** {@link #transfer} in the output. */
  final double[] gain;

  /** Error of curved cells in the output. */
  final double[] curvature;

  /**
   * Errors of a layer.
   *
   * @param curveGain what the error of curved cells counts in the output
   */
  ReadErrors(LayerColumns key, ConverterRange range, double curveGain) {
    this.range = range;
    this.curveGain = curveGain;
    ColumnModel column = key.column();
    DigitStatistics inputs = key.inputs();
    noise_steps2 = column.converter().noise_steps2();
    coherentGain = inputs.coherentGain();
    inputGain = inputs.inputGain();
    // Digits of weights that have signs make sums about zero.
    boolean hasSigns = column.encoding().isPair() || column.encoding().countsMatches();
    double sharedSlices = Math.max(0, key.sharedGain() / key.rowGroups() - 1);
    commonGain = sharedSlices * (hasSigns ? coherentGain : inputGain);
    groundGain = key.reads().offsetGain().orElse(inputs.offsetGain() * key.rowGroups());
    offsetGain = inputs.offsetGain() * key.sharedGain();
    int slices = inputs.slices();
    converter = new double[slices];
    steady = new double[slices];
    ofRows = new double[slices];
    transfer = new double[slices];
    virtualGround = new double[slices];
    offset = new double[slices];
    gain = new double[slices];
    curvature = new double[slices];
  }

  /**
   * Errors of the next column.
   *
   * @param rows errors of its inputs
   * @param ranges steps and ends of its converter
   */
  void of(LayerColumn column, ColumnSums sums, RowErrors rows, ConversionRange ranges) {
    double full = column.noise().full().width();
    double ofGain = range.gainVariance();
    for (int t = 0; t < steady.length; t++) {
      double variance = sums.variance[t];
      double own = range.ownStepSquare(ranges.stepSquare[t], full);
      double ofOffset = range.offsetVariance(own);
      double bow = range.bowSlopeVariance(ranges.place[t]);
      double bend = range.bendVariance(variance, ranges.stepSquare[t]);
      // Of sums of all pulses and slices that one converter reads.
      double together =
          coherentGain * sums.ofProducts[t]
              + inputGain * (sums.ofInputs[t] + sums.ofReads[t])
              + commonGain * sums.common[t];
      converter[t] = noise_steps2 * own;
      steady[t] = sums.thermal[t] + sums.virtualGround[t] + ofOffset + bow * variance + bend;
      ofRows[t] = curved(sums, t) + rows.once(t);
      transfer[t] = ofGain * variance;
      virtualGround[t] = groundGain * sums.virtualGround[t];
      offset[t] = offsetGain * ofOffset + bow * together + bend;
      gain[t] = ofGain * together;
      curvature[t] = curveGain * sums.curved[t];
    }
  }

  /** Error of curved cells as steps of a level meet it: its mean moves sums between levels. */
  private static double curved(ColumnSums sums, int t) {
    double mean = sums.curvedMean[t];
    return sums.curved[t] + smaller(mean * mean, 1.0 / 12);
  }
}
