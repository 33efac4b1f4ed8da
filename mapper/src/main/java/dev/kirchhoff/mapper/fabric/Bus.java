package dev.kirchhoff.mapper.fabric;

import java.util.OptionalInt;

/**
 * One medium that all tiles and the port share: every transfer is one hop over all of it, and all
 * of them share its bandwidth. All tiles receive at once, so a multicast costs one transfer.
 *
 * @param sites tiles
 */
record Bus(int sites) implements Fabric {
  private static final int MEDIUM = 0;

  @Override
  public int links() {
    return 1;
  }

  @Override
  public int hops(int from, int to) {
    return from == to ? 0 : 1;
  }

  @Override
  public int farthestFromPort(int first, int count) {
    return 1;
  }

  @Override
  public int hopsToPort(int site) {
    return 1;
  }

  @Override
  public int multicastHops(int from, int first, int count) {
    return count == 1 && from == first ? 0 : 1;
  }

  @Override
  public int multicastHopsFromPort(int first, int count) {
    return 1;
  }

  @Override
  public int multicast(int from, int first, int count, int[] links) {
    links[0] = MEDIUM;
    return multicastHops(from, first, count);
  }

  @Override
  public int multicastFromPort(int first, int count, int[] links) {
    links[0] = MEDIUM;
    return 1;
  }

  @Override
  public int route(int from, int to, int[] route) {
    if (from == to) {
      return 0;
    }
    route[0] = MEDIUM;
    return 1;
  }

  @Override
  public int routeFromPort(int site, int[] route) {
    route[0] = MEDIUM;
    return 1;
  }

  @Override
  public int routeToPort(int site, int[] route) {
    route[0] = MEDIUM;
    return 1;
  }

  @Override
  public int diameter() {
    return 1;
  }

  /** The medium is one node: all tiles are at it, and its link begins and ends there. */
  @Override
  public int node(int site) {
    return 0;
  }

  @Override
  public OptionalInt tail(int link) {
    return OptionalInt.of(0);
  }

  @Override
  public OptionalInt head(int link) {
    return OptionalInt.of(0);
  }

  @Override
  public double capacity(int link) {
    return 1;
  }

  @Override
  public Pitches pitches() {
    return Pitches.ofBus(sites);
  }
}
