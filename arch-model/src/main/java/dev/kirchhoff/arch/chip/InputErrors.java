package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.List;

/**
 * Errors of the level that the driver of a row presents, standard deviations in steps of the input.
 *
 * <p>A row that is driven with the digit u of 1 .. U presents u (1 + g) + o + l(u) + z: a gain g
 * and an offset o of the row and an error l of the level, drawn when the chip is made and the same
 * for every input, and a noise z of each pulse. A digit of zero leaves the row at its reference and
 * has no error. Gains and errors that are common to all rows and levels are calibrated out.
 *
 * @param offset_steps deviation of the offset between rows
 * @param gain deviation of the gain between rows, relative
 * @param level_steps deviation of a level from the straight line (integral non-linearity)
 * @param noise_steps deviation of the noise of a pulse
 * @throws IllegalArgumentException if a deviation is negative
 */
public record InputErrors(
    double offset_steps, double gain, double level_steps, double noise_steps) {
  /** Rows that present the digit itself. */
  public static final InputErrors NONE = new InputErrors(0, 0, 0, 0);

  public InputErrors {
    if (!(offset_steps >= 0 && gain >= 0 && level_steps >= 0 && noise_steps >= 0)) {
      throw new IllegalArgumentException(
          "Deviations of inputs ("
              + offset_steps
              + ", "
              + gain
              + ", "
              + level_steps
              + ", "
              + noise_steps
              + ") must not be negative.");
    }
  }

  /** True if rows present the digits themselves. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** True if rows or levels differ. */
  public boolean hasMismatch() {
    return offset_steps > 0 || gain > 0 || level_steps > 0;
  }

  /** Keys of a stated mismatch, which is without noise. */
  static Shape shape() {
    return new Shape(
        "mismatch",
        "a mismatch of inputs",
        List.of(
            Key.of(
                "offset",
                quantity(Dimension.NUMBER, 0, 1000),
                "0",
                "standard deviation of the offset between rows that are driven, in steps of the input"),
            Key.of(
                "gain",
                quantity(Dimension.RATIO, 0, 1),
                "0 %",
                "standard deviation of the gain between rows"),
            Key.of(
                "level",
                quantity(Dimension.NUMBER, 0, 1000),
                "0",
                "standard deviation of a level from the straight line, in steps of the input")));
  }

  static InputErrors of(View.Section mismatch) {
    return new InputErrors(
        mismatch.number("offset"), mismatch.number("gain"), mismatch.number("level"), 0);
  }
}
