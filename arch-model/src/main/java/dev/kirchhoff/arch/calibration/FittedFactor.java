package dev.kirchhoff.arch.calibration;

import java.util.List;

/**
 * A factor that was fitted on silicon: multiplies one quantity of every modelled circuit of a
 * family. Given figures are never multiplied.
 *
 * @param family circuits that it holds for
 * @param quantity what it multiplies
 * @param factor the factor, 1 = as modelled
 * @param fittedOn designs, chips or measurements that it was fitted on
 * @param at settings at which it was measured; those of chips of the gallery are known by name
 * @param reason reason for the model's deviation, in a sentence
 */
public record FittedFactor(
    CircuitFamily family,
    Quantity quantity,
    double factor,
    List<String> fittedOn,
    List<OperatingPoint> at,
    String reason) {
  public FittedFactor {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "The factor (" + factor + ") of " + family.word() + " must be positive and finite.");
    }
    if (!family.quantities().contains(quantity)) {
      throw new IllegalArgumentException(
          "The family (" + family.word() + ") has no " + quantity.word() + " to fit.");
    }
    fittedOn = List.copyOf(fittedOn);
    at = List.copyOf(at);
  }
}
