package dev.kirchhoff.arch.chip;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Errors of inputs that a spec states, each in place of that of the circuits.
 *
 * @param mismatch differences between rows and levels, without noise
 * @param noise_steps deviation of the noise of a pulse, in steps of the input
 */
public record StatedInputErrors(Optional<InputErrors> mismatch, OptionalDouble noise_steps) {
  /** Nothing stated. */
  public static final StatedInputErrors NONE =
      new StatedInputErrors(Optional.empty(), OptionalDouble.empty());

  /** Errors of circuits with what is stated in their place. */
  public InputErrors over(InputErrors circuits) {
    InputErrors rows = mismatch.orElse(circuits);
    return new InputErrors(
        rows.offset_steps(),
        rows.gain(),
        rows.level_steps(),
        noise_steps.orElse(circuits.noise_steps()));
  }
}
