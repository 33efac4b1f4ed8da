package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout.Range;

/**
 * Steps and ends of a converter's range, in levels, by their squares so that no roots are taken.
 *
 * <p>Full range: FS/(2^B − 1). Calibrated: min(2cτ√θ, FS)/(2^B − 1), c of {@link OptimalRange},
 * centred on the mean (docs/models.md, eq. 21 and 22), c with the converter's own errors as far as
 * they are shares of the range; where that is finer than a level, up to a level and at most {@value
 * #SAFE} τ on either side. Ranges of levels are narrower where the converter's own noise, a share
 * of the range, would cost more than clipping ({@link #quietStepSquare}). A side that is no
 * physical limit is clipped, τ² h(c) each. Immutable.
 */
public final class ConverterRange {

  /** Half range in standard deviations beyond which clipping does not matter. */
  private static final double SAFE = 4.5;

  /** Squares of steps that are tried, one over the other. */
  private static final double NARROWER = 0.75;

  private final ConverterModel converter;
  private final boolean calibrated;
  private final double codes;
  private final double perCodesSquare;
  private final double rangeSquare;

  /** Of a converter whose own errors no range makes smaller. */
  private final double quietRangeSquare;

  private final double clipping;
  private final double safeSquare;

  /** Sums that go through one converter in one read. */
  private final int shared;

  /** True if both columns of a pair are converted, one after the other. */
  private final boolean digitalPairs;

  private ConverterRange(ConverterModel converter, int shared, boolean digitalPairs) {
    this.converter = converter;
    this.digitalPairs = digitalPairs;
    this.shared = shared;
    calibrated = converter.range() == Range.CALIBRATED;
    codes = converter.steps();
    perCodesSquare = 1 / (codes * codes);
    double c = OptimalRange.halfRange(converter.bits(), converter.own_steps2());
    double quiet = OptimalRange.halfRange(converter.bits());
    rangeSquare = c * c;
    quietRangeSquare = quiet * quiet;
    clipping = GaussianTail.clippingOfSquare(rangeSquare);
    safeSquare = Math.max(rangeSquare, SAFE * SAFE);
  }

  /** The range of equal converters. */
  public static ConverterRange of(ConverterModel converter) {
    return new ConverterRange(converter, 1, false);
  }

  /** The range of the converters of a column. */
  public static ConverterRange of(ColumnModel column) {
    WeightEncoding encoding = column.encoding();
    // Errors of inverted columns count the other way: in the mean they neither add nor cancel.
    // Sums of whole weights count as if each had its converter.
    boolean isShared = !encoding.flip() && encoding.combine().isPresent();
    int columns = (encoding.subtractsColumns() ? 2 : 1) * encoding.combine().orElse(1);
    int shared = isShared ? Math.max(1, column.converter().columns() / columns) : 1;
    return new ConverterRange(column.converter(), shared, encoding.subtractsCodes());
  }

  /** True if its ends follow the sums. */
  public boolean isCalibrated() {
    return calibrated;
  }

  /** Square of the step of a range of a width. */
  public double stepSquareOf(double width) {
    return width * width * perCodesSquare;
  }

  /** Square of half the width of a range with a step. */
  public double halfSquare(double stepSquare) {
    return stepSquare * codes * codes / 4;
  }

  /**
   * Square of the step that a converter's own noise and offset are shares of: that of its range, at
   * least that of the narrowest range that its circuits are sized for.
   *
   * @param stepSquare square of a step
   * @param narrowestSquare square of the step of that range
   */
  public double ownStepSquare(double stepSquare, double narrowestSquare) {
    return larger(stepSquare, narrowestSquare);
  }

  /**
   * Square of the step of the narrowest range that a converter's circuits are sized for.
   *
   * @param fullWidth width of the full range
   */
  public double narrowestStepSquare(double fullWidth) {
    return stepSquareOf(converter.narrowestWidth(fullWidth));
  }

