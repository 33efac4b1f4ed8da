package dev.kirchhoff.mapper.fabric;

import dev.kirchhoff.arch.chip.Interconnect;
import java.util.OptionalInt;

/**
 * Fabric between the tiles of a chip, for placement and routing: sites, directed links and one
 * fixed route from each site to each other.
 *
 * <p>Routes are minimal, do not depend on traffic, and from one site form a tree (two routes from
 * the same site that part never meet again), so that a multicast is the union of its routes. Hops
 * count what a bit pays for: links of a mesh, segments of a tree; a route has as many links as
 * hops. Sites that follow each other are near each other.
 *
 * <p>A link runs from node to node: routers, branches of a tree. Nodes without a tile may exist.
 * The port of the chip is a link into one node, of a mesh node 0, and a link out of it.
 */
public sealed interface Fabric permits NoFabric, Bus, Ring, Grid, Tree {
  /** The fabric of an interconnect between so many tiles. */
  static Fabric of(Interconnect interconnect, int sites) {
    return switch (interconnect.kind()) {
      case NONE -> new NoFabric(sites);
      case BUS -> new Bus(sites);
      case RING -> new Ring(sites);
      case MESH -> new Mesh(sites, 1, 1);
      case CONCENTRATED_MESH -> new Mesh(sites, Math.max(1, interconnect.tilesPerRouter()), 1);
      case RECONFIGURABLE -> new Mesh(sites, 1, interconnect.tracks());
      case TORUS -> new Torus(sites);
      case H_TREE -> Tree.binary(sites);
      case FAT_TREE -> Tree.of(sites, interconnect.tree().orElseThrow());
    };
  }

  /** Sites, one a tile. */
  int sites();

  /** Directed links, those of the port included; loads are kept by link. */
  int links();

  /** Hops of the route between two sites; 0 from a site to itself. */
  int hops(int from, int to);

  /** Hops of the longest route from a site to consecutive ones. */
  default int farthest(int from, int first, int count) {
    int most = 0;
    for (int site = first; site < first + count; site++) {
      most = Math.max(most, hops(from, site));
    }
    return most;
  }

  /** Hops of the longest route from the port to consecutive sites. */
  default int farthestFromPort(int first, int count) {
    return 1 + farthest(0, first, count);
  }

  /** Hops of the route between a site and the port of the chip, either way. */
  int hopsToPort(int site);

  /**
   * Links of a multicast: of the union of the routes from a site to consecutive ones, in closed
   * form.
   *
   * @param first first of the sites
   * @param count number of the sites
   */
  int multicastHops(int from, int first, int count);

  /** Links of a multicast from the port to consecutive sites. */
  int multicastHopsFromPort(int first, int count);

  /**
   * Writes the links of a multicast: of the union of the routes from a site to consecutive ones,
   * each once and behind those that lead to it.
   *
   * @param links receives them, from index 0
   * @return their number
   */
  int multicast(int from, int first, int count, int[] links);

  /** Writes the links of a multicast from the port; see {@link #multicast}. */
  int multicastFromPort(int first, int count, int[] links);

  /**
   * Writes the links of a route in their order.
   *
   * @param route receives the links, from index 0
   * @return their number
   */
  int route(int from, int to, int[] route);

  /** Writes the links of the route from the port to a site. */
  int routeFromPort(int site, int[] route);

  /** Writes the links of the route from a site to the port. */
  int routeToPort(int site, int[] route);

  /** The longest route in links, ways to the port included. */
  int diameter();

  /** The node that a site's tile is at; several may share one. */
  int node(int site);

  /** Nodes in a row, where nodes stand in rows and are numbered row by row; 0 elsewhere. */
  default int columns() {
    return 0;
  }

  /** The node that a link leaves; empty where it comes from the port. */
  OptionalInt tail(int link);

  /** The node that a link enters; empty where it goes to the port. */
  OptionalInt head(int link);

  /** Width of a link in widths of a plain link, at least 1: tracks of a channel, a fat link. */
  double capacity(int link);

  /** Lengths that follow from the number of sites. */
  default Pitches pitches() {
    return Pitches.PRICED;
  }

  /** True if all links have the same capacity. */
  default boolean isUniform() {
    return true;
  }
}
