package dev.kirchhoff.mapper.fabric;

import java.util.OptionalInt;

/**
 * Tiles that nothing joins: data reach them in a way that is not part of the chip.
 *
 * @param sites tiles
 */
record NoFabric(int sites) implements Fabric {
  @Override
  public int links() {
    return 0;
  }

  @Override
  public int hops(int from, int to) {
    return 0;
  }

  @Override
  public int farthestFromPort(int first, int count) {
    return 0;
  }

  @Override
  public int hopsToPort(int site) {
    return 0;
  }

  @Override
  public int multicastHops(int from, int first, int count) {
    return 0;
  }

  @Override
  public int multicastHopsFromPort(int first, int count) {
    return 0;
  }

  @Override
  public int multicast(int from, int first, int count, int[] links) {
    return 0;
  }

  @Override
  public int multicastFromPort(int first, int count, int[] links) {
    return 0;
  }

  @Override
  public int route(int from, int to, int[] route) {
    return 0;
  }

  @Override
  public int routeFromPort(int site, int[] route) {
    return 0;
  }

  @Override
  public int routeToPort(int site, int[] route) {
    return 0;
  }

  @Override
  public int diameter() {
    return 0;
  }

  @Override
  public int node(int site) {
    return 0;
  }

  @Override
  public OptionalInt tail(int link) {
    return OptionalInt.empty();
  }

  @Override
  public OptionalInt head(int link) {
    return OptionalInt.empty();
  }

  @Override
  public double capacity(int link) {
    return 1;
  }
}
