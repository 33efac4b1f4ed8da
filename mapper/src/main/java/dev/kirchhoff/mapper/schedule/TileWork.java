package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.arch.chip.DigitalUnit;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.PriceTable;

/**
 * Time that the parts which the crossbars of a tile share would take if one tile did all of a
 * layer's work: the longest of buffer, bus, link and digital units, which work side by side. A unit
 * does one element a cycle. A tile without a unit that a layer wants does that work on one unit of
 * the default model (the evaluation warns). A part without bandwidth does not bind.
 */
public final class TileWork {
  private TileWork() {}

  /**
   * Time of one tile.
   *
   * @param counts action counts
   * @param layer row of the layer
   * @param sumsInPe additions among them that shift-and-adds inside PEs make
   * @param linkBits bits that come to the layer's tiles and leave them over the fabric
   */
  public static double time_ns(
      ActionCounts counts,
      int layer,
      double sumsInPe,
      double linkBits,
      PriceTable prices,
      Tile.Units units) {
    double bufferBits =
        counts.of(layer, Action.TILE_BUFFER_READ_BIT)
            + counts.of(layer, Action.TILE_BUFFER_WRITE_BIT);
    double time_ns = transfer_ns(bufferBits, prices.bufferBandwidth_bitPerNs());
    time_ns =
        Math.max(
            time_ns, transfer_ns(counts.of(layer, Action.BUS_BIT), prices.busBandwidth_bitPerNs()));
    time_ns = Math.max(time_ns, transfer_ns(linkBits, prices.linkBandwidth_bitPerNs()));
    double cycles = cycles(counts.of(layer, Action.ADD) - sumsInPe, units.shiftAdd());
    cycles = Math.max(cycles, cycles(counts.of(layer, Action.RELU), units.relu()));
    cycles = Math.max(cycles, cycles(counts.of(layer, Action.LOOKUP), units.sigmoid()));
    cycles = Math.max(cycles, cycles(counts.of(layer, Action.MAX_COMPARE), units.maxPool()));
    cycles = Math.max(cycles, cycles(counts.of(layer, Action.MULTIPLY_ACCUMULATE), units.vector()));
    return Math.max(time_ns, cycles * prices.timing().cycle_ns());
  }

  /** Time of a transfer; 0 where there is no such part. */
  public static double transfer_ns(double bits, double bandwidth_bitPerNs) {
    return bandwidth_bitPerNs > 0 ? bits / bandwidth_bitPerNs : 0;
  }

  private static double cycles(double elements, DigitalUnit unit) {
    return elements / Math.max(1, unit.count());
  }
}
