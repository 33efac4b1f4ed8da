package dev.kirchhoff.peripherals.calibration;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue of fitted factors, at most one for each quantity of a family. {@code catalog
 * calibration} lists it with the designs of {@code designs/} that each was fitted on.
 */
public final class FittedFactors {
  private static final List<FittedFactor> RESISTIVE =
      List.of(
          new FittedFactor(
              CircuitFamily.CHARGE_DECREMENT,
              Quantity.ENERGY,
              0.94,
              List.of("neurram-nature-2022"),
              "the published step energies contain the core's control"),
          new FittedFactor(
              CircuitFamily.SENSE_AMPLIFIER,
              Quantity.ENERGY,
              0.695,
              List.of("xue-isscc-2020"),
              "cells and mirrors are priced for the whole access at half of the full scale; the chip"
                  + " ends currents once bitlines have developed"),
          new FittedFactor(
              CircuitFamily.OSCILLATOR,
              Quantity.ENERGY,
              1.48,
              List.of("hermes-vlsi-2021"),
              "the column's current is mirrored into the oscillator and so drawn again"));

  private static final List<FittedFactor> ALL =
      Stream.concat(RESISTIVE.stream(), SramFactors.all().stream()).toList();

  private FittedFactors() {}

  /** All of them. */
  public static List<FittedFactor> all() {
    return ALL;
  }
}
