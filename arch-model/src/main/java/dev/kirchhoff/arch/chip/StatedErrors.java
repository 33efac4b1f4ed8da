package dev.kirchhoff.arch.chip;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Errors of a readout that a spec states, each in place of that of its circuits.
 *
 * @param mismatch differences between the converters of a chip
 * @param noise_steps deviation of the noise of a conversion, in steps of a code (LSB)
 * @param ground_V deviation of the virtual ground between front ends
 */
public record StatedErrors(
    Optional<ConverterMismatch> mismatch, OptionalDouble noise_steps, OptionalDouble ground_V) {
  /** Nothing stated. */
  public static final StatedErrors NONE =
      new StatedErrors(Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /** These errors with a stated mismatch. */
  public StatedErrors with(ConverterMismatch stated) {
    return new StatedErrors(Optional.of(stated), noise_steps, ground_V);
  }
}
