package dev.kirchhoff.arch.device;

import java.util.Objects;

/**
 * Material of a device, as far as an architect needs it.
 *
 * @param family material family
 * @param mechanism what switches; one of the family's
 * @param maturity how far it has come
 */
public record Material(Family family, Mechanism mechanism, Maturity maturity) {
  public Material {
    Objects.requireNonNull(maturity);
    if (mechanism.family() != family) {
      throw new IllegalArgumentException(
          "The mechanism (" + mechanism.word() + ") is none of family (" + family.word() + ").");
    }
  }

  /** A family by its usual mechanism, of unknown maturity, which is research. */
  public static Material of(Family family) {
    return new Material(family, Mechanism.of(family).get(0), Maturity.RESEARCH);
  }
}
