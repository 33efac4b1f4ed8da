package dev.kirchhoff.peripherals.digital;

/**
 * Accumulation of codes in one register by shift-and-add (docs/circuits.md, eq. 13).
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
 * <p>The circuit takes their mean. Valid for codes that fill their range.
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
}
