package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.List;

/**
 * Spread between the converters of one design: each has an offset, a gain error and a bow of its
 * own, drawn when the chip is made and the same for every input.
 *
 * <p>A converter sees v + g (v − μ) + step (o + b (B(t) − E[B])), B(t) = 4 t (1 − t), t the place
 * of v in its range, 0 to 1, and g, o, b normal with these deviations. What gain and bow make of
 * the mean of typical sums, g μ and b E[B], is a constant of each output and subtracted digitally.
 * Columns that share a converter share them. Neglected: errors of single codes (differential
 * non-linearity), dependence on temperature and age.
 *
 * @param offset_steps deviation of the offset, in steps of a code (LSB)
 * @param gain deviation of the gain, relative
 * @param bow_steps deviation of the integral non-linearity in the middle of the range, in steps
 * @throws IllegalArgumentException if a deviation is negative
 */
public record ConverterMismatch(double offset_steps, double gain, double bow_steps) {
  /** Converters that are all alike: trimmed. */
  public static final ConverterMismatch NONE = new ConverterMismatch(0, 0, 0);

  public ConverterMismatch {
    if (!(offset_steps >= 0 && gain >= 0 && bow_steps >= 0)) {
      throw new IllegalArgumentException(
          "Deviations of converters ("
              + offset_steps
              + ", "
              + gain
              + ", "
              + bow_steps
              + ") must not be negative.");
    }
  }

  /** True if converters are all alike. */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Keys of a stated mismatch. */
  static Shape shape() {
    return new Shape(
        "mismatch",
        "a mismatch of converters",
        List.of(
            Key.of(
                "offset",
                quantity(Dimension.NUMBER, 0, 1000),
                "0",
                "standard deviation of the offset, in steps of a code (LSB)"),
            Key.of(
                "gain", quantity(Dimension.RATIO, 0, 1), "0 %", "standard deviation of the gain"),
            Key.of(
                "bow",
                quantity(Dimension.NUMBER, 0, 1000),
                "0",
                "standard deviation of the integral non-linearity in the middle of the range, in steps of a code (LSB)")));
  }

  static ConverterMismatch of(View.Section mismatch) {
    return new ConverterMismatch(
        mismatch.number("offset"), mismatch.number("gain"), mismatch.number("bow"));
  }
}
