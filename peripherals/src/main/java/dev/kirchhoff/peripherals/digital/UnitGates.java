package dev.kirchhoff.peripherals.digital;

/**
 * Digital cells in unit gates (NAND2): capacitance that switches, area, delay. Read: ZigZag-IMC
 * (arXiv 2305.18335): XOR2 1.5 capacitances, 2.4 areas, 2.4 delays; full adder 3 NAND2 and 2 XOR2,
 * its sum 2 XOR2, its carry 2 NAND2 from carry to carry and XOR2 + 2 NAND2 from an operand;
 * flip-flop 3 capacitances, 6 areas.
 */
public final class UnitGates {
  /** Capacitances of a full adder. */
  public static final double ADDER = 6;

  /** Areas of a full adder. */
  public static final double ADDER_AREA = 7.8;

  /** Delays of a full adder's sum. */
  public static final double SUM_DELAY = 4.8;

  /** Delays of a full adder from an operand to its carry. */
  public static final double CARRY_OUT_DELAY = 4.4;

  /** Delays of a full adder from carry to carry. */
  public static final double CARRY_DELAY = 2;

  /** Capacitances of an XOR gate. */
  public static final double XOR = 1.5;

  /** Areas of an XOR gate. */
  public static final double XOR_AREA = 2.4;

  /** Capacitances of a flip-flop. */
  public static final double FLIP_FLOP = 3;

  /** Areas of a flip-flop. */
  public static final double FLIP_FLOP_AREA = 6;

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
