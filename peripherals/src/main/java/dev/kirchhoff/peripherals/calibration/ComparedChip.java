package dev.kirchhoff.peripherals.calibration;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.OperatingPoint;
import dev.kirchhoff.arch.spec.Units;

/**
 * Chip of {@code designs/} that a family of circuits is compared with.
 *
 * @param design its folder
 * @param family family of its circuits
 * @param ratio published energy of its headline over the modelled one, without any factor
 * @param at setting of that row
 */
public record ComparedChip(String design, CircuitFamily family, double ratio, OperatingPoint at) {

  /** {@code jia-jssc-2020 0.82x}. */
  public String sentence() {
    return design + " " + Units.brief(ratio) + "x";
  }
}
