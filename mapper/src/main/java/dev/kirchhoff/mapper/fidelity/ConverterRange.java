package dev.kirchhoff.mapper.fidelity;

import dev.kirchhoff.arch.chip.ConverterMismatch;
import dev.kirchhoff.arch.chip.Crossbar.Encoding;
import dev.kirchhoff.arch.chip.Crossbar.WeightEncoding;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.Readout.Range;

/**
 * Steps and ends of a converter's range, in levels, by their squares so that no roots are taken.
 *
 * <p>Full range: FS/(2^B − 1). Calibrated: min(2cτ, FS)/(2^B − 1), c of {@link GaussianTail#range},
 * centred on the mean; where that is finer than a level, up to a level and at most {@value #SAFE} τ
 * wide. Ranges of levels are narrower where the converter's own noise, a share of the range, would
 * cost more than clipping ({@link #quietStep}). A side that is no physical limit is clipped, τ²
 * h(c) each. Immutable.
 */
final class ConverterRange {

  /** Half range in standard deviations beyond which clipping does not matter. */
  private static final double SAFE = 4.5;

  /** Squares of steps that are tried, one over the other. */
  private static final double NARROWER = 0.75;

  private final boolean calibrated;
  private final double codes;
  private final double perCodesSquare;
  private final double rangeSquare;
  private final double clipping;
  private final double widestSquare;
  private final ConverterMismatch mismatch;

  /** Sums that go through one converter in one read. */
  private final int shared;

  /** Whether both columns of a pair are converted, one after the other. */
  private final boolean digitalPairs;

  /** Null where there are more codes. */
  private final FewCodes few;

  /** The range of equal converters of a number of bits. */
  ConverterRange(Range range, int bits) {
    this(range, bits, ConverterMismatch.NONE, 1, false);
  }

  /** The range of the converters of a readout behind columns of an encoding. */
  static ConverterRange of(Readout readout, WeightEncoding encoding) {
    boolean pair = encoding.encoding() == Encoding.DIFFERENTIAL && !encoding.pairOnRows();
    boolean digital = pair && encoding.subtractDigitally();
    int columns = (pair && !digital ? 2 : 1) * Math.max(1, encoding.combine());
    int shared = Math.max(1, readout.columnsPerAdc() / columns);
    return new ConverterRange(readout.range(), readout.bits(), readout.mismatch(), shared, digital);
  }

  private ConverterRange(
      Range range, int bits, ConverterMismatch mismatch, int shared, boolean digitalPairs) {
    this.digitalPairs = digitalPairs;
    this.mismatch = mismatch;
    this.shared = shared;
    calibrated = range == Range.CALIBRATED;
    codes = (1 << bits) - 1;
    few = bits <= FewCodes.MOST_BITS ? FewCodes.of(bits) : null;
    perCodesSquare = 1 / (codes * codes);
    double c = GaussianTail.range(bits);
    rangeSquare = c * c;
    clipping = GaussianTail.clippingOfSquare(rangeSquare);
    widestSquare = Math.max(rangeSquare, SAFE * SAFE);
  }

  /** Whether its ends follow the sums. */
  boolean isCalibrated() {
    return calibrated;
  }

  /** Square of the step of a range of a width. */
  double stepOf(double width) {
    return width * width * perCodesSquare;
  }

  /** Square of half the width of a range with a step. */
  double half(double stepSquare) {
    return stepSquare * codes * codes / 4;
  }

  /**
   * Mean square of what offsets and bows that differ add to a sum, the same in all pulses; the bow
   * as if every sum lay in the middle of the range.
   */
  double offsets(double stepSquare) {
    double offset = mismatch.offset_steps();
    double bow = mismatch.bow_steps();
    return (offset * offset + bow * bow) * stepSquare;
  }

  /** Whether converters differ at all. */
  boolean differ() {
    return !mismatch.isNone();
  }

