package dev.kirchhoff.mapper.schedule;

import dev.kirchhoff.arch.chip.DigitalUnit;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Timing;

/**
 * Rates of the parts that the crossbars of a tile share: buffer, bus, link and digital units, which
 * work side by side. A digital unit processes one element per cycle. A tile without a unit that a
 * layer needs does that work on one unit of the default model (the evaluation warns). A part
 * without bandwidth does not bind.
 *
 * @param buffer_nsPerBit time of a bit at the tile's buffer
 * @param bus_nsPerBit time of a bit on the tile's bus
 * @param link_nsPerBit time of a bit on the tile's link to the fabric
 * @param add_ns time of an addition
 * @param relu_ns time of a rectification
 * @param lookup_ns time of a function by table
 * @param maximum_ns time of a comparison
 * @param multiply_ns time of a digital multiply-accumulate
 */
public record TileRates(
    double buffer_nsPerBit,
    double bus_nsPerBit,
    double link_nsPerBit,
    double add_ns,
    double relu_ns,
    double lookup_ns,
    double maximum_ns,
    double multiply_ns) {

  /** Rates of a tile with digital units. */
  public static TileRates of(Timing timing, Tile.Units units) {
    double cycle_ns = timing.pass().cycle_ns();
    return new TileRates(
        transfer_ns(1, timing.buffer_bitPerNs()),
        transfer_ns(1, timing.bus_bitPerNs()),
        transfer_ns(1, timing.link_bitPerNs()),
        element_ns(cycle_ns, units.shiftAdd()),
        element_ns(cycle_ns, units.relu()),
        element_ns(cycle_ns, units.sigmoid()),
        element_ns(cycle_ns, units.maxPool()),
        element_ns(cycle_ns, units.vector()));
  }

  /**
   * Time of one tile that does all of a layer's work: that of the part that takes longest.
   *
   * @param counts action counts
   * @param layer row of the layer
   * @param sumsInPe additions among them that shift-and-adds inside PEs make
   * @param linkBits bits that come to the layer's tiles and leave them over the fabric
   */
  public double time_ns(ActionCounts counts, int layer, double sumsInPe, double linkBits) {
    double bufferBits =
        counts.of(layer, Action.TILE_BUFFER_READ_BIT)
            + counts.of(layer, Action.TILE_BUFFER_WRITE_BIT);
    double additions = counts.of(layer, Action.ADD) - sumsInPe;
    // In pairs: each maximum is independent of the three beside it.
    double memory_ns =
        larger(bufferBits * buffer_nsPerBit, counts.of(layer, Action.BUS_BIT) * bus_nsPerBit);
    double link_ns = larger(linkBits * link_nsPerBit, additions * add_ns);
    double activation_ns =
        larger(
            counts.of(layer, Action.RELU) * relu_ns, counts.of(layer, Action.LOOKUP) * lookup_ns);
    double other_ns =
        larger(
            counts.of(layer, Action.MAX_COMPARE) * maximum_ns,
            counts.of(layer, Action.MULTIPLY_ACCUMULATE) * multiply_ns);
    return larger(larger(memory_ns, link_ns), larger(activation_ns, other_ns));
  }

  /**
   * Time of one tile that does digital work of a layer, one kind of unit after another; at least
   * that of the buffer for its operands.
   *
   * @param counts action counts
   * @param layer row of the layer
   */
  public double oneAfterAnother_ns(ActionCounts counts, int layer) {
    double bufferBits =
        counts.of(layer, Action.TILE_BUFFER_READ_BIT)
            + counts.of(layer, Action.TILE_BUFFER_WRITE_BIT);
    double units_ns =
        counts.of(layer, Action.ADD) * add_ns
            + counts.of(layer, Action.LOOKUP) * lookup_ns
            + counts.of(layer, Action.MAX_COMPARE) * maximum_ns
            + counts.of(layer, Action.MULTIPLY_ACCUMULATE) * multiply_ns;
    return larger(units_ns, bufferBits * buffer_nsPerBit);
  }

  /**
   * Of two numbers that are not NaN: {@link Math#max(double, double)} looks for NaN and negative
   * zero too, which takes five times as long here.
   */
  private static double larger(double a, double b) {
    return a > b ? a : b;
  }

  /** Time of a transfer; 0 where there is no such part. */
  public static double transfer_ns(double bits, double bandwidth_bitPerNs) {
    return bandwidth_bitPerNs > 0 ? bits / bandwidth_bitPerNs : 0;
  }

  private static double element_ns(double cycle_ns, DigitalUnit unit) {
    return cycle_ns / Math.max(1, unit.count());
  }
}
