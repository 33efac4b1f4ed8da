package dev.kirchhoff.arch.chip;

import static dev.kirchhoff.arch.spec.Type.quantity;
import static dev.kirchhoff.arch.spec.Type.whole;

import dev.kirchhoff.arch.spec.Dimension;
import dev.kirchhoff.arch.spec.Type;
import dev.kirchhoff.arch.spec.Type.Key;
import dev.kirchhoff.arch.spec.Type.Shape;
import dev.kirchhoff.arch.spec.View;
import java.util.List;

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
   * @param model model that prices one
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
   * @param model model that prices one
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
   * @param model model that prices one
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

  /** Keys of a source of any kind. */
  static Type type() {
    Key count = Key.of("count", whole(1, 100_000), "1", "sources in one PE, which draw at once");
    Key model = ComponentModel.key("random", "draw");
    return new Type.Kinds(
        "random",
        List.of(
            new Shape("digital", "a digital random source", List.of(count, model)),
            new Shape(
                "counter",
                "a random source by counter",
                List.of(
                    count,
                    Key.of(
                            "delay",
                            quantity(Dimension.TIME, 0.1, 1e9),
                            "100 us",
                            "mean delay of the volatile device")
                        .setting(),
                    Key.of(
                            "spread",
                            quantity(Dimension.RATIO, 0, 1),
                            "30 %",
                            "standard deviation of the delay over its mean")
                        .setting(),
                    Key.of(
                            "recovery",
                            quantity(Dimension.TIME, 0, 1e9),
                            "67 us",
                            "time that the device relaxes before the next bit")
                        .setting(),
                    Key.of(
                            "clock",
                            quantity(Dimension.FREQUENCY, 1e-9, 10),
                            "1 MHz",
                            "clock of the counter")
                        .setting(),
                    model)),
            new Shape("device", "a random source by read noise", List.of(count, model)),
            Shape.none("random source")));
  }

  /** Source of a design. */
  static RandomSource of(View.Section random, PartBinder parts) {
    return switch (random.kind()) {
      case "digital" -> new Digital(random.whole("count"), parts.model(random));
      case "counter" ->
          new Counter(
              random.whole("count"),
              random.number("delay"),
              random.number("spread"),
              random.number("recovery"),
              random.number("clock"),
              parts.model(random));
      case "device" -> new DeviceNoise(random.whole("count"), parts.model(random));
      default -> NONE;
    };
  }
}
