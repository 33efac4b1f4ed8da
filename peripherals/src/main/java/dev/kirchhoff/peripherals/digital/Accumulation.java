package dev.kirchhoff.peripherals.digital;

/**
 * Accumulation of codes in one register by shift-and-add, and the mean width of its running sum
 * (docs/circuits.md, eq. 101).
 *
 * <p>A result of T input digits of b bits, n row groups and S slices of c bits takes T n S codes of
 * B bits: digits from the most significant, the sum shifted by b before each, a digit's groups one
 * after another, a group's slices from the least significant. Codes of k groups add up to B + log2
 * k bits, so that an addition finds a sum of
 *
 * <pre>
 *   B + c s                                 first digit, first group, slice s = 0 .. S - 1
 *   B + c (S - 1) + log2 k                  first digit, group k = 2 .. n
 *   B + c (S - 1) + log2 n + b t            digit t = 1 .. T - 1
 * </pre>
 *
 * <p>and on average over its T n S additions
 *
 * <pre>
 *   w = B + c (S - 1) (1 - 1 / (2 T n)) + b (T - 1) / 2
 *         + (1 - 1 / T) log2 n + log2(n!) / (n T)
 * </pre>
 *
 * <p>Derived. Neglected: that codes are below their bound (a bit less) and that slices and digits
 * overlap (at most a bit more each); row blocks that are smaller than a crossbar, whose n is
 * smaller. Valid for codes that fill their range.
 *
 * @param codeBits B
 * @param slices S, codes that the slices of a weight make
 * @param bitsPerSlice c, weight bits from one of them to the next
 * @param digits T, digits of an input
 * @param bitsPerDigit b
 * @param groups n, groups in which the rows of a crossbar are read
 */
public record Accumulation(
    int codeBits, int slices, int bitsPerSlice, int digits, int bitsPerDigit, int groups) {

  /**
   * Codes of a number of bits.
   *
   * @throws IllegalArgumentException if a count is below 1
   */
  public Accumulation {
    if (slices < 1 || digits < 1 || groups < 1) {
      throw new IllegalArgumentException(
          "The slices (%d), digits (%d) and groups (%d) of a sum must be positive.%n"
                  .formatted(slices, digits, groups)
              + "Maybe the precision is 0.");
    }
  }

  /** w, bits of the sum at an addition, on average (docs/circuits.md, eq. 101). */
  public double meanBits() {
    double later = 1 - 1.0 / digits;
    return codeBits
        + bitsPerSlice * (slices - 1) * (1 - 0.5 / ((double) digits * groups))
        + bitsPerDigit * (digits - 1) / 2.0
        + later * log2(groups)
        + (1 - later) * meanLog2(groups);
  }

  /** Mean of log2 k over k = 1 .. n, log2(n!) / n by Stirling's series. */
  private static double meanLog2(int n) {
    if (n == 1) {
      return 0;
    }
    double nats = StrictMath.log(2 * StrictMath.PI * n) / 2 + 1.0 / (12 * n);
    return log2(n) + (nats / n - 1) / StrictMath.log(2);
  }

  private static double log2(double x) {
    return StrictMath.log(x) / StrictMath.log(2);
  }
}
