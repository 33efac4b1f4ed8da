package dev.kirchhoff.mapper.place;

/**
 * The fabric between the tiles of a chip as placement and routing see it: sites, directed links and
 * one fixed route from each site to each other.
 *
 * <p>Routes are minimal, do not depend on traffic, and from one site form a tree (two routes from
 * the same site that part never meet again), so that a multicast is the union of its routes. Hops
 * count what a bit pays for: links of a mesh, segments of a tree.
 */
public interface Fabric {
  /** Sites, one a tile. */
  int sites();

  /** Directed links; loads are kept by link. */
  int links();

  /** Hops of the route between two sites; 0 from a site to itself. */
  int hops(int from, int to);

  /** Hops of the route between a site and the port of the chip, either way. */
  int hopsToPort(int site);

  /**
   * Writes the links of a route in their order.
   *
   * @param route receives the links, from index 0
   * @return how many there are
   */
  int route(int from, int to, int[] route);

  /** The longest route in links. */
  int diameter();
}
