package dev.kirchhoff.mapper.fidelity;

/**
 * What is left of a sum and its noise when a converter has two or four codes, half a step on either
 * side of the sum's mean and, with four, one and a half.
 *
 * <p>A sum S of variance s and noise of variance n, both normal, in squares of a step, become a
 * code C. With v = s + n and r = √v, two codes: E[C²] = ¼, E[C S] = s φ(0)/r. Four: E[C²] = ¼ + 2
 * Q(1/r), E[C S] = s (φ(0) + 2 φ(1/r))/r. So E[(C − S)²] = A + s (1 − 2 B), as with {@link
 * Rounding}, whose codes never end; with so few, ends and steps are one. The least share of a
 * normal variance that they lose ({@link GaussianTail#distortion}) is 0.3634 and 0.1188 (Max, IRE
 * Transactions on Information Theory 6, 7-12, 1960, table II).
 *
 * <p>Straight pieces to v = {@value #LARGEST}, exact to 10⁻⁴ of A and B above v = 0.06. Neglected:
 * sums that are not normal, as in {@link Rounding}.
 */
final class FewCodes {
  /** Most bits of such a converter. */
  static final int MOST_BITS = 2;

  private static final double LARGEST = 8;
  private static final int CELLS = 4096;
  private static final double PER_UNIT = CELLS / LARGEST;
  private static final FewCodes ONE_BIT = new FewCodes(1);
  private static final FewCodes TWO_BITS = new FewCodes(2);

  /** A and B by turns. */
  private final double[] table = new double[2 * (CELLS + 1)];

  private FewCodes(int bits) {
    for (int i = 1; i <= CELLS; i++) {
      double r = StrictMath.sqrt(i / PER_UNIT);
      boolean outer = bits == MOST_BITS;
      table[2 * i] = 0.25 + (outer ? 4 * GaussianTail.above(1 / r) : 0);
      table[2 * i + 1] =
          (GaussianTail.density(0) + (outer ? 2 * GaussianTail.density(1 / r) : 0)) / r;
    }
    table[0] = table[2];
    table[1] = table[3];
  }

  /**
   * Those of a number of bits.
   *
   * @param bits 1 or {@value #MOST_BITS}
   */
  static FewCodes of(int bits) {
    return bits == 1 ? ONE_BIT : TWO_BITS;
  }

  /** A(v): mean square of the code. */
  double square(double v) {
    return at(v, 0);
  }

  /** B(v): what of a sum its code says; codes wider apart than the sum spreads say more of it. */
  double kept(double v) {
    return at(v, 1);
  }

  /**
   * E[(C − S)²] in squares of a step.
   *
   * @param signal variance s of the sum
   * @param all variance v = s + n
   */
  double error(double signal, double all) {
    return square(all) + signal * (1 - 2 * kept(all));
  }

  private double at(double v, int which) {
    double place = Math.min(v, LARGEST) * PER_UNIT;
    int cell = Math.min(CELLS - 1, (int) place);
    int at = 2 * cell + which;
    return table[at] + (place - cell) * (table[at + 2] - table[at]);
  }
}
