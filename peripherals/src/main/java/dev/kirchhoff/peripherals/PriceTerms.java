package dev.kirchhoff.peripherals;

/**
 * Split of the prices of a chip by the calibration factors and the side of a tile that they depend
 * on.
 *
 * <p>A price is proportional to the factor of its family, if it has one. The share of it that wires
 * take is proportional also to the side of a tile without its wires. The share of a write that
 * verification takes is the product of two factors: that of programming and that of the circuits
 * that read.
 */
@FunctionalInterface
public interface PriceTerms {
  /** Receiver of the terms of a price. */
  @FunctionalInterface
  interface Split {
    /** A term, with its share of the price in the price's unit. */
    void add(PriceTerm term, double amount);
  }

  /** Splits the price of a line into terms, which add up to it. */
  void split(PriceLine line, Split to);
}
