package dev.kirchhoff.mapper.noise;

import static dev.kirchhoff.mapper.column.ConverterRange.smaller;

import dev.kirchhoff.mapper.column.ColumnModel;
import dev.kirchhoff.mapper.column.ConverterRange;
import dev.kirchhoff.mapper.column.DigitStatistics;

/**
 * Errors of the reads of one conversion: as it meets them, and as they count in the output. Errors
 * of cells, and offsets unless a second pass takes them off, are the same in all pulses ({@link
 * DigitStatistics#coherentGain}, {@link DigitStatistics#offsetGain}); those of converters and
 * virtual grounds are alike in slices and row groups that share them. Scratch of {@link
 * ConversionNoise}.
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
  double converter;

  /** Thermal noise, offsets and bows: no larger in one read than in another. */
  double steady;

  /** Curved cells and errors of inputs, which go with the rows that are driven. */
  double ofRows;

  /** Error that gains that differ make of a sum about its mean. */
  double transfer;

  /** Offsets of virtual grounds in the output. */
  double virtualGround;

  /** Offsets and bows of converters in the output. */
  double offset;

  /** {@link #transfer} in the output. */
  double gain;

  /** Error of curved cells in the output. */
  double curvature;

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
  }

  /**
   * Errors of the next conversion.
   *
   * @param rows errors of its inputs
   * @param ranges step and ends of its converter
   */
  void of(ColumnSums sums, RowErrors rows, ConversionRange ranges) {
    double ofGain = range.gainVariance();
    double variance = sums.variance;
    double ofOffset = range.offsetVariance(ranges.ownStepSquare);
    double bow = range.bowSlopeVariance(ranges.place);
    double bend = range.bendVariance(variance, ranges.stepSquare);
    // Of sums of all pulses and slices that one converter reads.
    double together =
        coherentGain * sums.ofProducts
            + inputGain * (sums.ofInputs + sums.ofReads)
            + commonGain * sums.common;
    converter = noise_steps2 * ranges.ownStepSquare;
    steady = sums.thermal + sums.virtualGround + ofOffset + bow * variance + bend;
    ofRows = curved(sums) + rows.once();
    transfer = ofGain * variance;
    virtualGround = groundGain * sums.virtualGround;
    offset = offsetGain * ofOffset + bow * together + bend;
    gain = ofGain * together;
    curvature = curveGain * sums.curved;
  }

  /** Error of curved cells as steps of a level meet it: its mean moves sums between levels. */
  private static double curved(ColumnSums sums) {
    double mean = sums.curvedMean;
    return sums.curved + smaller(mean * mean, 1.0 / 12);
  }
}
