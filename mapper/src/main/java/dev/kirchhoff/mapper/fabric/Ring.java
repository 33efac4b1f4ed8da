package dev.kirchhoff.mapper.fabric;

import java.util.OptionalInt;

/**
 * A ring with links in both directions. A bit takes the shorter way, upwards in site numbers where
 * both are equally long. The port is at the first site.
 *
 * @param sites number of sites, one per tile
 */
record Ring(int sites) implements Fabric {
  private static final int UP = 0;
  private static final int DOWN = 1;
  private static final int DIRECTIONS = 2;

  @Override
  public int links() {
    return DIRECTIONS * sites + 2;
  }

  private int portIn() {
    return DIRECTIONS * sites;
  }

  @Override
  public int hops(int from, int to) {
    int distance = Math.abs(from - to);
    return Math.min(distance, sites - distance);
  }

  @Override
  public int hopsToPort(int site) {
    return hops(0, site) + 1;
  }

  @Override
  public int multicastHops(int from, int first, int count) {
    return furthest(from, first, count, true) + furthest(from, first, count, false);
  }

  /** Hops to the furthest of consecutive sites that are reached in one direction. */
  private int furthest(int from, int first, int count, boolean up) {
    int furthest = 0;
    for (int site = first; site < first + count; site++) {
      int upwards = site >= from ? site - from : site - from + sites;
      boolean goesUp = 2 * upwards <= sites;
      if (goesUp == up) {
        furthest = Math.max(furthest, up ? upwards : sites - upwards);
      }
    }
    return furthest;
  }

  @Override
  public int multicastHopsFromPort(int first, int count) {
    return multicastHops(0, first, count) + 1;
  }

  @Override
  public int multicast(int from, int first, int count, int[] links) {
    return spread(from, first, count, links, 0);
  }

  @Override
  public int multicastFromPort(int first, int count, int[] links) {
    links[0] = portIn();
    return spread(0, first, count, links, 1);
  }

  private int spread(int from, int first, int count, int[] links, int start) {
    int n = start;
    for (int direction = UP; direction <= DOWN; direction++) {
      boolean up = direction == UP;
      int node = from;
      for (int i = furthest(from, first, count, up); i > 0; i--) {
        links[n++] = DIRECTIONS * node + direction;
        node = next(node, up);
      }
    }
    return n;
  }

  @Override
  public int route(int from, int to, int[] route) {
    return walk(from, to, route, 0);
  }

  private int walk(int from, int to, int[] route, int count) {
    int upwards = to >= from ? to - from : to - from + sites;
    boolean up = 2 * upwards <= sites;
    int node = from;
    int n = count;
    while (node != to) {
      route[n++] = DIRECTIONS * node + (up ? UP : DOWN);
      node = next(node, up);
    }
    return n;
  }

  private int next(int site, boolean up) {
    if (up) {
      return site + 1 == sites ? 0 : site + 1;
    }
    return site == 0 ? sites - 1 : site - 1;
  }

  @Override
  public int routeFromPort(int site, int[] route) {
    route[0] = portIn();
    return walk(0, site, route, 1);
  }

  @Override
  public int routeToPort(int site, int[] route) {
    int n = walk(site, 0, route, 0);
    route[n] = portIn() + 1;
    return n + 1;
  }

  @Override
  public int diameter() {
    return sites / 2 + 1;
  }

  @Override
  public int node(int site) {
    return site;
  }

  @Override
  public OptionalInt tail(int link) {
    if (link >= portIn()) {
      return link == portIn() ? OptionalInt.empty() : OptionalInt.of(0);
    }
    return OptionalInt.of(link / DIRECTIONS);
  }

  @Override
  public OptionalInt head(int link) {
    if (link >= portIn()) {
      return link == portIn() ? OptionalInt.of(0) : OptionalInt.empty();
    }
    return OptionalInt.of(next(link / DIRECTIONS, link % DIRECTIONS == UP));
  }

  @Override
  public double capacity(int link) {
    return 1;
  }
}
