package dev.kirchhoff.mapper.column;

/**
 * Digits of a tensor's values: the only argument of {@link DigitStatistics#of}.
 *
 * @param values distribution of the values
 * @param encoding encoding of a value as a code
 * @param bits bits of the code, the sign of weights included
 * @param width bits of a digit
 * @param cellBits bits of a cell; of inputs, which no cells hold, those of a pulse
 * @param oneBitCells most significant bits in cells of one bit; the digits are then those of the
 *     cells, or one of all of them if {@code width} is {@link DigitStatistics#WIDEST}
 */
public record DigitKey(
    ValueDistribution values,
    Encoding encoding,
    int bits,
    int width,
    int cellBits,
    int oneBitCells) {

  /** Digits in equal cells. */
  public DigitKey(ValueDistribution values, Encoding encoding, int bits, int width, int cellBits) {
    this(values, encoding, bits, width, cellBits, 0);
  }

  /** Encoding of values as codes whose digits are pulses or cell levels. */
  public enum Encoding {
    /**
     * Magnitudes 0 .. 2^bits − 1. Signed inputs take a second pass: the positive values drive one
     * and the negative values the other, and every digit moment is the mean over both passes.
     */
    INPUTS,
    /** Magnitudes in one pass, digits with the sign of the value. */
    BIPOLAR_INPUTS,
    /** Codes w + 2^(bits−1) with |w| ≤ 2^(bits−1) − 1. */
    OFFSET_WEIGHTS,
    /**
     * Digits of |w| with the sign of w, in one of a pair of cells; the other is at level 0. One bit
     * means −1, 0 and +1.
     */
    DIFFERENTIAL_WEIGHTS,
    /**
     * Odd values Σ ± 2^s of bit planes, digit 1 for +, each in two complementary cells or on two
     * complementary rows. Values without a sign are codes 0 .. 2^bits − 1, whose value 2 c is an
     * odd one with an offset, so that zero is among them. One bit means −1 and +1, and values
     * without a sign are then taken as balanced (assumed: a batch normalisation before the sign
     * function centres them).
     */
    SIGN_PLANES
  }
}
