package dev.kirchhoff.arch.result;

/**
 * Disagreement of sources about a figure: factors from the figure to the ends of its band, {@code
 * low <= 1 <= high}. Figures that a spec gives are exact, both factors one.
 *
 * @param low factor to the low end
 * @param high factor to the high end
 * @param reason what disagrees, with its source; empty for a sum of parts and where nothing does
 */
public record Spread(double low, double high, String reason) {
  /** No disagreement: the band is the figure. */
  public static final Spread NONE = new Spread(1, 1, "");

  public Spread {
    if (!(low > 0 && low <= 1 && high >= 1 && high < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The spread ("
              + low
              + " .. "
              + high
              + ") must lie around one.\nMaybe low and high are given as values, not as factors.");
    }
  }

  /** True if the figure is exact. */
  public boolean isNone() {
    return low == 1 && high == 1;
  }

  /** The factor to an end of the band. */
  public double factor(BandEnd end) {
    return switch (end) {
      case OPTIMISTIC -> low;
      case NOMINAL -> 1;
      case PESSIMISTIC -> high;
    };
  }

  /** Leaves exact figures out of JSON: equal to every spread that is none. */
  static final class Absent {
    @Override
    public boolean equals(Object other) {
      return other == null || (other instanceof Spread spread && spread.isNone());
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
