package dev.kirchhoff.peripherals.readout;

/**
 * Error budget that circuits are sized for, in standard deviations over a step of a code, the same
 * for every kind of readout. Together with quantisation it costs about half an effective bit, and
 * mismatch between converters as much again. Assumed; published converters of 5 to 8 bits lose 0.5
 * to 1.8 bits.
 */
public final class ErrorAllocation {
  /** Noise of a comparison. */
  public static final double COMPARATOR = 0.25;

  /** Noise of a sample, jitter of a time or a count. */
  public static final double SAMPLE = 0.2;

  /**
   * Offset of each comparator of a flash, gain of a mirror, after trimming. The thresholds of a
   * flash move by it each for itself, which adds its square to the error of a code.
   */
  public static final double OFFSET = 0.2;

  /**
   * Offset of the one comparator of a converter, which is the same for all codes and subtracted in
   * digital with two fraction bits, and what that leaves.
   */
  public static final double OFFSET_BEFORE = 1;

  public static final double OFFSET_AFTER = 0.1;

  /** Non-linearity of references, capacitors and levels. */
  public static final double BOW = 0.2;

  /**
   * Variance that 2^B random units, of which all together deviate by so much, add to a code: σ_u² k
   * (2^B − k)/2^B after k of them, the ends exact, in the mean over k a sixth of 2^B σ_u². It is
   * the same in every conversion of a code, but another for each code, so that it counts as noise.
   */
  static NoiseTerm ofUnits(double deviation_steps) {
    return new NoiseTerm("mismatch of units", deviation_steps * deviation_steps / 6);
  }

  /** Variance that metastability of a comparator may add. */
  public static final double METASTABILITY2 = 0.01;

  private ErrorAllocation() {}
}