  /** Variance of offsets that differ, the same in all pulses, in squares of a level. */
  public double offsetVariance(double ownStepSquare) {
    return converter.offset_steps2() * ownStepSquare;
  }

  /**
   * Place of the mean of sums in a calibrated range, 0..1: the middle, unless the range ends with
   * the sums; of a range without width too.
   *
   * @param below distance of the mean from the least sum
   * @param above distance of the mean from the largest sum
   * @param stepSquare square of a step
   */
  public double place(double below, double above, double stepSquare) {
    double half = Math.sqrt(stepSquare) * codes / 2;
    double low = smaller(below, half);
    return half == 0 ? 0.5 : low / (low + smaller(above, half));
  }

  /** Variance of the gain, relative. */
  public double gainVariance() {
    return converter.mismatch().gain() * converter.mismatch().gain();
  }

  /** Variance of the slope 4 b (1 − 2 t)/(2^B − 1) that a bow of b steps has at a place t. */
  public double bowSlopeVariance(double place) {
    double slope = 4 * converter.mismatch().bow_steps() * (1 - 2 * place) / codes;
    return slope * slope;
  }

  /**
   * Variance of what a bow bends of a normal sum about its mean, 32 b² σ⁴/((2^B − 1)⁴ step²), at
   * most the square of the bow.
   */
  public double bendVariance(double variance, double stepSquare) {
    double bow = converter.mismatch().bow_steps();
    if (bow == 0 || variance == 0) {
      return 0;
    }
    double perRange = variance * perCodesSquare / stepSquare;
    return bow * bow * stepSquare * smaller(1, 32 * perRange * perRange);
  }

  /**
   * Gain of errors of the converters that the slices of a weight share over errors of their own:
   * Σ_c (Σ_s ± w_s)²/Σ w_s², the inner sum over the slices that converter c reads, as if their
   * steps were alike; w_s = 2^(width s) for equal cells. It is the mean over weights that lie side
   * by side. Of pairs that are subtracted after conversion one column counts against the other.
   *
   * @param sizes w_s, what a step of a converter counts in the output, by slice
   */
  public double sharedGain(double[] sizes) {
    int slices = sizes.length;
    int units = digitalPairs ? 2 * slices : slices;
    double all = 0;
    double sum = 0;
    for (int weight = 0; weight < shared; weight++) {
      double ofConverter = 0;
      for (int u = 0; u < units; u++) {
        double size = sizes[digitalPairs ? u / 2 : u];
        sum += size * size;
        ofConverter += digitalPairs && u % 2 == 1 ? -size : size;
        if (u == units - 1 || (weight * units + u + 1) % shared == 0) {
          all += ofConverter * ofConverter;
          ofConverter = 0;
        }
      }
    }
    return all / sum;
  }

  /**
   * Square of a calibrated step: least error where own errors follow the range, or where they do
   * not, or the narrowest range in which they do if that lies between.
   *
   * @param variance θ τ²
   * @param narrowestSquare square of the step of the narrowest range
   * @param widestSquare square of the step at which the range holds every sum
   */
  public double stepSquare(double variance, double narrowestSquare, double widestSquare) {
    double perVariance = 4 * perCodesSquare * variance;
    double square =
        larger(rangeSquare * perVariance, smaller(quietRangeSquare * perVariance, narrowestSquare));
    if (square < 1) {
      square = smaller(1, 4 * safeSquare * perCodesSquare * variance);
    }
    return smaller(square, widestSquare);
  }

  /**
   * Square of a step at most a level wide whose range is narrower where a converter's own noise, a
   * share of the range, costs more than what it clips.
   *
   * @param stepSquare square of the step to start with, at most 1
   * @param variance τ²
   * @param tail of the sum
   * @param lost variance of lost bits and offsets in squares of a step
   * @param narrowestSquare square of the step of the narrowest range
   */
  public double quietStepSquare(
      double stepSquare, double variance, double tail, double lost, double narrowestSquare) {
    double best = stepSquare;
    double least = Double.POSITIVE_INFINITY;
    for (double tried = stepSquare; ; tried *= NARROWER) {
      double rounding = Rounding.square(lost * ownStepSquare(tried, narrowestSquare));
      double all =
          rounding
              + 2 * variance * GaussianTail.clippingOfSquare(halfSquare(tried) / (tail * variance));
      // Written so that sums without a variance (NaN) end it too.
      if (!(all < least)) {
        return best;
      }
      least = all;
      best = tried;
    }
  }

