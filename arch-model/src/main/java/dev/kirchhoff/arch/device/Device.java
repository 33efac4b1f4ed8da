package dev.kirchhoff.arch.device;

import java.util.Objects;

/**
 * A resistive switching device as an architect sees it: conductance window, operating points,
 * statistics, limits.
 *
 * <p>Figures are those of the catalogue entry or of the spec; {@code provenance} says for each
 * group of figures whether it was read, fitted or assumed, and where.
 *
 * @param name name in the catalogue, or of the entry it extends
 * @param family material family
 * @param window conductance window, access device in series included
 * @param write write operating point
 * @param statistics programming error, drift, read noise
 * @param limits endurance and retention
 * @param cellArea_F2 area of one cell with its access device, in squares of the feature size
 * @param provenance where the figures come from
 */
public record Device(
    String name,
    Family family,
    ConductanceWindow window,
    WritePoint write,
    DeviceStatistics statistics,
    DeviceLimits limits,
    double cellArea_F2,
    String provenance) {

  public Device {
    Objects.requireNonNull(name);
    Objects.requireNonNull(provenance);
    if (!(cellArea_F2 > 0)) {
      throw new IllegalArgumentException(
          "The cell area (" + cellArea_F2 + " F2) of device (" + name + ") must be positive.");
    }
  }
}
