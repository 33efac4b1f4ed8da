package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.List;
import java.util.Optional;

/**
 * Operational amplifiers that close a loop around a crossbar, so that it settles to the solution of
 * a linear system in one step: each holds a column at virtual ground and drives a row (Sun et al.,
 * PNAS 116, 4123, 2019, doi 10.1073/pnas.1815682116). Each has an inverter, for matrices of both
 * signs.
 *
 * @param gain open-loop gain at zero frequency
 * @param bandwidth_GHz unity-gain bandwidth on the line that it drives
 * @param offset_V standard deviation of the offset between amplifiers after trimming
 * @param model model that prices an amplifier with its inverter
 */
public record LoopAmplifier(
    double gain, double bandwidth_GHz, double offset_V, ComponentModel model) {
  /**
   * Amplifiers of a gain, a bandwidth and an offset.
   *
   * @throws IllegalArgumentException if the gain is not above 1, or bandwidth or offset not above 0
   */
  public LoopAmplifier {
    if (!(gain > 1) || !(bandwidth_GHz > 0) || !(offset_V > 0)) {
      throw new IllegalArgumentException(
          "The gain (%s) of a loop amplifier must be above 1, its bandwidth (%s GHz) and offset (%s V) above 0.%nMaybe a unit is wrong."
              .formatted(gain, bandwidth_GHz, offset_V));
    }
  }

  /** The amplifiers that a spec gets where it says no more: 1e5, 100 MHz, 1 mV (assumed). */
  public static LoopAmplifier standard() {
    return new LoopAmplifier(1e5, 0.1, 1e-3, ComponentModel.standard());
  }

  /** Keys of the amplifiers. */
  static Type type() {
    Shape amplifiers =
        new Shape(
            "amplifiers",
            "loop amplifiers",
            List.of(
                Key.of(
                        "gain",
                        quantity(Dimension.NUMBER, 10, 1e9),
                        "1e5",
                        "open-loop gain at zero frequency")
                    .setting(),
                Key.of(
                        "bandwidth",
                        quantity(Dimension.FREQUENCY, 1e-6, 10),
                        "100 MHz",
                        "unity-gain bandwidth on the line of a row")
                    .setting(),
                Key.of(
                        "offset",
                        quantity(Dimension.VOLTAGE, 1e-6, 0.1),
                        "1 mV",
                        "offset between amplifiers after trimming, standard deviation")
                    .setting(),
                ComponentModel.key("feedback", "settle")));
    return new Type.Kinds("feedback", List.of(amplifiers, Shape.none("feedback")));
  }

  static Optional<LoopAmplifier> of(View.Section feedback, PartBinder parts) {
    return feedback.isNone()
        ? Optional.empty()
        : Optional.of(
            new LoopAmplifier(
                feedback.number("gain"),
                feedback.number("bandwidth"),
                feedback.number("offset"),
                parts.model(feedback)));
  }
}
