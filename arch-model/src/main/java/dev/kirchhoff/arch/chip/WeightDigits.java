package dev.kirchhoff.arch.chip;

/**
 * Digits that a weight's code is cut into, one for each cell or pair of cells, least significant
 * first: code = Σ_s d_s 2^first(s).
 *
 * <p>The most significant bits may lie in cells of one bit each, the bits below them in cells of
 * several. A cell of one bit is at either end of the window, so that its digit steps over all
 * levels of the others at once and their columns have one full scale.
 *
 * @param bits bits of the code
 * @param cellBits bits of a cell
 * @param oneBit most significant bits that have a cell of one bit each, at most {@code bits}
 */
public record WeightDigits(int bits, int cellBits, int oneBit) {

  public WeightDigits {
    if (bits < 0 || cellBits < 1 || oneBit < 0 || oneBit > bits) {
      throw new IllegalArgumentException(
          "The bits (%d) of a code must be 0 or more, those of a cell (%d) positive, and the cells of one bit (%d) no more than the bits.%n"
                  .formatted(bits, cellBits, oneBit)
              + "Maybe the cells of one bit were not cut to those of the weight.");
    }
  }

  /** Digits of equal cells. */
  public static WeightDigits alike(int bits, int cellBits) {
    return new WeightDigits(bits, cellBits, 0);
  }

  /** True if cells of two sizes hold the code. */
  public boolean areMixed() {
    return oneBit > 0;
  }

  /** S, digits of a code. */
  public int count() {
    return wide() + oneBit;
  }

  /** Digits in cells of several bits. */
  private int wide() {
    return (bits - oneBit + cellBits - 1) / cellBits;
  }

  private boolean isWide(int digit) {
    return oneBit == 0 || digit < wide();
  }

  /** Bits below a digit, so that it counts 2^first. */
  public int first(int digit) {
    return isWide(digit) ? digit * cellBits : bits - oneBit + digit - wide();
  }

  /** Largest digit that a cell can hold; the last one of several bits may take fewer. */
  public int largest(int digit) {
    return isWide(digit) ? (1 << cellBits) - 1 : 1;
  }

  /** Levels of a cell from one value of a digit to the next. */
  public int step(int digit) {
    return isWide(digit) ? 1 : (1 << cellBits) - 1;
  }

  /** A digit of a code. */
  public int of(long code, int digit) {
    int first = first(digit);
    int next = isWide(digit) ? Math.min(first + cellBits, bits - oneBit) : first + 1;
    return (int) (code >> first) & (1 << next - first) - 1;
  }

  /** Largest sum of some digits, in units of the first of them. */
  public double largestSum(int from, int count) {
    double sum = 0;
    for (int digit = from; digit < from + count; digit++) {
      sum += StrictMath.scalb(largest(digit), first(digit) - first(from));
    }
    return sum;
  }

  /** Bits from a digit to the next, rounded up where they differ. */
  public int spacing() {
    int gaps = Math.max(1, count() - 1);
    return areMixed() ? (first(count() - 1) + gaps - 1) / gaps : cellBits;
  }
}
