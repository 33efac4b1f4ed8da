package dev.kirchhoff.arch.device;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Resistive switching device: conductance window, operating points, statistics, limits.
 *
 * <p>Figures are those of the catalogue entry or of the spec; {@code provenance} says for each of
 * them whether it was read, fitted or assumed, and where.
 *
 * @param name name in the catalogue, or of the entry it extends
 * @param material family, mechanism, maturity
 * @param window conductance window, access device in series included
 * @param curvature curvature of the current over the read voltage
 * @param operation read and write operating points
 * @param statistics programming error, drift, read noise
 * @param limits endurance and retention
 * @param cellArea_F2 area of one cell with its access device, in squares of the feature size
 * @param provenance where the figures come from
 */
public record Device(
    String name,
    Material material,
    ConductanceWindow window,
    Curvature curvature,
    OperatingPoints operation,
    DeviceStatistics statistics,
    DeviceLimits limits,
    double cellArea_F2,
    Provenance provenance) {

  public Device {
    Objects.requireNonNull(name);
    Objects.requireNonNull(curvature);
    Objects.requireNonNull(provenance);
    if (!(cellArea_F2 > 0)) {
      throw new IllegalArgumentException(
          "The cell area (" + cellArea_F2 + " F2) of device (" + name + ") must be positive.");
    }
  }

  /**
   * An ohmic device that is known by its figures and one source only: usual mechanism of its
   * family, no recommended read.
   */
  public Device(
      String name,
      Family family,
      ConductanceWindow window,
      WritePoint write,
      DeviceStatistics statistics,
      DeviceLimits limits,
      double cellArea_F2,
      String source) {
    this(
        name,
        Material.of(family),
        window,
        Curvature.OHMIC,
        new OperatingPoints(ReadPoint.unstated(), write),
        statistics,
        limits,
        cellArea_F2,
        Provenance.of(source));
  }

  /** Material family. */
  public Family family() {
    return material.family();
  }

  /** Recommended read. */
  public ReadPoint read() {
    return operation.read();
  }

  /** Programming. */
  public WritePoint write() {
    return operation.write();
  }

  /** Write point of a cell on a chip: SRAM stands in the core supply and takes no more than it. */
  public WritePoint writeAt(double supply_V) {
    return family() == Family.SRAM ? write().atMost(supply_V) : write();
  }

  /** Cell area that a spec gives; empty where it is the catalogue's. */
  public OptionalDouble givenCellArea_F2() {
    boolean isGiven =
        provenance.of(DeviceFigure.AREA).filter(area -> area.origin() == Origin.GIVEN).isPresent();
    return isGiven ? OptionalDouble.of(cellArea_F2) : OptionalDouble.empty();
  }

  /** Copy of this device with another cell area. */
  public Device withCellArea(double area_F2, Provenance.Statement origin) {
    return new Device(
        name,
        material,
        window,
        curvature,
        operation,
        statistics,
        limits,
        area_F2,
        provenance.with(DeviceFigure.AREA, origin));
  }
}
