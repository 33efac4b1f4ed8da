package dev.kirchhoff.mapper.fabric;

import dev.kirchhoff.arch.chip.Interconnect;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * A tree with the tiles as its leaves, from left to right: an H-tree (two children a branch) or a
 * fat tree, whose links get wider upwards. A bit goes up to the lowest common node and down again.
 * The port is at the root. Leaves fill the tree from the left; a branch with one child is still a
 * branch.
 */
final class Tree implements Fabric {
  /** Mark of a source outside the tree, the port, in the loops over levels: no branch is it. */
  private static final int OUTSIDE = -1;

  private final int sites;
  private final int arity;

  /** Bits of a child's number where the arity is a power of two; else 0. */
  private final int shift;

  /** First node of a level, leaves first; nodes of a level are numbered from left to right. */
  private final int[] firstOfLevel;

  private final double[] capacityOfLevel;
  private final Pitches pitches;

  /** A fat tree. */
  Tree(int sites, int arity, double taper) {
    this(sites, arity, taper, Pitches.ofFatTree(sites, arity, taper));
  }

  private Tree(int sites, int arity, double taper, Pitches pitches) {
    this.pitches = pitches;
    this.sites = sites;
    this.arity = arity;
    shift = Integer.bitCount(arity) == 1 ? Integer.numberOfTrailingZeros(arity) : 0;
    int levels = 1;
    for (int n = sites; n > 1; n = (n + arity - 1) / arity) {
      levels++;
    }
    firstOfLevel = new int[levels + 1];
    capacityOfLevel = new double[levels];
    double capacity = 1;
    int nodes = sites;
    for (int level = 0; level < levels; level++) {
      firstOfLevel[level + 1] = firstOfLevel[level] + nodes;
      nodes = (nodes + arity - 1) / arity;
      capacityOfLevel[level] = Math.max(1, capacity);
      capacity *= arity / taper;
    }
  }

  static Tree of(int sites, Interconnect.Tree shape) {
    return new Tree(sites, shape.arity(), shape.taper());
  }

  /** An H-tree. */
  static Tree binary(int sites) {
    return new Tree(sites, 2, 2, Pitches.ofHTree(sites));
  }

  private int levels() {
    return capacityOfLevel.length;
  }

  private int nodes() {
    return firstOfLevel[levels()];
  }

  @Override
  public int sites() {
    return sites;
  }

  /** Every node has a link up and a link down above it; above the root they are the port. */
  @Override
  public int links() {
    return 2 * nodes();
  }

  private static int up(int node) {
    return 2 * node;
  }

  private static int down(int node) {
    return 2 * node + 1;
  }

  /** Levels up to the lowest common node. */
  private int rise(int from, int to) {
    if (shift > 0) {
      int bits = 32 - Integer.numberOfLeadingZeros(from ^ to);
      return shift == 1 ? bits : (bits + shift - 1) / shift;
    }
    int rise = 0;
    int a = from;
    int b = to;
    while (a != b) {
      a /= arity;
      b /= arity;
      rise++;
    }
    return rise;
  }

  @Override
  public int hops(int from, int to) {
    return 2 * rise(from, to);
  }

  @Override
  public int farthest(int from, int first, int count) {
    return 2 * Math.max(rise(from, first), rise(from, first + count - 1));
  }

  @Override
  public int farthestFromPort(int first, int count) {
    return levels();
  }

  @Override
  public int hopsToPort(int site) {
    return levels();
  }

  /**
   * Up as far as to the lowest node over all of them; down into every branch that has one of them
   * and not the source.
   */
  @Override
  public int multicastHops(int from, int first, int count) {
    int last = first + count - 1;
    int rise = Math.max(rise(from, first), rise(from, last));
    int links = rise;
    int source = from;
    int low = first;
    int high = last;
    for (int level = 0; level < rise; level++) {
      links += high - low + 1;
      if (low <= source && source <= high) {
        links--;
      }
      source = parentOf(source);
      low = parentOf(low);
      high = parentOf(high);
    }
    return links;
  }

  @Override
  public int multicastHopsFromPort(int first, int count) {
    int links = 0;
    int low = first;
    int high = first + count - 1;
    for (int level = 0; level < levels(); level++) {
      links += high - low + 1;
      low = parentOf(low);
      high = parentOf(high);
    }
    return links;
  }

  @Override
  public int multicast(int from, int first, int count, int[] links) {
    int last = first + count - 1;
    int rise = Math.max(rise(from, first), rise(from, last));
    climb(from, rise, links);
    return spread(from, first, last, rise, links, rise);
  }

  @Override
  public int multicastFromPort(int first, int count, int[] links) {
    return spread(OUTSIDE, first, first + count - 1, levels(), links, 0);
  }

