package dev.kirchhoff.arch.result;

import java.util.Locale;

/**
 * Axis of a metric: the coordinate in which distances, volumes and plots of it are taken, by the
 * search, the knee, the hypervolume and the page alike.
 *
 * <p>Logarithmic are figures that are above zero and span decades, so that a factor is the same
 * step anywhere: energy, area, time, throughput, counts. Linear are figures that are logarithms
 * already (dB) or shares of one, and those that are zero in good designs: zero lies no number of
 * decades below anything.
 *
 * @param scale linear or logarithmic
 * @param wideSpan difference that counts as wide, so that spans of different axes can be weighed:
 *     decades on a logarithmic axis, else in the metric's unit
 */
public record MetricAxis(Scale scale, double wideSpan) {

  /** Scale of an axis: equal steps are equal differences, or equal factors. */
  public enum Scale {
    LINEAR,
    LOGARITHMIC;

    /** Name in results and on the page. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Values at or below this lie here on a logarithmic axis, so that every value has a place. It
   * lies below every figure of a chip in its unit (assumed).
   */
  private static final double SMALLEST = 1e-18;

  /** Axis of decades; one decade is wide (assumed). */
  static final MetricAxis DECADES = new MetricAxis(Scale.LOGARITHMIC, 1);

  /**
   * @throws IllegalArgumentException if the wide span is not above zero
   */
  public MetricAxis {
    if (!(wideSpan > 0)) {
      throw new IllegalArgumentException(
          "The wideSpan (" + wideSpan + ") of an axis must be positive.");
    }
  }

  /** Axis of values themselves. */
  static MetricAxis linear(double wideSpan) {
    return new MetricAxis(Scale.LINEAR, wideSpan);
  }

  /** True if coordinates are decades. */
  public boolean isLogarithmic() {
    return scale == Scale.LOGARITHMIC;
  }

  /** Coordinate of a value: its decimal logarithm, or the value itself. */
  public double coordinate(double value) {
    return isLogarithmic() ? StrictMath.log10(Math.max(value, SMALLEST)) : value;
  }

  /** Coordinate of a value of an objective, with a sign such that less is better. */
  public double minimised(double value, boolean maximise) {
    double coordinate = coordinate(value);
    return maximise ? -coordinate : coordinate;
  }
}
