package dev.kirchhoff.mapper.place;

import java.util.Arrays;

/**
 * Bits on each link of a fabric, and the most loaded link.
 *
 * <p>A unicast loads the links of its route. A multicast from one site to several loads each link
 * of the union of their routes once, which is a tree. A bit pays as many hops as it loads links, so
 * that the sum of all loads is the bits times their hops. What a link takes is its bits over its
 * capacity: a channel of several tracks and a fat link carry more side by side.
 *
 * <p>Neglected: headers and flow control. Scratch, reused from traffic to traffic; not safe for
 * several threads.
 */
public final class LinkLoads {
  private Fabric fabric = new NoFabric(1);
  private double[] bits = new double[64];

  /** When a link was loaded first: a link of an older round is empty. */
  private int[] round = new int[64];

  private int[] tree = new int[64];
  private int[] scratch = new int[64];

  /** Links in the order in which they were loaded first. */
  private int[] loaded = new int[64];

  private int loadedCount;
  private int now;
  private int size;

  /** All links have the same capacity. */
  private boolean uniform = true;

  private double capacity = 1;
  private double most;
  private int mostLoaded = Fabric.OUTSIDE;

  /** Takes a fabric, without traffic. */
  public void set(Fabric fabric) {
    this.fabric = fabric;
    uniform = fabric.isUniform();
    capacity = uniform && fabric.links() > 0 ? fabric.capacity(0) : 1;
    if (bits.length < fabric.links()) {
      bits = new double[fabric.links()];
      round = new int[fabric.links()];
      tree = new int[fabric.links()];
      loaded = new int[fabric.links()];
    }
    if (scratch.length < Fabric.scratch(fabric)) {
      scratch = new int[Fabric.scratch(fabric)];
    }
    clear();
  }

  /** Takes all traffic away. */
  public void clear() {
    if (now == Integer.MAX_VALUE) {
      Arrays.fill(round, 0);
      now = 0;
    }
    now++;
    loadedCount = 0;
    most = 0;
    mostLoaded = Fabric.OUTSIDE;
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
    size = fabric.route(from, to, tree);
    load(bits);
    return size;
  }

  /**
   * Sends bits from one site to consecutive ones.
   *
   * @param first first of the sites
   * @param sites how many there are
   * @return links loaded, the hops that each bit pays
   */
  public int multicast(int from, int first, int sites, double bits) {
    if (sites == 1) {
      return unicast(from, first, bits);
    }
    size = fabric.multicast(from, first, sites, tree, scratch);
    load(bits);
    return size;
  }

  /** Sends bits from the port to consecutive sites; the hops that each bit pays. */
  public int fromPort(int first, int sites, double bits) {
    size =
        sites == 1
            ? fabric.routeFromPort(first, tree)
            : fabric.multicastFromPort(first, sites, tree, scratch);
    load(bits);
    return size;
  }

  /** Sends bits from a site to the port; the hops that each bit pays. */
  public int toPort(int site, double bits) {
    size = fabric.routeToPort(site, tree);
    load(bits);
    return size;
  }

  private void load(double more) {
    for (int i = 0; i < size; i++) {
      int link = tree[i];
      double all = more;
      if (round[link] == now) {
        all += bits[link];
      } else {
        round[link] = now;
        loaded[loadedCount++] = link;
      }
      bits[link] = all;
      if (all > most) {
        weigh(link, all);
      }
    }
  }

  /** Capacities are at least 1, so that a link can only be the most loaded with more bits. */
  private void weigh(int link, double all) {
    double relative = uniform ? all / capacity : all / fabric.capacity(link);
    if (relative > most) {
      most = relative;
      mostLoaded = link;
    }
  }

  /** Links that the last transfer loaded. */
  public int size() {
    return size;
  }

  /** A link that the last transfer loaded, in the order of its routes. */
  public int link(int i) {
    return tree[i];
  }

  /** Links with traffic. */
  public int loaded() {
    return loadedCount;
  }

  /** The i-th link with traffic. */
  public int loadedLink(int i) {
    return loaded[i];
  }

  /** Bits on a link. */
  public double bits(int link) {
    return round[link] == now ? bits[link] : 0;
  }

  /** Bits on the most loaded link for each of the links that it has side by side. */
  public double most() {
    return most;
  }

  /** The most loaded link; {@link Fabric#OUTSIDE} without traffic. */
  public int mostLoaded() {
    return mostLoaded;
  }

  /** Bits times hops of all traffic. */
  public double bitHops() {
    double sum = 0;
    for (int link = 0; link < fabric.links(); link++) {
      sum += bits(link);
    }
    return sum;
  }
}
