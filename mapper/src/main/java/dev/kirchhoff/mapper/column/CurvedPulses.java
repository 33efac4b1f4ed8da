package dev.kirchhoff.mapper.column;

/**
 * Digits of inputs as cells with a curved current pass them on (docs/models.md, eq. 20a): a pulse u
 * of 0 .. U is a voltage u V_r/U, and a cell of curvature c draws
 *
 * <pre>(u + c u³/U²)/(1 + c)</pre>
 *
 * <p>of its current at V_r over U. A digit of several pulses that are combined before a conversion
 * has the sum of theirs, each by its significance.
 *
 * @param pulseBits bits of a pulse, U = 2^bits − 1
 */
public record CurvedPulses(int pulseBits) {

  /** h(u) = Σ_j 2^(p j) u_j³/U², u_j the pulses of a digit: what c adds to it. */
  public double cube(int digit) {
    int largest = (1 << pulseBits) - 1;
    double sum = 0;
    double significance = 1;
    for (int rest = digit; rest > 0; rest >>= pulseBits) {
      double share = (double) (rest & largest) / largest;
      sum += significance * share * share * share * largest;
      significance *= 1 << pulseBits;
    }
    return sum;
  }

  /**
   * Gain g that makes g (x + c h) follow x best, but for a constant: cov(x, x + c h)/var(x + c h);
   * it takes the place of 1/(1 + c).
   *
   * @param c curvature
   * @param variance var(x)
   * @param covariance cov(x, h)
   * @param ofCubes var(h)
   */
  public static double gain(double c, double variance, double covariance, double ofCubes) {
    double drawn = variance + c * (2 * covariance + c * ofCubes);
    return drawn > 0 ? (variance + c * covariance) / drawn : 1;
  }
}
