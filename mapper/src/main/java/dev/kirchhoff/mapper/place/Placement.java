package dev.kirchhoff.mapper.place;

import dev.kirchhoff.arch.chip.Interconnect;

/**
 * Where layers stand on the fabric, and how far their data travel.
 *
 * <p>Layers take consecutive tiles in their order, which are near each other on every {@link
 * Fabric}. A bit travels from the middle of its producer's tiles to the middle of its consumer's;
 * within one tile (or one router's tiles) it does not leave the local bus or router.
 *
 * <p>Neglected: the spread of a layer over its tiles, and contention between layers for a link.
 * Deterministic.
 */
public final class Placement {
  private Interconnect interconnect;
  private Fabric fabric = new NoFabric(1);

  /** A fabric for so many tiles. */
  public static Placement of(Interconnect interconnect, int tiles) {
    Placement placement = new Placement();
    placement.set(interconnect, tiles);
    return placement;
  }

  /** Changes to another fabric. */
  public void set(Interconnect interconnect, int tiles) {
    if (!interconnect.equals(this.interconnect) || fabric.sites() != tiles) {
      this.interconnect = interconnect;
      fabric = Fabric.of(interconnect, tiles);
    }
  }

  /** The fabric. */
  public Fabric fabric() {
    return fabric;
  }

  /** Hops between two tiles. */
  public int hops(int from, int to) {
    return fabric.hops(from, to);
  }

  /** Hops between a tile and the port of the chip. */
  public int hopsToPort(int tile) {
    return fabric.hopsToPort(tile);
  }
}
