package dev.kirchhoff.mapper.fidelity;

import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout.Range;

/**
 * Variance that converters add to a layer's integer output: steps, clipping and effective bits.
 *
 * <p>A column sum of slice s of the weights and t of the inputs over n weights has, in units of one
 * cell level times one input level, mean μ = n E[u]E[d] and variance σ² = n (E[u²]E[d²] −
 * E[u]²E[d]²). Steps: full range max(1, FS/(2^B − 1)); calibrated max(1, min(2cσ, FS)/(2^B − 1))
 * centred on μ, c of {@link GaussianTail#range}. v_q = min(step²/12, σ²), 0 for a step of one
 * level; v_clip = σ² h(c) for each side that is not a physical limit. The output weighs slices by
 * (2^(b_c s) 2^(b_x t))². FS, largest column sum of n = R_a rows in levels: offset R_a D U with D =
 * 2^b_c − 1 and U = 2^b_x − 1, half of that with inverted columns, differential ±R_a D U (±R_a/2 D
 * U with pairs on rows), XNOR R_a/2 matches; inputs of two polarities make a one-sided sum
 * two-sided.
 *
 * <p>Neglected: errors of slices that are coherent (below 5 dB), tails heavier than Gaussian,
 * dependence between digits of neighbouring inputs. Source: uniform quantisation and clipping of a
 * Gaussian; checks in docs/models.md.
 */
final class ConverterNoise {

  /** Index of the step variance in results. */
  static final int QUANTISATION = 0;

  /** Index of the clipping variance in results. */
  static final int CLIPPING = 1;

  /** Index of the variance of lost effective bits in results. */
  static final int LOST_BITS = 2;

  private final WeightEncoding encoding;
  private final boolean calibrated;
  private final int rowsActive;
  private final double codes;
  private final double perCodesSquare;
  private final double fourRangeSquare;
  private final double clipping;
  private final double lost;

  /**
   * @param encoding how weights become conductances
   * @param range converter range
   * @param bits converter bits
   * @param rowsActive rows driven at once
   * @param lostBits bits − effective bits
   */
  ConverterNoise(WeightEncoding encoding, Range range, int bits, int rowsActive, double lostBits) {
    this.encoding = encoding;
    this.rowsActive = rowsActive;
    calibrated = range == Range.CALIBRATED;
    codes = (1 << bits) - 1;
    perCodesSquare = 1 / (codes * codes);
    double c = GaussianTail.range(bits);
    fourRangeSquare = 4 * c * c;
    clipping = GaussianTail.clippingOfSquare(c * c);
    lost = lostBits > 0 ? (StrictMath.pow(4, lostBits) - 1) / 12 : 0;
  }

  /**
   * Sets the three variances of one layer's output.
   *
   * @param inputs digits of the inputs
   * @param weights digits of the weights
   * @param perGroup weights that one column sums up in one pass
   * @param groups passes that one output adds up
   */
  void set(
      DigitStatistics inputs,
      DigitStatistics weights,
      double perGroup,
      double groups,
      double[] variance) {
    if (encoding.encoding() == Encoding.XNOR) {
      setMatches(inputs, weights, perGroup, groups, variance);
    } else if (encoding.encoding() == Encoding.OFFSET) {
      setOffset(inputs, weights, perGroup, groups, variance);
    } else {
      setDifferential(inputs, weights, perGroup, groups, variance);
    }
  }

  private void setOffset(
      DigitStatistics inputs, DigitStatistics weights, double n, double groups, double[] v) {
    clear(v);
    boolean flip = encoding.flip();
    int digit = weights.largestDigit();
    double levels = (double) digit * inputs.largestDigit();
    double share = flip ? 0.5 : 1;
    double weight = groups * inputs.passes();
    double next = 1 << weights.width();
    for (int s = 0; s < weights.slices(); s++) {
      double d = weights.meanDigit(s);
      double dd = weights.squareDigit(s);
      if (flip && d > digit / 2.0) {
        dd += digit * (digit - 2 * d);
        d = digit - d;
      }
      double most = n * levels * share;
      double full = inputs.polarities() * rowsActive * levels * share;
      pulses(inputs, d, dd, n, least(inputs, most), most, full, weight, v);
      weight *= next * next;
    }
  }

