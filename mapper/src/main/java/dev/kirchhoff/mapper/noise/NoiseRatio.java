package dev.kirchhoff.mapper.noise;

/**
 * Noise-to-signal ratios (NSR) as powers, and their decibels.
 *
 * <p>Ratios are bounded to {@link #LEAST} .. {@link #LARGEST}, so the ratio in dB is always finite.
 */
public final class NoiseRatio {
  /** Least ratio reported: 150 dB. */
  public static final double LEAST = 1e-15;

  /** Largest ratio reported: −150 dB. */
  public static final double LARGEST = 1e15;

  private NoiseRatio() {}

  /** A ratio within the bounds; the largest of no signal and no noise (NaN). */
  public static double bounded(double noiseToSignal) {
    return noiseToSignal <= LARGEST ? Math.max(noiseToSignal, LEAST) : LARGEST;
  }

  /** Signal-to-noise ratio of a network or layer, −10 log10 NSR (docs/models.md, eq. 4). */
  public static double decibel(double noiseToSignal) {
    return -10 * StrictMath.log10(bounded(noiseToSignal));
  }
}