  /**
   * How much more the slices of a weight suffer from errors of the converters that they share than
   * from errors of their own: Σ_c (Σ_s±w_s of what converter c reads)²/Σ w_s², w_s = 2^(width s),
   * as if their steps were alike, the mean over weights that lie side by side. Of pairs that are
   * subtracted after conversion one column counts against the other.
   */
  double together(int slices, int width) {
    int units = digitalPairs ? 2 * slices : slices;
    double all = 0;
    double own = 0;
    for (int weight = 0; weight < shared; weight++) {
      double ofConverter = 0;
      for (int u = 0; u < units; u++) {
        double size = Math.scalb(1.0, width * (digitalPairs ? u / 2 : u));
        own += size * size;
        ofConverter += digitalPairs && u % 2 == 1 ? -size : size;
        if (u == units - 1 || (weight * units + u + 1) % shared == 0) {
          all += ofConverter * ofConverter;
          ofConverter = 0;
        }
      }
    }
    return all / own;
  }

  /** What gains that differ add to a sum, of its mean square. */
  double gains() {
    return mismatch.gain() * mismatch.gain();
  }

  /**
   * Square of a calibrated step.
   *
   * @param spread τ²
   * @param widest square of the step at which the range holds every sum
   */
  double step(double spread, double widest) {
    double step = 4 * rangeSquare * perCodesSquare * spread;
    if (step < 1) {
      step = smaller(1, 4 * widestSquare * perCodesSquare * spread);
    }
    return smaller(step, widest);
  }

  /**
   * Square of a step at most a level wide whose range is narrower where a converter's own noise, a
   * share of the range, costs more than what it clips.
   *
   * @param step square of the step to start with, at most 1
   * @param spread τ²
   * @param tail of the sum
   * @param lost variance of lost bits and offsets in squares of a step
   */
  double quietStep(double step, double spread, double tail, double lost) {
    double best = step;
    double least = Double.POSITIVE_INFINITY;
    for (double tried = step; ; tried *= NARROWER) {
      double own = Rounding.square(lost * tried);
      double all = own + 2 * spread * GaussianTail.clippingOfSquare(half(tried) / (tail * spread));
      // Written so that sums without a variance (NaN) end it too.
      if (!(all < least)) {
        return best;
      }
      least = all;
      best = tried;
    }
  }

  /**
   * The codes of a calibrated range where they are few, on both sides of the mean and wider apart
   * than levels; else null.
   *
   * @param below distance of the mean from the least sum
   * @param above distance of the mean from the largest sum
   * @param stepSquare square of a step, at most {@code widest}
   * @param widest square of the step at which the range holds every sum
   */
  FewCodes few(double below, double above, double stepSquare, double widest) {
    if (few == null || stepSquare <= 1 || stepSquare == widest) {
      return null;
    }
    double half = half(stepSquare);
    return below * below > half && above * above > half ? few : null;
  }

  /**
   * Clipped variance of a calibrated range relative to the column sum's.
   *
   * @param below distance of the mean from the least sum
   * @param above distance of the mean from the largest sum
   * @param spread variance of the sum
   * @param stepSquare square of a step, at most {@code widest}
   * @param widest square of the step at which the range holds every sum
   * @param tail of the sum
   */
  double lostSides(
      double below, double above, double spread, double stepSquare, double widest, double tail) {
    // A digit that is never there has nothing to clip.
    if (stepSquare == widest || spread == 0) {
      return 0;
    }
    double half = half(stepSquare);
    int sides = (below * below > half ? 1 : 0) + (above * above > half ? 1 : 0);
    if (sides == 0) {
      return 0;
    }
    double lost = GaussianTail.clippingOfSquare(half / (spread * tail));
    // What a few codes lose is theirs to say.
    boolean said = few != null && stepSquare > 1 && sides == 2;
    return sides * (said ? Math.max(0, lost - clipping) : lost);
  }

  /**
   * Of two numbers that are not NaN: {@link Math#min(double, double)} looks for NaN and negative
   * zero too, which takes five times as long.
   */
  static double smaller(double a, double b) {
    return a < b ? a : b;
  }
}
