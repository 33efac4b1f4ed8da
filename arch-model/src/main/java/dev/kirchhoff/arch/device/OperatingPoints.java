package dev.kirchhoff.arch.device;

import java.util.Objects;

/**
 * Where a device is operated.
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
