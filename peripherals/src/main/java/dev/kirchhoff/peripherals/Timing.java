package dev.kirchhoff.peripherals;

import dev.kirchhoff.peripherals.array.ProgrammingPrice;

/**
 * Times and rates of a chip: everything about its circuits by which copies, phases and schedules
 * are chosen. Energies and areas have no part in it.
 *
 * @param pass times of a crossbar pass
 * @param buffer_bitPerNs bits that a tile's buffer delivers in a nanosecond
 * @param bus_bitPerNs bits that a tile's bus carries in a nanosecond
 * @param link_bitPerNs bits that one link of the fabric carries in a nanosecond
 * @param globalBuffer_bitPerNs bits that the chip's buffer delivers in a nanosecond; infinite where
 *     there is none or it never binds
 * @param hop_ns time of one hop on the fabric
 * @param programming times of writing cells
 * @param configurationBits configuration bits of a tile's share of the fabric; 0 where nothing is
 *     configured
 */
public record Timing(
    PassTiming pass,
    double buffer_bitPerNs,
    double bus_bitPerNs,
    double link_bitPerNs,
    double globalBuffer_bitPerNs,
    double hop_ns,
    Programming programming,
    double configurationBits) {

  /**
   * Times of writing cells: groups of a crossbar's cells one after another.
   *
   * @param cellsAtOnce cells of one crossbar that are written at once
   * @param group_ns time of bringing such a group to its values
   * @param pulse_ns time of one pulse without verification
   */
  public record Programming(int cellsAtOnce, double group_ns, double pulse_ns) {
    /** Times of a price of programming. */
    public static Programming of(ProgrammingPrice price) {
      return new Programming(price.cellsAtOnce(), price.timePerCellGroup_ns(), price.pulse_ns());
    }

    /** Groups of so many cells of a crossbar. */
    public double groups(double cells) {
      return Math.ceil(cells / cellsAtOnce);
    }

    /** Time of programming crossbars of so many cells: one in each tile at a time. */
    public double crossbars_ns(double crossbars, double tiles, double cells) {
      return Math.ceil(crossbars / tiles) * groups(cells) * group_ns;
    }
  }
}
