package dev.kirchhoff.peripherals.calibration;

import dev.kirchhoff.arch.calibration.FittedFactor;
import java.util.List;

/**
 * The catalogue of fitted factors, at most one for each quantity of a family. {@code catalog
 * calibration} lists it with the designs of {@code designs/} that each was fitted on.
 */
public final class FittedFactors {
  private static final List<FittedFactor> ALL = List.of();

  private FittedFactors() {}

  /** All of them. */
  public static List<FittedFactor> all() {
    return ALL;
  }
}
