package dev.kirchhoff.mapper.fabric;

import java.util.OptionalInt;

/**
 * Bits on each link of a fabric, and the most loaded link.
 *
 * <p>A unicast loads the links of its route. A multicast from one site to several loads each link
 * of the union of their routes once, which is a tree. A bit pays as many hops as it loads links, so
 * that the sum of all loads is the bits times their hops. The relative load of a link is its bits
 * over its capacity: a channel of several tracks and a wide link of a fat tree carry more at a
 * time.
 *
 * <p>Neglected: headers and flow control.
 */
public final class LinkLoads {
  private final Fabric fabric;
  private final double[] bits;
  private final int[] route;

  /** Loads of a fabric without traffic. */
  public LinkLoads(Fabric fabric) {
    this.fabric = fabric;
    bits = new double[fabric.links()];
    route = new int[fabric.links() + 1];
  }

  /**
   * Loads by the transfers of some layers.
   *
   * @param first first of the layers
   * @param end the layer after the last
   * @param chip chip whose links they are
   */
  public static LinkLoads of(Fabric fabric, Transfers transfers, int first, int end, int chip) {
    LinkLoads loads = new LinkLoads(fabric);
    for (int i = transfers.first(first); i < transfers.first(end); i++) {
      if (transfers.isChain(i) && chip == 0) {
        for (int site = transfers.from(i); site < transfers.to(i); site++) {
          loads.unicast(site, site + 1, transfers.bits(i));
        }
      } else if (transfers.chip(i) == chip) {
        loads.load(transfers.route(i, fabric, loads.route), transfers.bits(i));
      }
    }
    return loads;
  }

  /** The fabric. */
  public Fabric fabric() {
    return fabric;
  }

  /**
   * Sends bits from one site to another.
   *
   * @return links loaded, the hops that each bit pays
   */
  public int unicast(int from, int to, double bits) {
    return load(fabric.route(from, to, route), bits);
  }

  /**
   * Sends bits from one site to consecutive ones.
   *
   * @param first first of the sites
   * @param sites number of the sites
   * @return links loaded, the hops that each bit pays
   */
  public int multicast(int from, int first, int sites, double bits) {
    return sites == 1
        ? unicast(from, first, bits)
        : load(fabric.multicast(from, first, sites, route), bits);
  }

  /** Sends bits from the port to consecutive sites; the hops that each bit pays. */
  public int fromPort(int first, int sites, double bits) {
    int size =
        sites == 1
            ? fabric.routeFromPort(first, route)
            : fabric.multicastFromPort(first, sites, route);
    return load(size, bits);
  }

  /** Sends bits from a site to the port; the hops that each bit pays. */
  public int toPort(int site, double bits) {
    return load(fabric.routeToPort(site, route), bits);
  }

  private int load(int size, double more) {
    for (int i = 0; i < size; i++) {
      bits[route[i]] += more;
    }
    return size;
  }

  /** Bits on a link. */
  public double bits(int link) {
    return bits[link];
  }

  /** Relative load of the most loaded link. */
  public double most() {
    OptionalInt link = mostLoaded();
    return link.isPresent() ? bits[link.getAsInt()] / fabric.capacity(link.getAsInt()) : 0;
  }

  /** The most loaded link, of equal ones the first; empty without traffic. */
  public OptionalInt mostLoaded() {
    double most = 0;
    OptionalInt found = OptionalInt.empty();
    for (int link = 0; link < bits.length; link++) {
      double relative = bits[link] / fabric.capacity(link);
      if (relative > most) {
        most = relative;
        found = OptionalInt.of(link);
      }
    }
    return found;
  }

  /** Bits times hops of all traffic. */
  public double bitHops() {
    double sum = 0;
    for (double load : bits) {
      sum += load;
    }
    return sum;
  }
}
