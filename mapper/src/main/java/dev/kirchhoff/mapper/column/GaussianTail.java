package dev.kirchhoff.mapper.column;

import java.util.function.DoubleUnaryOperator;

/**
 * Tail of the normal distribution and the variance that a converter loses by clipping it
 * (docs/models.md, eq. 23).
 *
 * <p>Q(c) = P(N &gt; c); a converter that ends at c standard deviations loses h(c) = (1 + c²) Q(c)
 * − c φ(c) of the variance on that side. Q is exact to 10⁻¹³ (series below 3, continued fraction
 * above: Abramowitz and Stegun 26.2.11 and 26.2.14); {@link #clippingOfSquare} and {@link
 * #aboveOfSquare} interpolate tables and are exact to 3·10⁻⁴ of their value for c above 0.7.
 */
public final class GaussianTail {
  private static final int PER_UNIT = 32;
  private static final int LARGEST_SQUARE = 100;
  private static final double[] CLIPPING = table(GaussianTail::clipping);
  private static final double[] ABOVE = table(GaussianTail::above);

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

  /** h(c), the share of the variance that is lost by clipping one side at c. */
  public static double clipping(double c) {
    return (1 + c * c) * above(c) - c * density(c);
  }

  /** h(c) from c² by a table; 0 above c = 10. */
  public static double clippingOfSquare(double square) {
    return ofSquare(CLIPPING, square);
  }

  /** Q(c) from c² by a table; 0 above c = 10. */
  public static double aboveOfSquare(double square) {
    return ofSquare(ABOVE, square);
  }

  private static double ofSquare(double[] table, double square) {
    double position = square * PER_UNIT;
    int cell = (int) position;
    if (cell >= table.length - 1) {
      return 0;
    }
    return table[cell] + (table[cell + 1] - table[cell]) * (position - cell);
  }

  private static double[] table(DoubleUnaryOperator of) {
    double[] table = new double[LARGEST_SQUARE * PER_UNIT + 2];
    for (int i = 0; i < table.length; i++) {
      table[i] = of.applyAsDouble(StrictMath.sqrt((double) i / PER_UNIT));
    }
    return table;
  }
}
