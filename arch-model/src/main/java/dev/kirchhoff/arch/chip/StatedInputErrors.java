package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.View;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Errors of inputs that a spec states, each in place of that of its circuits.
 *
 * @param mismatch mismatch between rows and of levels, without noise
 * @param noise_steps standard deviation of the noise of a pulse, in steps of the input
 */
public record StatedInputErrors(Optional<InputErrors> mismatch, OptionalDouble noise_steps) {
  /** Nothing stated. */
  public static final StatedInputErrors NONE =
      new StatedInputErrors(Optional.empty(), OptionalDouble.empty());

  /** Errors of circuits, with those that are stated in their place. */
  public InputErrors over(InputErrors circuits) {
    InputErrors rows = mismatch.orElse(circuits);
    return new InputErrors(
        rows.offset_steps(),
        rows.gain(),
        rows.level_steps(),
        noise_steps.orElse(circuits.noise_steps()));
  }

  /** Keys of these errors, which belong to the section of an input. */
  static List<Key> keys() {
    return List.of(
        Key.optional(
            "mismatch",
            new Type.Section(InputErrors.shape()),
            "mismatch between the rows of one chip and between levels after trimming, as standard deviations, the same for every input; without it that which their circuits are sized and trimmed for"),
        Key.optional(
            "noise",
            quantity(Dimension.NUMBER, 0, 1000),
            "noise of a pulse of a row, standard deviation in steps of the input; without it that of"
                + " its circuits"));
  }

  static StatedInputErrors of(View.Section input) {
    return new StatedInputErrors(
        input.has("mismatch")
            ? Optional.of(InputErrors.of(input.section("mismatch")))
            : Optional.empty(),
        input.optionalNumber("noise"));
  }
}