  /** Links down to consecutive leaves, from the upper levels to the lower; none over the source. */
  private int spread(int from, int first, int last, int levels, int[] links, int start) {
    int n = start;
    for (int level = levels - 1; level >= 0; level--) {
      int source = from == OUTSIDE ? OUTSIDE : ancestor(from, level);
      int high = ancestor(last, level);
      for (int node = ancestor(first, level); node <= high; node++) {
        if (node != source) {
          links[n++] = down(firstOfLevel[level] + node);
        }
      }
    }
    return n;
  }

  private int ancestor(int site, int level) {
    if (shift > 0) {
      return site >> shift * level;
    }
    int node = site;
    for (int i = 0; i < level; i++) {
      node /= arity;
    }
    return node;
  }

  @Override
  public int route(int from, int to, int[] route) {
    int rise = rise(from, to);
    climb(from, rise, route);
    descend(to, rise, route, rise);
    return 2 * rise;
  }

  /** Number of a node's parent within its level. */
  private int parentOf(int node) {
    return shift > 0 ? node >> shift : node / arity;
  }

  private void climb(int site, int levels, int[] route) {
    int node = site;
    for (int level = 0; level < levels; level++) {
      route[level] = up(firstOfLevel[level] + node);
      node = parentOf(node);
    }
  }

  /** Writes the links down to a leaf, the last of them first. */
  private void descend(int site, int levels, int[] route, int start) {
    int node = site;
    for (int level = 0; level < levels; level++) {
      route[start + levels - 1 - level] = down(firstOfLevel[level] + node);
      node = parentOf(node);
    }
  }

  @Override
  public int routeFromPort(int site, int[] route) {
    descend(site, levels(), route, 0);
    return levels();
  }

  @Override
  public int routeToPort(int site, int[] route) {
    climb(site, levels(), route);
    return levels();
  }

  /** Hands over the links of a transfer from a site to the port. */
  void linksToPort(int from, IntConsumer links) {
    upwards(from, levels(), links);
  }

  /** Hands over the links of a transfer from the port to consecutive sites, each once. */
  void linksFromPort(int first, int count, IntConsumer links) {
    linksDown(OUTSIDE, first, count, levels(), links);
  }

  /** Hands over the links of a transfer from a site to consecutive ones, each once. */
  void links(int from, int first, int count, IntConsumer links) {
    int rise =
        count == 1 ? rise(from, first) : Math.max(rise(from, first), rise(from, first + count - 1));
    upwards(from, rise, links);
    linksDown(from, first, count, rise, links);
  }

  /** Links from below a router so many levels up to consecutive sites. */
  private void linksDown(int from, int first, int count, int rise, IntConsumer links) {
    if (count == 1) {
      int node = first;
      for (int level = 0; level < rise; level++) {
        links.accept(down(firstOfLevel[level] + node));
        node = parentOf(node);
      }
    } else {
      downwards(from, first, first + count - 1, rise, links);
    }
  }

  private void upwards(int from, int levels, IntConsumer links) {
    int node = from;
    for (int level = 0; level < levels; level++) {
      links.accept(up(firstOfLevel[level] + node));
      node = parentOf(node);
    }
  }

  private void downwards(int from, int first, int last, int levels, IntConsumer links) {
    int source = from;
    int low = first;
    int high = last;
    for (int level = 0; level < levels; level++) {
      int node = firstOfLevel[level];
      for (int leaf = low; leaf <= high; leaf++) {
        if (leaf != source) {
          links.accept(down(node + leaf));
        }
      }
      source = source == OUTSIDE ? OUTSIDE : parentOf(source);
      low = parentOf(low);
      high = parentOf(high);
    }
  }

  @Override
  public int diameter() {
    return Math.max(levels(), 2 * (levels() - 1));
  }

  @Override
  public int node(int site) {
    return site;
  }

  private OptionalInt parent(int node) {
    int level = level(node);
    return level == levels() - 1
        ? OptionalInt.empty()
        : OptionalInt.of(firstOfLevel[level + 1] + (node - firstOfLevel[level]) / arity);
  }

  private int level(int node) {
    int found = Arrays.binarySearch(firstOfLevel, node);
    return found >= 0 ? found : -found - 2;
  }

  @Override
  public OptionalInt tail(int link) {
    return link % 2 == 0 ? OptionalInt.of(link / 2) : parent(link / 2);
  }

  @Override
  public OptionalInt head(int link) {
    return link % 2 == 0 ? parent(link / 2) : OptionalInt.of(link / 2);
  }

  @Override
  public double capacity(int link) {
    return capacityOfLevel[level(link / 2)];
  }

  @Override
  public Pitches pitches() {
    return pitches;
  }

  @Override
  public boolean isUniform() {
    return capacityOfLevel[levels() - 1] == 1;
  }
}
