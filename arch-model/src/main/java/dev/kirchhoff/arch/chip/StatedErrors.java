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

  /** Keys of these errors, which stand in the section of a readout. */
  static List<Key> keys() {
    return List.of(
        Key.optional(
            "mismatch",
            new Type.Section(ConverterMismatch.shape()),
            "mismatch between the converters of one chip after trimming, as standard deviations, the same for every input; without it that which their circuits are sized and trimmed for"),
        Key.optional(
            "noise",
            quantity(Dimension.NUMBER, 0, 1000),
            "noise of a conversion, standard deviation in steps of a code (LSB); without it that of its"
                + " circuits"),
        Key.optional(
            "virtualGround",
            quantity(Dimension.VOLTAGE, 0, 1),
            "offset of the virtual ground between front ends after trimming, standard deviation; without"
                + " it that of the front end"));
  }

  static StatedErrors of(View.Section readout) {
    return new StatedErrors(
        readout.has("mismatch")
            ? Optional.of(ConverterMismatch.of(readout.section("mismatch")))
            : Optional.empty(),
        readout.optionalNumber("noise"),
        readout.optionalNumber("virtualGround"));
  }
}
