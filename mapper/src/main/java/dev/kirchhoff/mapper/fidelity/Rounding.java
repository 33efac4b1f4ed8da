package dev.kirchhoff.mapper.fidelity;

/**
 * What is left of a sum and its noise when a converter rounds them to its steps.
 *
 * <p>A sum S of variance s and noise of variance n, both normal about a code, in squares of a step,
 * become the nearest code C. With v = s + n and r = √v: E[C²] = A(v) = 2 Σ_k (2k − 1) Q((k − ½)/r),
 * E[C S] = s B(v) with B(v) = 2/r Σ_k φ((k − ½)/r), and so E[(C − S)²] = A + s (1 − 2 B). For v
 * above about a half that is n + 1/12, a step's rounding and all noise; far below nothing leaves
 * code 0, and neither sum nor noise is seen: s. A sum that lies on codes itself, as whole levels do
 * where steps are levels, has no s: A(n), noise that is mostly rounded away below n = 0.04.
 *
 * <p>{@link #CELLS} straight pieces to v = {@value #LARGEST}, exact to 2·10⁻⁶ of a square step;
 * beyond it both series are their limits to 10⁻⁶. Neglected: noise that is not normal; stuck cells
 * are kept out of it.
 */
public final class Rounding {
  /** Variance from which on nothing is rounded away. */
  static final double LARGEST = 0.75;

  /** Variance up to which noise is rounded away: less than 10⁻¹⁰ of it is left. */
  static final double LEAST = 0.005;

  private static final int CELLS = 768;
  private static final double PER_UNIT = CELLS / LARGEST;

  /** A and B by turns. */
  private static final double[] TABLE = table();

  private static final double[] THROUGH = through();

  private Rounding() {}

  /** A(v)/v: what is left of noise alone. */
  static double through(double v) {
    if (v >= LARGEST) {
      return 1 + 1 / (12 * v);
    }
    double place = v * PER_UNIT;
    int cell = (int) place;
    return THROUGH[cell] + (place - cell) * (THROUGH[cell + 1] - THROUGH[cell]);
  }

  /** A(v): mean square of the code. */
  public static double square(double v) {
    if (v >= LARGEST) {
      return v + 1.0 / 12;
    }
    double place = v * PER_UNIT;
    int cell = (int) place;
    double share = place - cell;
    int at = 2 * cell;
    return TABLE[at] + share * (TABLE[at + 2] - TABLE[at]);
  }

  /**
   * E[(C − S)²] in squares of a step.
   *
   * @param signal variance s of the sum
   * @param all variance v = s + n
   */
  static double error(double signal, double all) {
    if (all >= LARGEST) {
      return all - signal + 1.0 / 12;
    }
    double place = all * PER_UNIT;
    int cell = (int) place;
    double share = place - cell;
    int at = 2 * cell;
    double square = TABLE[at] + share * (TABLE[at + 2] - TABLE[at]);
    double kept = TABLE[at + 1] + share * (TABLE[at + 3] - TABLE[at + 1]);
    return square + signal * (1 - 2 * kept);
  }

  /** B(v): what of a sum its code says, 1 where it says all. */
  static double kept(double all) {
    if (all >= LARGEST) {
      return 1;
    }
    double place = all * PER_UNIT;
    int cell = (int) place;
    int at = 2 * cell + 1;
    return TABLE[at] + (place - cell) * (TABLE[at + 2] - TABLE[at]);
  }

  private static double[] table() {
    double[] table = new double[2 * (CELLS + 2)];
    for (int i = 1; i < CELLS + 2; i++) {
      double r = StrictMath.sqrt(i / PER_UNIT);
      for (int k = 1; k < 12; k++) {
        double c = (k - 0.5) / r;
        table[2 * i] += 2 * (2 * k - 1) * GaussianTail.above(c);
        table[2 * i + 1] += 2 / r * GaussianTail.density(c);
      }
    }
    return table;
  }

  private static double[] through() {
    double[] through = new double[CELLS + 2];
    for (int i = 1; i < through.length; i++) {
      through[i] = TABLE[2 * i] * PER_UNIT / i;
    }
    return through;
  }
}
