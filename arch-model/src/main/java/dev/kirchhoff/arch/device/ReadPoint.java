package dev.kirchhoff.arch.device;

import java.util.OptionalDouble;

/**
 * Read operating point that the source of a device recommends or used. A chip reads at the voltage
 * of its cell, which may take this one; the time of a read follows from the chip's circuits, that
 * of the source is for comparison.
 *
 * @param voltage_V voltage across the cell, if stated
 * @param time_ns time of a read in the source, if stated
 */
public record ReadPoint(OptionalDouble voltage_V, OptionalDouble time_ns) {

  /** No recommendation. */
  public static ReadPoint unstated() {
    return new ReadPoint(OptionalDouble.empty(), OptionalDouble.empty());
  }
}
