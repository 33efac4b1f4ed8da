package dev.kirchhoff.mapper.kernel;

/**
 * Functions of probability theory.
 *
 * <p>Source: M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions (1964), 6.1.50 (log
 * gamma by its asymptotic series), 6.5.29 (series), 6.5.31 (continued fraction), 26.2.29.
 */
final class SpecialFunctions {
  private static final double PRECISION = 1e-15;
  private static final double TINY = 1e-300;
  private static final int MOST_TERMS = 1_000_000;
  private static final double ASYMPTOTIC = 15;

  private SpecialFunctions() {}

  /** Regularised upper incomplete gamma function Q(a, x) = Γ(a, x)/Γ(a); 1 for x ≤ 0. */
  static double upperGamma(double a, double x) {
    if (x <= 0) {
      return 1;
    }
    double front = StrictMath.exp(a * StrictMath.log(x) - x - logGamma(a));
    return x < a + 1 ? 1 - front * series(a, x) : front * fraction(a, x);
  }

  private static double series(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (int n = 1; n < MOST_TERMS && term > PRECISION * sum; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return sum;
  }

  private static double fraction(double a, double x) {
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double value = d;
    for (int n = 1; n < MOST_TERMS; n++) {
      double numerator = n * (a - n);
      b += 2;
      d = 1 / nonZero(numerator * d + b);
      c = nonZero(b + numerator / c);
      value *= c * d;
      if (Math.abs(c * d - 1) < PRECISION) {
        break;
      }
    }
    return value;
  }

  private static double nonZero(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** ln Γ(a) for a > 0, by Γ(a) = Γ(a + n) / (a (a + 1) ... (a + n − 1)). */
  static double logGamma(double a) {
    double shift = 0;
    double z = a;
    while (z < ASYMPTOTIC) {
      shift += StrictMath.log(z);
      z += 1;
    }
    double inverse = 1 / (z * z);
    double series =
        (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / z;
    return (z - 0.5) * StrictMath.log(z) - z + 0.5 * StrictMath.log(2 * Math.PI) + series - shift;
  }

  /** Complementary error function of x ≥ 0. */
  static double erfc(double x) {
    return upperGamma(0.5, x * x);
  }

  /** Cumulative distribution of a standard normal variable. */
  static double normal(double x) {
    double tail = erfc(Math.abs(x) / Math.sqrt(2)) / 2;
    return x > 0 ? 1 - tail : tail;
  }
}