  private void setDifferential(
      DigitStatistics inputs, DigitStatistics weights, double n, double groups, double[] v) {
    clear(v);
    double levels = (double) weights.largestDigit() * inputs.largestDigit();
    double most = n * levels;
    double rows = encoding.pairOnRows() ? rowsActive / 2.0 : rowsActive;
    boolean digital = encoding.subtractDigitally() && !encoding.pairOnRows();
    double full = (digital ? inputs.polarities() : 2) * rows * levels;
    double least = least(inputs, most);
    double positive = digital ? weights.positiveShare() : 1;
    double weight = groups * inputs.passes();
    double next = 1 << weights.width();
    for (int s = 0; s < weights.slices(); s++) {
      double d = weights.meanDigit(s);
      double dd = weights.squareDigit(s);
      if (digital) {
        double size = weights.magnitudeDigit(s);
        pulses(inputs, positive * size, positive * dd, n, least, most, full, weight, v);
        double other = 1 - positive;
        pulses(inputs, other * size, other * dd, n, least, most, full, weight, v);
      } else {
        pulses(inputs, d, dd, n, -most, most, full, weight, v);
      }
      weight *= next * next;
    }
  }

  /** Least column sum of what inputs of one polarity can only make positive. */
  private static double least(DigitStatistics inputs, double most) {
    return inputs.polarities() == 2 ? -most : 0;
  }

  /** Matches m of n products of ±1: y = 2 m − n, σ² = n q (1 − q), q = P(match). */
  private void setMatches(
      DigitStatistics inputs, DigitStatistics weights, double n, double groups, double[] v) {
    clear(v);
    double x = inputs.meanDigit(0);
    double w = weights.meanDigit(0);
    double q = x * w + (1 - x) * (1 - w);
    double full = rowsActive / 2.0;
    double variance = n * q * (1 - q);
    double span = Math.min(full, n);
    double stepSquare = full * full * perCodesSquare;
    double weight = 4 * groups;
    if (calibrated) {
      double wanted = Math.min(fourRangeSquare * variance, span * span);
      stepSquare = wanted * perCodesSquare;
      v[CLIPPING] = weight * variance * lostSides(n * q, variance, 0, n, wanted, span * span);
    }
    v[QUANTISATION] = weight * (stepSquare <= 1 ? 0 : Math.min(stepSquare / 12, variance));
    v[LOST_BITS] = weight * lost * stepSquare;
  }

  /** All input slices of one weight slice. */
  private void pulses(
      DigitStatistics inputs,
      double d,
      double dd,
      double n,
      double least,
      double most,
      double full,
      double weight,
      double[] v) {
    double next = 1 << inputs.width();
    double nextSquare = next * next;
    double span = Math.min(full, most - least);
    double spanSquare = span * span;
    double fullStep = full * full * perCodesSquare;
    double significance = weight;
    double quantisation = 0;
    double clipped = 0;
    double steps = 0;
    int slices = inputs.slices();
    for (int t = 0; t < slices; t++) {
      double product = inputs.meanDigit(t) * d;
      double variance = n * (inputs.squareDigit(t) * dd - product * product);
      double stepSquare = fullStep;
      if (calibrated) {
        double wanted = Math.min(fourRangeSquare * variance, spanSquare);
        stepSquare = wanted * perCodesSquare;
        double sides = lostSides(n * product, variance, least, most, wanted, spanSquare);
        clipped += significance * variance * sides;
      }
      quantisation += significance * (stepSquare <= 1 ? 0 : Math.min(stepSquare / 12, variance));
      steps += significance * stepSquare;
      significance *= nextSquare;
    }
    v[QUANTISATION] += quantisation;
    v[CLIPPING] += clipped;
    // A converter's own noise is a share of its range, so it goes with the analogue step even where
    // codes finer than one level are rounded to levels: (4^lost - 1) step^2 / 12.
    v[LOST_BITS] += lost * steps;
  }

  /**
   * Clipped variance relative to the column sum's, of a calibrated range, without roots: ranges are
   * compared by their squares.
   *
   * @param wanted square of the range
   */
  private double lostSides(
      double mean, double variance, double least, double most, double wanted, double spanSquare) {
    double below = mean - least;
    double above = most - mean;
    if (wanted * perCodesSquare <= 1) {
      double half = codes * codes / 4;
      double sides = (below * below > half ? 1 : 0) + (above * above > half ? 1 : 0);
      // Beyond ten standard deviations nothing is lost.
      return sides > 0 && half < 100 * variance
          ? sides * GaussianTail.clippingOfSquare(half / variance)
          : 0;
    }
    if (wanted < spanSquare) {
      double half = wanted / 4;
      return (below * below > half ? clipping : 0) + (above * above > half ? clipping : 0);
    }
    return 0;
  }

  private static void clear(double[] v) {
    v[QUANTISATION] = 0;
    v[CLIPPING] = 0;
    v[LOST_BITS] = 0;
  }
}
