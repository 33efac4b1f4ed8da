package dev.kirchhoff.dashboards.view;

import java.util.Optional;

/**
 * Designs as columns, for a scatter.
 *
 * @param index indices, ascending
 * @param values objective values, one column per objective; NaN = no value
 * @param missed bits of the constraints that each design misses, 0 = feasible
 * @param density where the designs lie that were left out; empty if none were
 * @param total designs that this stands for
 * @param kept designs of which it is taken, fewer than {@code total} where the reader thinned the
 *     run
 */
public record Points(
    long[] index,
    double[][] values,
    int[] missed,
    Optional<Density> density,
    long total,
    long kept) {

  /**
   * Counts of feasible designs over the first two objectives, on a grid that is even on their axes.
   * On a logarithmic axis the first bin holds values that are not above zero too.
   *
   * @param bins bins along each axis
   * @param from smallest values; on a logarithmic axis of those above zero
   * @param to largest values
   * @param logarithmic whether an axis is even in the logarithm
   * @param counts designs in each bin, first objective fastest
   */
  public record Density(
      int bins, double[] from, double[] to, boolean[] logarithmic, int[] counts) {}
}
