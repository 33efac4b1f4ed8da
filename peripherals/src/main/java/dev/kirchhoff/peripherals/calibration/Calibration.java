package dev.kirchhoff.peripherals.calibration;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import dev.kirchhoff.peripherals.circuit.Account;
import java.util.List;
import java.util.Optional;

/** Fitted factors of a design, which its spec states. Every other factor is 1. */
public final class Calibration {
  private static final int QUANTITIES = Quantity.values().length;

  /** No factor. */
  public static final Calibration NONE = new Calibration(List.of());

  private final FittedFactor[] factors =
      new FittedFactor[CircuitFamily.values().length * QUANTITIES];

  private Calibration(List<FittedFactor> own) {
    own.forEach(this::set);
  }

  /** The factors of a design whose spec states these. */
  public static Calibration of(List<FittedFactor> own) {
    return own.isEmpty() ? NONE : new Calibration(own);
  }

  private void set(FittedFactor factor) {
    factors[index(factor.family(), factor.quantity())] = factor;
  }

  private static int index(CircuitFamily family, Quantity quantity) {
    return family.ordinal() * QUANTITIES + quantity.ordinal();
  }

  /** The factor on a quantity of a family. */
  public double factor(CircuitFamily family, Quantity quantity) {
    FittedFactor fitted = factors[index(family, quantity)];
    return fitted == null ? 1 : fitted.factor();
  }

  /** The factor that was fitted on a quantity of a family. */
  public Optional<FittedFactor> fitted(CircuitFamily family, Quantity quantity) {
    return Optional.ofNullable(factors[index(family, quantity)]);
  }

  /** A modelled figure times its family's factor; the account says on what it was fitted. */
  public double apply(CircuitFamily family, Quantity quantity, double value, Account account) {
    FittedFactor fitted = factors[index(family, quantity)];
    if (fitted == null || value == 0) {
      return value;
    }
    if (account.isOpen()) {
      account.times(
          fitted.factor(),
          "calibrated"
              + (fitted.fittedOn().isEmpty() ? "" : " on " + String.join(", ", fitted.fittedOn())));
    }
    return value * fitted.factor();
  }
}
