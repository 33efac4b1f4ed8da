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
 * the default model (the evaluation warns). A part without bandwidth does not bind. Reused from
 * design to design; not safe for several threads.
 */
public final class TileWork {
  private double buffer_nsPerBit;
  private double bus_nsPerBit;
  private double link_nsPerBit;
  private double add_ns;
  private double relu_ns;
  private double lookup_ns;
  private double maximum_ns;
  private double multiply_ns;

  /**
   * Takes the rates of a tile.
   *
   * @return whether they are those taken before
   */
  public boolean set(PriceTable prices, Tile.Units units) {
    boolean isSame =
        setTransfers(
            transfer_ns(1, prices.bufferBandwidth_bitPerNs()),
            transfer_ns(1, prices.busBandwidth_bitPerNs()),
            transfer_ns(1, prices.linkBandwidth_bitPerNs()));
    double cycle_ns = prices.timing().cycle_ns();
    isSame &=
        setElements(
            element_ns(cycle_ns, units.shiftAdd()),
            element_ns(cycle_ns, units.relu()),
            element_ns(cycle_ns, units.sigmoid()),
            element_ns(cycle_ns, units.maxPool()));
    double multiply_ns = element_ns(cycle_ns, units.vector());
    isSame &= multiply_ns == this.multiply_ns;
    this.multiply_ns = multiply_ns;
    return isSame;
  }

  private boolean setTransfers(double buffer, double bus, double link) {
    boolean isSame = buffer == buffer_nsPerBit && bus == bus_nsPerBit && link == link_nsPerBit;
    buffer_nsPerBit = buffer;
    bus_nsPerBit = bus;
    link_nsPerBit = link;
    return isSame;
  }

  private boolean setElements(double add, double relu, double lookup, double maximum) {
    boolean isSame =
        add == add_ns && relu == relu_ns && lookup == lookup_ns && maximum == maximum_ns;
    add_ns = add;
    relu_ns = relu;
    lookup_ns = lookup;
    maximum_ns = maximum;
    return isSame;
  }

  /**
   * Time of one tile.
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
