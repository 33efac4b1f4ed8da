package dev.kirchhoff.peripherals.calibration;

import dev.kirchhoff.arch.calibration.CircuitFamily;
import dev.kirchhoff.arch.calibration.OperatingPoint;
import dev.kirchhoff.arch.spec.Units;
import java.util.List;

/**
 * Chip of {@code designs/} that families of circuits are compared with.
 *
 * @param design its folder
 * @param families families of its circuits
 * @param ratio published energy of its headline over the modelled one, without any factor
 * @param at setting of that row
 */
public record ComparedChip(
    String design, List<CircuitFamily> families, double ratio, OperatingPoint at) {

  public ComparedChip {
    families = List.copyOf(families);
  }

  /** {@code jia-jssc-2020 0.82x}. */
  public String sentence() {
    return design + " " + Units.brief(ratio) + "x";
  }
}
