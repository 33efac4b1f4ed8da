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

  private final double rangeSquare;
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
    rangeSquare = c * c;
    clipping = GaussianTail.clippingOfSquare(c * c);
    lost = lostBits > 0 ? (StrictMath.pow(4, lostBits) - 1) / 12 : 0;
  }

  /** Whether another converter adds the same variances to every layer. */
  boolean givesSameAs(ConverterNoise other) {
    return calibrated == other.calibrated
        && rowsActive == other.rowsActive
        && codes == other.codes
        && rangeSquare == other.rangeSquare
        && lost == other.lost
        && encoding.equals(other.encoding);
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
      column(inputs, d, dd, n, least(inputs, most), most, full, weight, v);
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
        column(inputs, positive * size, positive * dd, n, least, most, full, weight, v);
        double other = 1 - positive;
        column(inputs, other * size, other * dd, n, least, most, full, weight, v);
      } else {
        column(inputs, d, dd, n, -most, most, full, weight, v);
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
    double variance = inputs.structure() * q * (1 - q);
    double span = Math.min(full, n);
    double stepSquare = full * full * perCodesSquare;
    double weight = 4 * groups;
    if (calibrated) {
      double perVariance = 4 * rangeSquare * perCodesSquare * n;
      double widest = span * span * perCodesSquare;
      stepSquare = Math.min(perVariance * variance, widest);
      double sides = lostSides(q, 1 - q, variance, n, stepSquare, widest);
      v[CLIPPING] = weight * n * variance * sides;
    }
    v[QUANTISATION] = weight * (stepSquare <= 1 ? 0 : Math.min(stepSquare / 12, n * variance));
    v[LOST_BITS] = weight * lost * stepSquare;
  }

  /** All input slices of one weight slice. */
  private void column(
      DigitStatistics inputs,
      double d,
      double dd,
      double n,
      double least,
      double most,
      double full,
      double weight,
      double[] v) {
    if (calibrated) {
      calibrated(inputs, d, dd, n, least, most, full, weight, v);
    } else {
      full(inputs, d, dd, n, full, weight, v);
    }
  }

  /**
   * Steps of the full range are the same for all slices, and nothing is clipped. A slice loses no
   * more than all it says: rounding and lost bits together at most σ², for a slice that a converter
   * makes worse is not listened to.
   */
  private void full(
      DigitStatistics inputs,
      double d,
      double dd,
      double n,
      double full,
      double weight,
      double[] v) {
    double stepSquare = full * full * perCodesSquare;
    double rounding = stepSquare <= 1 ? 0 : stepSquare / 12;
    double lostStep = lost * stepSquare;
    double next = 1 << inputs.width();
    double significance = 1;
    double quantisation = 0;
    double lostBits = 0;
    int slices = inputs.slices();
    for (int t = 0; t < slices; t++) {
      double product = inputs.meanDigit(t) * d;
      double variance = n * inputs.structure() * (inputs.squareDigit(t) * dd - product * product);
      double rounded = smaller(rounding, variance);
      quantisation += significance * rounded;
      lostBits += significance * smaller(lostStep, variance - rounded);
      significance *= next * next;
    }
    v[QUANTISATION] += weight * quantisation;
    v[LOST_BITS] += weight * lostBits;
  }

  /**
   * Steps that follow the spread of each slice. Variances and means are those of one weight, μ/n
   * and σ²/n, so that n multiplies once for all slices; min(step²/12, σ²) is min(step², 12 n
   * σ²/n)/12.
   */
  private void calibrated(
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
    double widest = span * span * perCodesSquare;
    double perVariance = 4 * rangeSquare * perCodesSquare * n;
    double spread12 = 12 * n;
    double low = least / n;
    double high = most / n;
    double significance = 1;
    double quantisation = 0;
    double clipped = 0;
    double steps = 0;
    int slices = inputs.slices();
    for (int t = 0; t < slices; t++) {
      double product = inputs.meanDigit(t) * d;
      double variance = inputs.structure() * (inputs.squareDigit(t) * dd - product * product);
      double stepSquare = smaller(perVariance * variance, widest);
      double sides = lostSides(product - low, high - product, variance, n, stepSquare, widest);
      steps += significance * stepSquare;
      quantisation += stepSquare <= 1 ? 0 : significance * smaller(stepSquare, spread12 * variance);
      clipped += significance * variance * sides;
      significance *= nextSquare;
    }
    v[QUANTISATION] += weight * quantisation / 12;
    v[CLIPPING] += weight * n * clipped;
    // A converter's own noise is a share of its range, so it goes with the analogue step even where
    // codes finer than one level are rounded to levels: (4^lost - 1) step^2 / 12.
    v[LOST_BITS] += weight * lost * steps;
  }

  /**
   * Clipped variance relative to the column sum's, of a calibrated range, without roots: distances
   * are compared by their squares.
   *
   * @param below distance of the mean from the least sum, over n
   * @param above distance of the mean from the largest sum, over n
   * @param variance of the sum, over n
   * @param stepSquare square of a step, at most {@code widest}
   * @param widest square of the step at which the range holds every sum
   */
  private double lostSides(
      double below, double above, double variance, double n, double stepSquare, double widest) {
    if (stepSquare <= 1) {
      return lostSidesOfLevels(below, above, variance, n);
    }
    if (stepSquare < widest) {
      double half = rangeSquare * variance;
      return (below * below * n > half ? clipping : 0) + (above * above * n > half ? clipping : 0);
    }
    return 0;
  }

  /** The same where steps are levels. */
  private double lostSidesOfLevels(double below, double above, double variance, double n) {
    double half = codes * codes / 4;
    // Beyond ten standard deviations nothing is lost.
    if (half >= 100 * n * variance) {
      return 0;
    }
    double far = half / (n * n);
    int sides = (below * below > far ? 1 : 0) + (above * above > far ? 1 : 0);
    return sides == 0 ? 0 : sides * GaussianTail.clippingOfSquare(half / (n * variance));
  }

  /**
   * Of two numbers that are not NaN: {@link Math#min(double, double)} looks for NaN and negative
   * zero too, which takes five times as long.
   */
  private static double smaller(double a, double b) {
    return a < b ? a : b;
  }

  private static void clear(double[] v) {
    v[QUANTISATION] = 0;
    v[CLIPPING] = 0;
    v[LOST_BITS] = 0;
  }
}
