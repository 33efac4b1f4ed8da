package dev.kirchhoff.mapper.column;

/**
 * Gaussian sums and their noise behind a converter that rounds them to its steps (docs/models.md,
 * eq. 24 to 27).
 *
 * <p>A sum S of variance s and noise of variance n, both normal about a code, in squares of a step,
 * become the nearest code C. With v = s + n and r = √v: E[C²] = A(v) = 2 Σ_k (2k − 1) Q((k − ½)/r),
 * E[C S] = s B(v) with B(v) = 2/r Σ_k φ((k − ½)/r), and so E[(C − S)²] = A + s (1 − 2 B). For v
 * above about a half that is n + 1/12, a step's rounding and all noise; far below, the code is
 * always 0 and carries neither sum nor noise: s. A sum that lies on codes itself, as whole levels
 * do where steps are levels, has no s: A(n), noise that is mostly rounded away below n = 0.04.
 *
 * <p>{@link #CELLS} linear pieces to v = {@value #LARGEST}, exact to 2·10⁻⁶ of a square step;
 * beyond it both series are their limits to 10⁻⁶. Neglected: noise that is not normal; stuck cells
 * are kept out of it.
 */
public final class Rounding {
  /** Variance from which on nothing is rounded away. */
  public static final double LARGEST = 0.75;

  /** Variance up to which noise is rounded away: less than 10⁻¹⁰ of it is left. */
  public static final double LEAST = 0.005;

  private static final int CELLS = 768;
  private static final double PER_UNIT = CELLS / LARGEST;

  private static final double[] SQUARE = squares();
  private static final double[] GAIN = gains();
  private static final double[] NOISE_GAIN = noiseGains();

  private Rounding() {}

  /** A(v)/v: power gain of noise alone. */
  public static double noiseGain(double v) {
    if (v >= LARGEST) {
      return 1 + 1 / (12 * v);
    }
    return at(NOISE_GAIN, v);
  }

  /** A(v): mean square of the code. */
  public static double square(double v) {
    if (v >= LARGEST) {
      return v + 1.0 / 12;
    }
    return at(SQUARE, v);
  }

  /**
   * E[(C − S)²] in squares of a step.
   *
   * @param signal variance s of the sum
   * @param all variance v = s + n
   */
  public static double error(double signal, double all) {
    if (all >= LARGEST) {
      return all - signal + 1.0 / 12;
    }
    return at(SQUARE, all) + signal * (1 - 2 * at(GAIN, all));
  }

  /** B(v): gain from a sum to its code, 1 where nothing is lost. */
  public static double gain(double all) {
    if (all >= LARGEST) {
      return 1;
    }
    return at(GAIN, all);
  }

  private static double at(double[] table, double v) {
    double place = v * PER_UNIT;
    int cell = (int) place;
    return table[cell] + (place - cell) * (table[cell + 1] - table[cell]);
  }

  private static double[] squares() {
    double[] table = new double[CELLS + 2];
    for (int i = 1; i < table.length; i++) {
      double r = StrictMath.sqrt(i / PER_UNIT);
      for (int k = 1; k < 12; k++) {
        table[i] += 2 * (2 * k - 1) * GaussianTail.above((k - 0.5) / r);
      }
    }
    return table;
  }

  private static double[] gains() {
    double[] table = new double[CELLS + 2];
    for (int i = 1; i < table.length; i++) {
      double r = StrictMath.sqrt(i / PER_UNIT);
      for (int k = 1; k < 12; k++) {
        table[i] += 2 / r * GaussianTail.density((k - 0.5) / r);
      }
    }
    return table;
  }

  private static double[] noiseGains() {
    double[] table = new double[CELLS + 2];
    for (int i = 1; i < table.length; i++) {
      table[i] = SQUARE[i] * PER_UNIT / i;
    }
    return table;
  }
}
