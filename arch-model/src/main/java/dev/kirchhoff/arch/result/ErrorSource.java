package dev.kirchhoff.arch.result;

import dev.kirchhoff.arch.calibration.Quantity;

/**
 * A source of error: one quantity of one circuit model, wrong by one unknown factor. The factor is
 * the same wherever the model is used, in all parts of a chip and in all designs.
 *
 * @param family circuits that err alike: the word of their family, or the model's own name
 * @param model name of the model in the library; empty where the figure is exact
 * @param quantity energy (with static power), time or area
 * @param spread how far published figures lie from the model's
 */
public record ErrorSource(String family, String model, Quantity quantity, Spread spread) {
  /** An exact figure. */
  public static final ErrorSource NONE = new ErrorSource("", "", Quantity.ENERGY, Spread.NONE);

  /** True if the figure is exact. */
  public boolean isNone() {
    return spread.isNone();
  }
}
