package dev.kirchhoff.mapper.noise;

/**
 * Variances, or ratios to a signal, that the levels of inputs add, by cause.
 *
 * @param noise noise of pulses
 * @param mismatch offsets, gains and levels of rows that differ
 */
public record InputNoise(double noise, double mismatch) {
  /** No noise. */
  public static final InputNoise NONE = new InputNoise(0, 0);

  /** The sum of the causes. */
  public double total() {
    return noise + mismatch;
  }

  /** All of it times a factor. */
  InputNoise times(double factor) {
    return new InputNoise(factor * noise, factor * mismatch);
  }
}
