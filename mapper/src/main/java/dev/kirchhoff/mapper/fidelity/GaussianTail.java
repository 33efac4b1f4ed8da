package dev.kirchhoff.mapper.fidelity;

/**
 * Tail of the normal distribution and what a converter loses by clipping it.
 *
 * <p>Q(c) = P(N &gt; c); a converter that ends at c standard deviations loses h(c) = (1 + c²) Q(c)
 * − c φ(c) of the variance on that side. A converter of B bits over ±c has the step 2c/(2^B − 1)
 * and loses D(c) = step²/12 + 2 h(c), of one or two bits what {@link FewCodes} says; {@link #range}
 * is the c that makes D least. Q is exact to 10⁻¹³ (series below 3, continued fraction above:
 * Abramowitz and Stegun 26.2.11 and 26.2.14); {@link #clippingOfSquare} interpolates a table and is
 * exact to 3·10⁻⁴ of its value for c above 0.7. Neglected: converters without uniform steps, levels
 * that are not Gaussian.
 */
public final class GaussianTail {

  /** Most bits that {@link #range} knows. */
  public static final int MOST_BITS = 16;

  private static final int PER_UNIT = 32;
  private static final int LARGEST_SQUARE = 100;
  private static final double[] CLIPPING = clippingTable();
  private static final double[] RANGE = rangeTable();

  private GaussianTail() {}

  /** Density of the standard normal distribution. */
  public static double density(double c) {
    return StrictMath.exp(-c * c / 2) / StrictMath.sqrt(2 * StrictMath.PI);
  }

  /** Q(c), the probability of a standard normal value above c. */
  public static double above(double c) {
    if (c < 0) {
      return 1 - above(-c);
    }
    if (c < 3) {
      double term = c;
      double sum = c;
      for (int n = 1; n < 80; n++) {
        term *= c * c / (2 * n + 1);
        sum += term;
      }
      return 0.5 - density(c) * sum;
    }
    double fraction = 0;
    for (int n = 120; n > 0; n--) {
      fraction = n / (c + fraction);
    }
    return density(c) / (c + fraction);
  }

  /** h(c), the share of the variance that clipping one side at c loses. */
  public static double clipping(double c) {
    return (1 + c * c) * above(c) - c * density(c);
  }

  /** h(c) from c² by a table; 0 above c = 10. */
  public static double clippingOfSquare(double square) {
    double position = square * PER_UNIT;
    int cell = (int) position;
    if (cell >= CLIPPING.length - 1) {
      return 0;
    }
    return CLIPPING[cell] + (CLIPPING[cell + 1] - CLIPPING[cell]) * (position - cell);
  }

  /** Half range of a calibrated converter in standard deviations of its column sum. */
  public static double range(int bits) {
    return RANGE[Math.min(bits, MOST_BITS)];
  }

  /** Share of the variance that a converter of a number of bits over ±c loses. */
  public static double distortion(double c, int bits) {
    if (bits <= FewCodes.MOST_BITS) {
      return ofFew(c, bits);
    }
    double step = 2 * c / ((1 << bits) - 1);
    return Math.min(1, step * step / 12) + 2 * clipping(c);
  }

  /** Codes half a step, with two bits one and a half too, on either side of the mean. */
  private static double ofFew(double c, int bits) {
    double step = 2 * c / ((1 << bits) - 1);
    boolean outer = bits == FewCodes.MOST_BITS;
    double square = 0.25 + (outer ? 4 * above(step) : 0);
    double kept = density(0) + (outer ? 2 * density(step) : 0);
    return 1 + step * (step * square - 2 * kept);
  }

  private static double[] clippingTable() {
    double[] table = new double[LARGEST_SQUARE * PER_UNIT + 2];
    for (int i = 0; i < table.length; i++) {
      table[i] = clipping(StrictMath.sqrt((double) i / PER_UNIT));
    }
    return table;
  }

  /**
   * Golden-section search; the distortion has one minimum between 0.3 and where a step is so wide
   * that everything is lost, at most 8. Of one and two bits it has one too: 0.798 and 1.494.
   */
  private static double[] rangeTable() {
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