  /**
   * True if a calibrated range is that of a {@link CoarseQuantiser}: codes are few, on both sides
   * of the mean and wider apart than levels.
   *
   * @param below distance of the mean from the least sum
   * @param above distance of the mean from the largest sum
   * @param stepSquare square of a step, at most {@code widestSquare}
   * @param widestSquare square of the step at which the range holds every sum
   */
  public boolean isCoarse(double below, double above, double stepSquare, double widestSquare) {
    if (!hasFewCodes() || stepSquare <= 1 || stepSquare == widestSquare) {
      return false;
    }
    double halfSquare = halfSquare(stepSquare);
    return below * below > halfSquare && above * above > halfSquare;
  }

  /** The quantiser of {@link #isCoarse}. */
  public CoarseQuantiser coarse() {
    return CoarseQuantiser.of(converter.bits());
  }

  private boolean hasFewCodes() {
    return converter.bits() <= CoarseQuantiser.MOST_BITS;
  }

  /**
   * Clipped variance of a calibrated range relative to the column sum's.
   *
   * @param below distance of the mean from the least sum
   * @param above distance of the mean from the largest sum
   * @param variance of the sum
   * @param stepSquare square of a step, at most {@code widestSquare}
   * @param widestSquare square of the step at which the range holds every sum
   * @param tail of the sum
   */
  public double clippedShare(
      double below,
      double above,
      double variance,
      double stepSquare,
      double widestSquare,
      double tail) {
    // A digit that is never there has nothing to clip.
    int sides = variance == 0 ? 0 : clippedSides(below, above, stepSquare, widestSquare);
    if (sides == 0) {
      return 0;
    }
    double lost = GaussianTail.clippingOfSquare(halfSquare(stepSquare) / (variance * tail));
    // The error of a coarse quantiser counts clipping at its best range already.
    boolean coarse = hasFewCodes() && stepSquare > 1 && sides == 2;
    return sides * (coarse ? Math.max(0, lost - clipping) : lost);
  }

  /**
   * Share of its amplitude that a sum loses where a calibrated range cuts it, 1 less the gain from
   * the sum to its code: P(cut) of a normal sum (docs/models.md, eq. 23a). A coarse quantiser knows
   * its gain.
   *
   * @param below distance of the mean from the least sum
   * @param above distance of the mean from the largest sum
   * @param variance of the sum
   * @param stepSquare square of a step, at most {@code widestSquare}
   * @param widestSquare square of the step at which the range holds every sum
   */
  public double cutSignal(
      double below, double above, double variance, double stepSquare, double widestSquare) {
    boolean coarse = hasFewCodes() && stepSquare > 1;
    int sides = coarse || variance == 0 ? 0 : clippedSides(below, above, stepSquare, widestSquare);
    return sides == 0 ? 0 : sides * GaussianTail.aboveOfSquare(halfSquare(stepSquare) / variance);
  }

  /** Sides on which a range ends before the sums do. */
  private int clippedSides(double below, double above, double stepSquare, double widestSquare) {
    if (stepSquare == widestSquare) {
      return 0;
    }
    double halfSquare = halfSquare(stepSquare);
    return (below * below > halfSquare ? 1 : 0) + (above * above > halfSquare ? 1 : 0);
  }

  /**
   * Of two numbers that are not NaN: {@link Math#min(double, double)} looks for NaN and negative
   * zero too, which takes five times as long.
   */
  public static double smaller(double a, double b) {
    return a < b ? a : b;
  }

  private static double larger(double a, double b) {
    return a > b ? a : b;
  }
}
