package dev.kirchhoff.peripherals;

/**
 * Times of one crossbar and its periphery.
 *
 * @param settle_ns settling of wordline and bitline to half an LSB
 * @param integrate_ns integration or pulse time
 * @param conversion_ns one conversion of one converter
 * @param pass_ns one pass: all muxed columns read and converted
 * @param turns conversions of a converter in such a pass
 * @param conduct_ns time that cells conduct in a pass
 * @param cycle_ns one clock cycle
 * @param unsettled share of the step from the previous read that has not settled when a column is
 *     converted; 0 where it settles to half an LSB
 * @param overrun time that the circuits require over the time that is given, less 1; 0 where that
 *     suffices
 */
public record PassTiming(
    double settle_ns,
    double integrate_ns,
    double conversion_ns,
    double pass_ns,
    Turns turns,
    double conduct_ns,
    double cycle_ns,
    double unsettled,
    double overrun) {

  /**
   * Conversions of one converter in a pass of all columns.
   *
   * @param count number of conversions
   * @param each_ns time by which each lengthens the pass: a conversion, and a read where columns
   *     are read in turn
   * @param least_ns time of a pass of however few conversions
   */
  public record Turns(int count, double each_ns, double least_ns) {}

  /**
   * Time of a pass in which a converter makes so many conversions at most, as where one column of
   * all is read.
   */
  public double pass_ns(int conversions) {
    double spared_ns = Math.max(0, turns.count() - conversions) * turns.each_ns();
    return Math.max(pass_ns - spared_ns, turns.least_ns());
  }
}
