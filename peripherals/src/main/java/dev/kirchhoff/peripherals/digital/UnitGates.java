package dev.kirchhoff.peripherals.digital;

/** Digital cells in unit gates (NAND2), read: ZigZag-IMC (arXiv 2305.18335). */
public final class UnitGates {
  /** Capacitances of a full adder. */
  public static final double ADDER = 6;

  /** Areas of a full adder. */
  public static final double ADDER_AREA = 7.8;

  /** Share of products that are one in random data: P(x = 1) P(w = 1). */
  public static final double RANDOM_PRODUCTS = 0.25;

  /**
   * Share of the capacitance of an adder that random data charge (assumed: signals toggle half of
   * the time).
   */
  public static final double ACTIVITY = 0.5;

  private UnitGates() {}

  /** Bits that count up to a number: ceil(log2 n). */
  public static int log2(int n) {
    return n <= 1 ? 0 : 32 - Integer.numberOfLeadingZeros(n - 1);
  }
}
