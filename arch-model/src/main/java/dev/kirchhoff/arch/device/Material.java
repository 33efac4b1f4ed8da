package dev.kirchhoff.arch.device;

import java.util.Objects;

/**
 * Material of a device: family, switching mechanism and maturity.
 *
 * @param family material family
 * @param mechanism switching mechanism, one of the family's
 * @param maturity technological readiness
 */
public record Material(Family family, Mechanism mechanism, Maturity maturity) {
  public Material {
    Objects.requireNonNull(maturity);
    if (mechanism.family() != family) {
      throw new IllegalArgumentException(
          "The mechanism (" + mechanism.word() + ") is none of family (" + family.word() + ").");
    }
  }

  /** A family with its usual mechanism; unknown maturity counts as research. */
  public static Material of(Family family) {
    return new Material(family, Mechanism.of(family).get(0), Maturity.RESEARCH);
  }
}
