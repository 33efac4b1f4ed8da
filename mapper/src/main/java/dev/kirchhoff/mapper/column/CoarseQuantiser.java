package dev.kirchhoff.mapper.column;

/**
 * Gaussian sums behind a quantiser of two or four levels, half a step on either side of the sum's
 * mean and, with four, one and a half.
 *
 * <p>A sum S of variance s and noise of variance n, both normal, in squares of a step, become a
 * code C. With v = s + n and r = √v, two codes: E[C²] = ¼, E[C S] = s φ(0)/r. Four: E[C²] = ¼ + 4
 * Q(1/r), E[C S] = s (φ(0) + 2 φ(1/r))/r (docs/models.md, eq. 29 and 30). So E[(C − S)²] = A + s (1
 * − 2 B), as with {@link Rounding}, whose codes never end; with so few, clipping and quantisation
 * are one error. The least share of a normal variance that they lose is 0.3634 and 0.1188 (Max, IRE
 * Transactions on Information Theory 6, 7-12, 1960, table II).
 *
 * <p>Piecewise linear to v = {@value #LARGEST}, exact to 10⁻⁴ of A and B above v = 0.06. Neglected:
 * sums that are not normal, as in {@link Rounding}.
 */
public final class CoarseQuantiser {
  /** Most bits of such a converter. */
  public static final int MOST_BITS = 2;

  private static final double LARGEST = 8;
  private static final int CELLS = 4096;
  private static final double PER_UNIT = CELLS / LARGEST;
  private static final CoarseQuantiser ONE_BIT = new CoarseQuantiser(1);
  private static final CoarseQuantiser TWO_BITS = new CoarseQuantiser(2);

  private final double[] squares = new double[CELLS + 1];
  private final double[] gains = new double[CELLS + 1];

  private CoarseQuantiser(int bits) {
    for (int i = 1; i <= CELLS; i++) {
      double r = StrictMath.sqrt(i / PER_UNIT);
      boolean outer = bits == MOST_BITS;
      squares[i] = 0.25 + (outer ? 4 * GaussianTail.above(1 / r) : 0);
      gains[i] = (GaussianTail.density(0) + (outer ? 2 * GaussianTail.density(1 / r) : 0)) / r;
    }
    squares[0] = squares[1];
    gains[0] = gains[1];
  }

  /**
   * The quantiser of a number of bits.
   *
   * @param bits 1 or {@value #MOST_BITS}
   */
  public static CoarseQuantiser of(int bits) {
    return bits == 1 ? ONE_BIT : TWO_BITS;
  }

  /** A(v): mean square of the code. */
  public double square(double v) {
    return at(squares, v);
  }

  /** B(v): gain from a sum to its code; above 1 where codes lie further apart than sums spread. */
  public double gain(double v) {
    return at(gains, v);
  }

  /**
   * E[(C − S)²] in squares of a step.
   *
   * @param signal variance s of the sum
   * @param all variance v = s + n
   */
  public double error(double signal, double all) {
    return square(all) + signal * (1 - 2 * gain(all));
  }

  private static double at(double[] table, double v) {
    double place = Math.min(v, LARGEST) * PER_UNIT;
    int cell = Math.min(CELLS - 1, (int) place);
    return table[cell] + (place - cell) * (table[cell + 1] - table[cell]);
  }
}
