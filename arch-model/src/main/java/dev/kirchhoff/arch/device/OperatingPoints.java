package dev.kirchhoff.arch.device;

import java.util.Objects;

/**
 * Recommended operating points of a device.
 *
 * @param read recommended read
 * @param write programming
 */
public record OperatingPoints(ReadPoint read, WritePoint write) {
  public OperatingPoints {
    Objects.requireNonNull(read);
    Objects.requireNonNull(write);
  }
}
