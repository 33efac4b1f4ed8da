package dev.kirchhoff.mapper.column;

/**
 * Range of a calibrated converter over normal sums: the clipping point c with the least distortion.
 *
 * <p>A converter of B bits over ±c standard deviations has the step 2c/(2^B − 1) and loses
 *
 * <pre>D(c) = step²/12 + 2 h(c)</pre>
 *
 * of the variance (h: {@link GaussianTail}), of one or two bits that of a {@link CoarseQuantiser}.
 * Neglected: converters without uniform steps, sums that are not normal.
 */
public final class OptimalRange {
  /** Most bits that {@link #halfRange} knows; more bits have the range of so many. */
  public static final int MOST_BITS = 16;

  private static final double LN_2 = StrictMath.log(2);
  private static final double[] HALF_RANGE = halfRanges();

  private OptimalRange() {}

  /** Half range of a calibrated converter in standard deviations of its column sum. */
  public static double halfRange(int bits) {
    return HALF_RANGE[Math.min(bits, MOST_BITS)];
  }

  /**
   * Half range of a converter with errors of its own, which a wider range makes larger as it does
   * steps: that of a converter with 1 + (2^B − 1)/√(1 + 12 v) codes, between whole bits on a
   * straight line.
   *
   * @param variance v, variance of its own errors in squares of a step
   */
  public static double halfRange(int bits, double variance) {
    if (variance == 0) {
      return halfRange(bits);
    }
    double steps = ((1L << Math.min(bits, MOST_BITS)) - 1) / Math.sqrt(1 + 12 * variance);
    double effective = Math.max(1, StrictMath.log(1 + steps) / LN_2);
    int below = Math.min(MOST_BITS - 1, (int) effective);
    double above = HALF_RANGE[below + 1] - HALF_RANGE[below];
    return HALF_RANGE[below] + above * (effective - below);
  }

  /** Share of the variance that a converter of a number of bits over ±c loses. */
  public static double distortion(double c, int bits) {
    if (bits <= CoarseQuantiser.MOST_BITS) {
      return ofCoarse(c, bits);
    }
    double step = 2 * c / ((1 << bits) - 1);
    return Math.min(1, step * step / 12) + 2 * GaussianTail.clipping(c);
  }

  /** Codes half a step, with two bits one and a half too, on either side of the mean. */
  private static double ofCoarse(double c, int bits) {
    double step = 2 * c / ((1 << bits) - 1);
    boolean outer = bits == CoarseQuantiser.MOST_BITS;
    double square = 0.25 + (outer ? 4 * GaussianTail.above(step) : 0);
    double gain = GaussianTail.density(0) + (outer ? 2 * GaussianTail.density(step) : 0);
    return 1 + step * (step * square - 2 * gain);
  }

  /**
   * Golden-section search; the distortion has one minimum between 0.3 and where a step is so wide
   * that everything is lost, at most 8. Of one and two bits it has one too: 0.798 and 1.494.
   */
  private static double[] halfRanges() {
    double golden = (StrictMath.sqrt(5) - 1) / 2;
    double[] table = new double[MOST_BITS + 1];
    for (int bits = 1; bits <= MOST_BITS; bits++) {
      double low = 0.3;
      double high = Math.min(8, StrictMath.sqrt(3) * ((1 << bits) - 1));
      while (high - low > 1e-7) {
        double left = high - golden * (high - low);
        double right = low + golden * (high - low);
        if (distortion(left, bits) < distortion(right, bits)) {
          high = right;
        } else {
          low = left;
        }
      }
      table[bits] = (low + high) / 2;
    }
    return table;
  }
}
