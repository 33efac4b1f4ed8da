package dev.kirchhoff.mapper.place;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Topology;

/**
 * Where layers stand on the fabric, and how far their data travel.
 *
 * <p>Layers take consecutive tiles in their order. On a mesh tiles are numbered row by row, every
 * second row backwards, on the smallest square that holds all routers: neighbours in order are
 * neighbours on the mesh. On an H-tree they are its leaves from left to right. A bit travels from
 * the middle of its producer's tiles to the middle of its consumer's: |Δx| + |Δy| hops on a mesh,
 * up to the lowest common node and down again on a tree; within one tile (or one router's tiles) it
 * does not leave the local bus or router. Data enter and leave the chip at the first tile, one hop
 * more.
 *
 * <p>Neglected: the spread of a layer over its tiles, detours, and contention between layers for a
 * link. Deterministic.
 */
public final class Placement {
  private Topology topology = Topology.NONE;
  private int tilesPerRouter = 1;
  private int side = 1;

  /** A fabric for so many tiles. */
  public static Placement of(Interconnect interconnect, int tiles) {
    Placement placement = new Placement();
    placement.set(interconnect, tiles);
    return placement;
  }

  /** Changes to another fabric. */
  public void set(Interconnect interconnect, int tiles) {
    topology = interconnect.kind();
    tilesPerRouter =
        topology == Topology.CONCENTRATED_MESH ? Math.max(1, interconnect.tilesPerRouter()) : 1;
    int routers = (tiles + tilesPerRouter - 1) / tilesPerRouter;
    side = Math.max(1, (int) Math.ceil(Math.sqrt(routers)));
  }

  /** Hops between two tiles. */
  public int hops(int from, int to) {
    return switch (topology) {
      case NONE -> 0;
      case H_TREE -> 2 * (32 - Integer.numberOfLeadingZeros(from ^ to));
      case MESH, CONCENTRATED_MESH, RECONFIGURABLE ->
          meshHops(from / tilesPerRouter, to / tilesPerRouter);
    };
  }

  /** Hops between a tile and the port of the chip, which is at the first tile. */
  public int hopsToPort(int tile) {
    return topology == Topology.NONE ? 0 : hops(0, tile) + 1;
  }

  private int meshHops(int from, int to) {
    int rowFrom = from / side;
    int rowTo = to / side;
    return Math.abs(rowFrom - rowTo) + Math.abs(column(from, rowFrom) - column(to, rowTo));
  }

  /** Column of a router: even rows run forwards, odd rows backwards. */
  private int column(int router, int row) {
    int column = router - row * side;
    return (row & 1) == 0 ? column : side - 1 - column;
  }
}
