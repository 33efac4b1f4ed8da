package dev.kirchhoff.arch.result;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A figure with its band: its values at the ends where sources disagree, in the figure's unit.
 * {@code low} is the smaller number, whichever direction is better.
 *
 * @param low smallest value
 * @param nominal value by the models as they stand
 * @param high largest value
 */
public record Band(double low, double nominal, double high) {
  public Band {
    if (low > nominal || nominal > high) {
      throw new IllegalArgumentException(
          "The band (" + low + " .. " + nominal + " .. " + high + ") must be in order.");
    }
  }

  /** The band between two ends in either order; a nominal value beside it by rounding widens it. */
  public static Band of(double oneEnd, double nominal, double otherEnd) {
    return new Band(
        Math.min(nominal, Math.min(oneEnd, otherEnd)),
        nominal,
        Math.max(nominal, Math.max(oneEnd, otherEnd)));
  }

  /** The value at an end: the pessimistic one is the worse number of a metric. */
  public double at(BandEnd end, Metric metric) {
    return switch (end) {
      case OPTIMISTIC -> metric.higherIsBetter() ? high : low;
      case NOMINAL -> nominal;
      case PESSIMISTIC -> metric.higherIsBetter() ? low : high;
    };
  }

  /** The band of a multiple of the figure. */
  public Band times(double factor) {
    return new Band(low * factor, nominal * factor, high * factor);
  }

  /** True if the figure is exact. */
  @JsonIgnore
  public boolean isPoint() {
    return low == high;
  }
}
