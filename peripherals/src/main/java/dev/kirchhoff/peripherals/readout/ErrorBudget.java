package dev.kirchhoff.peripherals.readout;

/**
 * Errors of a converter against the nearest of its codes, in steps of a code (LSB): noise, drawn
 * anew in each conversion, and mismatch between the converters of a chip after trimming.
 *
 * @param noise_steps2 variance of the noise of a conversion: comparator, sampling, jitter
 * @param offset_steps deviation of the offset between converters
 * @param gain deviation of the gain between converters, relative
 * @param bow_steps deviation of the integral non-linearity in the middle of the range
 */
public record ErrorBudget(double noise_steps2, double offset_steps, double gain, double bow_steps) {

  /** A converter that rounds to the nearest code and does nothing else. */
  public static final ErrorBudget EXACT = new ErrorBudget(0, 0, 0, 0);

  /** Equal converters that lose bits: noise (4^lost − 1)/12, as much as makes ENOB = B − lost. */
  public static ErrorBudget ofLostBits(double lost) {
    return lost > 0 ? new ErrorBudget((StrictMath.pow(4, lost) - 1) / 12, 0, 0, 0) : EXACT;
  }

  /** This budget with more noise. */
  public ErrorBudget plusNoise(double more_steps2) {
    return more_steps2 == 0
        ? this
        : new ErrorBudget(noise_steps2 + more_steps2, offset_steps, gain, bow_steps);
  }

  /**
   * Bits − ENOB of one converter whose offset and gain are known: ½ log2(1 + 12 (noise + bow²)).
   */
  public double lostBits() {
    double all = noise_steps2 + bow_steps * bow_steps;
    return 0.5 * StrictMath.log(1 + 12 * all) / StrictMath.log(2);
  }
}
