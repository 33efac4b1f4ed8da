package dev.kirchhoff.peripherals;

import dev.kirchhoff.arch.design.Design;

/**
 * Makes the price table of a design.
 *
 * <pre>{@code
 * ChipPrices prices = Prices.of(design);
 * double conversion_fJ = prices.energy_fJ(Action.CONVERSION);
 * Price explained = prices.explainEnergy(Action.CONVERSION);
 * }</pre>
 */
public final class Prices {
  private Prices() {}

  /**
   * The price table of a design.
   *
   * @throws IllegalArgumentException if the design names a model that the library does not have for
   *     that part
   */
  public static ChipPrices of(Design design) {
    return new ChipPrices(design);
  }
}
