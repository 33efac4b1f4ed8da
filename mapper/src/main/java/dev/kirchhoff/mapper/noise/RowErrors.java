package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.arch.chip.InputErrors;
import dev.kirchhoff.mapper.column.DigitStatistics;

/**
 * Errors of the inputs of one conversion's sum (docs/models.md, eq. 20f): in that conversion, and
 * as they count in the output. Errors of rows are alike in all slices of the weights, offsets also
 * in all pulses, levels in pulses of one digit; digits of an input that are not zero are taken as
 * independent. Scratch of {@link ConversionNoise}.
 */
final class RowErrors {
  private final InputErrors errors;
  private final boolean isNone;
  private final double ofNoise;
  private final double ofOffset;
  private final double ofLevel;
  private final double ofGain;

  /** Variance of the noise of pulses in one conversion. */
  double noiseOnce;

  /** Variance of rows and levels in one conversion. */
  double mismatchOnce;

  /** {@link #noiseOnce} in the output. */
  double noise;

  /** {@link #mismatchOnce} in the output. */
  double mismatch;

  RowErrors(LayerColumns key) {
    DigitStatistics inputs = key.inputs();
    errors = key.column().inputs();
    isNone = errors.isNone() || key.column().encoding().countsMatches();
    double next = 1 << inputs.width();
    double size = 1;
    double all = 0;
    double squares = 0;
    double alone = 0;
    for (int t = 0; t < inputs.slices() && !isNone; t++) {
      double driven = inputs.nonzeroDigit(t);
      all += size * driven;
      squares += size * size * driven;
      alone += size * size * driven * driven;
      size *= next;
    }
    double others = squares > 0 ? (all * all - alone) / squares : 0;
    ofNoise = isNone ? 0 : gainOfSlices(key);
    ofOffset = ofNoise * (1 + others);
    ofLevel = ofNoise * (1 + others / inputs.largestDigit());
    ofGain = ofNoise * inputs.coherentGain();
  }

  /**
   * Mean square of a weight's code over that of its slices each by itself: a row's error meets all
   * of them. An inverted column counts its levels from the other end.
   */
  private static double gainOfSlices(LayerColumns key) {
    DigitStatistics statistics = key.weights();
    boolean isPair = key.column().encoding().isPair();
    boolean flips = key.column().encoding().flip() && !isPair;
    double apart = 0;
    double means = 0;
    for (int s = 0; s < statistics.slices(); s++) {
      double mean = statistics.meanDigit(s);
      double size = statistics.significance(s);
      double inverted = statistics.largestDigit(s) - mean;
      boolean isInverted = flips && mean > inverted;
      double centre = isInverted ? inverted : mean;
      double variance = statistics.squareDigit(s) - mean * mean;
      apart += size * size * (variance + centre * centre);
      means += size * size * centre * centre;
    }
    double whole = isPair ? statistics.valueSquare() : statistics.codeSquare();
    if (flips) {
      whole = statistics.codeSquare() - statistics.codeMean() * statistics.codeMean() + means;
    }
    return apart > 0 ? whole / apart : 1;
  }

  /**
   * Errors of the next conversion.
   *
   * @param t slice of the inputs
   */
  void of(LayerColumn column, int t, ColumnSums sums) {
    if (isNone) {
      return;
    }
    // Σ d² over the rows that are read.
    double weights = sums.read.weights() * column.square();
    double byDriven = weights * sums.driven[t];
    double offset = byDriven * errors.offset_steps() * errors.offset_steps();
    double level = byDriven * errors.level_steps() * errors.level_steps();
    double gain = weights * sums.square[t] * errors.gain() * errors.gain();
    noiseOnce = byDriven * errors.noise_steps() * errors.noise_steps();
    mismatchOnce = offset + level + gain;
    noise = ofNoise * noiseOnce;
    mismatch = ofOffset * offset + ofLevel * level + ofGain * gain;
  }

  /** Variance in one conversion. */
  double once() {
    return noiseOnce + mismatchOnce;
  }

  /**
   * Noise of pulses in the output.
   *
   * @param share share of the noise that slices have in common that their codes follow
   */
  double alike(double share) {
    return noiseOnce + share * (noise - noiseOnce);
  }
}
