package dev.kirchhoff.mapper.column;

import dev.kirchhoff.arch.chip.ConverterMismatch;
import dev.kirchhoff.arch.chip.Readout;
import dev.kirchhoff.arch.chip.Readout.Range;
import dev.kirchhoff.peripherals.ReadoutErrors;
import dev.kirchhoff.peripherals.readout.ErrorBudget;

/**
 * Converter behind a column: resolution, range, its own noise, mismatch between converters.
 *
 * <p>Lost bits are noise: a converter of B bits of which B − b are effective has the noise of (4^b
 * − 1)/12 squared steps beside that of its quantisation.
 *
 * <p>Noise and offset are shares of the range down to the full range over the largest gain; in a
 * narrower one they stay as they are there.
 *
 * @param bits bits of the code
 * @param range rule by which the range is chosen
 * @param largestGain full range over the narrowest that amplifier and comparators are sized for, at
 *     least 1
 * @param noise_steps2 variance of its own noise, in squares of a step
 * @param mismatch differences between the converters of the chip
 * @param columns columns that share one converter; 1 where converters do not differ
 */
public record ConverterModel(
    int bits,
    Range range,
    double largestGain,
    double noise_steps2,
    ConverterMismatch mismatch,
    int columns) {

  /**
   * The converters of a readout: their noise, and the mismatch that the design states or else that
   * of their circuits.
   */
  public static ConverterModel of(Readout readout, ReadoutErrors of) {
    ErrorBudget errors = of.budget();
    ConverterMismatch mismatch =
        readout
            .stated()
            .mismatch()
            .orElseGet(
                () ->
                    new ConverterMismatch(
                        errors.offset_steps(), errors.gain(), errors.bow_steps()));
    return new ConverterModel(
        readout.bits(),
        readout.range(),
        of.largestGain(),
        errors.noise_steps2(),
        mismatch,
        mismatch.isNone() ? 1 : readout.columnsPerAdc());
  }

  /**
   * Equal converters of any gain.
   *
   * @param lostBits bits − effective bits
   */
  public static ConverterModel of(Range range, int bits, double lostBits) {
    double noise_steps2 = ErrorBudget.ofLostBits(lostBits).noise_steps2();
    return new ConverterModel(
        bits, range, Double.POSITIVE_INFINITY, noise_steps2, ConverterMismatch.NONE, 1);
  }

  /** This converter with at most so many bits. */
  public ConverterModel atMost(int most) {
    return bits <= most
        ? this
        : new ConverterModel(most, range, largestGain, noise_steps2, mismatch, columns);
  }

  /**
   * Step that its own noise and offset are shares of: that of its range, at least that of the
   * narrowest range that it is sized for (docs/models.md, eq. 31a).
   *
   * @param step step of its range
   * @param fullWidth width of the full range
   */
  public double ownStep(double step, double fullWidth) {
    return Math.max(step, narrowestWidth(fullWidth) / steps());
  }

  /** Width of the narrowest range that it is sized for. */
  public double narrowestWidth(double fullWidth) {
    return fullWidth / largestGain;
  }

  /** Steps from the first code to the last, 2^B − 1. */
  public int steps() {
    return (1 << bits) - 1;
  }

  /** True if converters differ at all. */
  public boolean hasMismatch() {
    return !mismatch.isNone();
  }

  /** Variance of noise and offset, in squares of a step: what a wider range makes larger. */
  public double own_steps2() {
    return noise_steps2 + offset_steps2();
  }

  /** Variance of the offset between converters, in squares of a step. */
  public double offset_steps2() {
    return mismatch.offset_steps() * mismatch.offset_steps();
  }
}
