package dev.kirchhoff.mapper.simulate;

/**
 * Mismatch of single converters: each has an offset, a gain and a bow of its own, drawn when the
 * chip is made and the same for every input.
 *
 * <p>What a converter sees is v (1 + g) + step (o + 4 b t (1 − t)), t the place of v in its range,
 * 0 to 1, and g, o, b normal with these deviations. Columns that share a converter share them.
 *
 * @param offset_steps deviation of the offset in steps
 * @param gain deviation of the gain
 * @param bow_steps deviation of the largest integral non-linearity, in the middle, in steps
 */
public record ConverterErrors(double offset_steps, double gain, double bow_steps) {
  /** Converters that are all alike. */
  public static final ConverterErrors NONE = new ConverterErrors(0, 0, 0);

  public ConverterErrors {
    if (!(offset_steps >= 0 && gain >= 0 && bow_steps >= 0)) {
      throw new IllegalArgumentException("Deviations of converters must not be negative.");
    }
  }
}
