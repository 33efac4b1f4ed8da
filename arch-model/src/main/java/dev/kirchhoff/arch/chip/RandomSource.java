package dev.kirchhoff.arch.chip;

/** Source of random words of a PE, drawn by kernels: noise of annealing, samples, choices. */
public sealed interface RandomSource {
  /** Bits of one word. */
  int WORD_BITS = 16;

  /** No source. */
  RandomSource NONE = new None();

  /** Sources in one PE, which draw at the same time. */
  int count();

  /** Model that prices one source. */
  ComponentModel model();

  /** True if there is one. */
  default boolean exists() {
    return count() > 0;
  }

  /** No source. */
  record None() implements RandomSource {
    @Override
    public int count() {
      return 0;
    }

    @Override
    public ComponentModel model() {
      return ComponentModel.standard();
    }
  }

  /**
   * A shift-register generator: pseudo-random, a word in each cycle of the clock.
   *
   * @param count sources in one PE
   * @param model which model prices one
   */
  record Digital(int count, ComponentModel model) implements RandomSource {
    public Digital {
      requirePositive(count);
    }

    /** One generator. */
    public static Digital standard() {
      return new Digital(1, ComponentModel.standard());
    }
  }

  /**
   * Low bit of a counter that stops when a volatile device switches, after a random delay (Jiang et
   * al., Nat. Commun. 8, 882, 2017, doi 10.1038/s41467-017-00869-x).
   *
   * @param count sources in one PE
   * @param delay_ns mean delay of the device
   * @param spread standard deviation of the delay over its mean, 0..1
   * @param recovery_ns time that the device needs to relax before the next bit, with its guard
   * @param clock_GHz clock of the counter
   * @param model which model prices one
   */
  record Counter(
      int count,
      double delay_ns,
      double spread,
      double recovery_ns,
      double clock_GHz,
      ComponentModel model)
      implements RandomSource {
    public Counter {
      requirePositive(count);
      if (!(delay_ns > 0) || !(spread >= 0) || !(recovery_ns >= 0) || !(clock_GHz > 0)) {
        throw new IllegalArgumentException(
            "The delay (%s ns), spread (%s), recovery (%s ns) and clock (%s GHz) of a random source must not be negative, delay and clock above 0."
                .formatted(delay_ns, spread, recovery_ns, clock_GHz));
      }
    }

    /** Standard deviation of the delay in periods of the counter's clock. */
    public double periods() {
      return spread * delay_ns * clock_GHz;
    }

    /**
     * Bound of the bias of a bit, |P(1) − 1/2|. The low bit is a square wave of the delay, of a
     * period of two cycles; a Gaussian delay of standard deviation s cycles takes off its harmonics
     *
     * <pre>
     *   P(1) − 1/2 = (2/π) Σ sin(π k μ) exp(−(π k s)²/2)/k, k = 1, 3, ..                      (1)
     *   |P(1) − 1/2| ≤ (2/π) exp(−(π s)²/2)                                                   (2)
     * </pre>
     *
     * <p>with the mean μ in cycles. Neglected: correlation of successive bits by a device that has
     * not relaxed.
     */
    public double biasBound() {
      double phase = StrictMath.PI * periods();
      return Math.min(0.5, 2 / StrictMath.PI * StrictMath.exp(-phase * phase / 2));
    }
  }

  /**
   * Read noise of a cell against the threshold of a comparator: a read and a conversion of this
   * chip for each bit.
   *
   * @param count sources in one PE: columns that are read at the same time
   * @param model which model prices one
   */
  record DeviceNoise(int count, ComponentModel model) implements RandomSource {
    public DeviceNoise {
      requirePositive(count);
    }
  }

  private static void requirePositive(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "The count (" + count + ") of random sources must be positive.\nMaybe use NONE.");
    }
  }
}
