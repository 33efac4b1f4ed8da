package dev.kirchhoff.peripherals;

import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import dev.kirchhoff.peripherals.link.HopTime;

/**
 * Times and rates of a chip: the only properties of its circuits on which copies, phases and
 * schedules depend. Energies and areas have no part in it.
 *
 * @param pass times of a crossbar pass
 * @param buffer_bitPerNs bits that a tile's buffer delivers in a nanosecond
 * @param bus_bitPerNs bits that a tile's bus carries in a nanosecond
 * @param link_bitPerNs bits that a tile gives a link of the fabric in a nanosecond, a word a cycle
 * @param globalBuffer_bitPerNs bits that the chip's buffer delivers in a nanosecond; infinite where
 *     there is none or it never binds
 * @param hop time of one hop on the fabric
 * @param programming times of writing cells
 * @param configurationBits configuration bits of a tile's share of the fabric; 0 where nothing is
 *     configured
 * @param kernels times of parts that kernels beyond networks need
 */
public record Timing(
    PassTiming pass,
    double buffer_bitPerNs,
    double bus_bitPerNs,
    double link_bitPerNs,
    double globalBuffer_bitPerNs,
    HopTime hop,
    Programming programming,
    double configurationBits,
    KernelRates kernels) {

  /** Times of a chip without parts for kernels, at a clock of 1 GHz. */
  public Timing(
      PassTiming pass,
      double buffer_bitPerNs,
      double bus_bitPerNs,
      double link_bitPerNs,
      double globalBuffer_bitPerNs,
      double hop_ns,
      Programming programming,
      double configurationBits) {
    this(
        pass,
        buffer_bitPerNs,
        bus_bitPerNs,
        link_bitPerNs,
        globalBuffer_bitPerNs,
        HopTime.fixed(hop_ns),
        programming,
        configurationBits,
        KernelRates.STANDARD);
  }

  /** Bits that a link carries in a nanosecond whose hops have so many pitches. */
  public double link_bitPerNs(double pitches) {
    return hop.isHeld() ? link_bitPerNs * pass.cycle_ns() / hop.over_ns(pitches) : link_bitPerNs;
  }

  /**
   * Times of parts that kernels need. A chip without them has those of the standard ones, so that
   * no draw is free and no solve without end.
   *
   * @param draw_ns mean time between two random words of one PE, all of its sources drawing
   * @param amplifier_ns time constant of a loop amplifier, 1/(2π f) of its unity-gain bandwidth f
   */
  public record KernelRates(double draw_ns, double amplifier_ns) {
    /** A word each nanosecond, and amplifiers of 100 MHz. */
    public static final KernelRates STANDARD = new KernelRates(1, 1 / (2 * StrictMath.PI * 0.1));
  }

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
