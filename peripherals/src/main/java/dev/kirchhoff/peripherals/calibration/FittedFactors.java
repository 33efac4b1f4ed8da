package dev.kirchhoff.peripherals.calibration;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.FittedFactor;
import dev.kirchhoff.arch.calibration.Quantity;
import java.util.List;

/**
 * Catalogue of fitted factors, at most one for each quantity of a family: the median over at least
 * three chips of {@code designs/}. Factors from fewer chips are in the {@code calibration} of their
 * own specs and apply to no other design. {@code catalog calibration} lists it.
 */
public final class FittedFactors {
  private static final List<FittedFactor> ALL =
      List.of(
          new FittedFactor(
              CircuitFamily.SENSE_AMPLIFIER,
              Quantity.ENERGY,
              0.52,
              List.of(
                  "chen-natelec-2019",
                  "hung-isscc-2022",
                  "liu-isscc-2020",
                  "mochida-vlsi-2018",
                  "xue-isscc-2020",
                  "xue-isscc-2021",
                  "xue-jssc-2019"),
              "chips end currents once bitlines have developed; of seven, 0.13 to 1.46"));

  private FittedFactors() {}

  /** All of them. */
  public static List<FittedFactor> all() {
    return ALL;
  }
}
