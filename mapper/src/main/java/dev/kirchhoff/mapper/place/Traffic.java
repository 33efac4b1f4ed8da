package dev.kirchhoff.mapper.place;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.Topology;
import java.util.Arrays;

/**
 * What the layers of a network send over the fabric in one inference.
 *
 * <p>A layer stands on consecutive tiles. What it sends to another leaves in up to four parts, each
 * from the tile at a fraction of the producer's tiles to those at the same fraction of the
 * consumer's: copies take their share of the map in the same order as those that made it. A part
 * goes to as many consecutive tiles as want the same value, as a multicast. Partial sums go on from
 * tile to tile of a copy, at their full width on every link: they grow by no bits, since the width
 * of the last sum is kept for all. What comes from or goes to the port is split in the same way.
 *
 * <p>Links are shared by all layers of a pipeline and by one layer at a time otherwise; a
 * circuit-switched fabric gives each part a circuit of one track, for the network or for the layer.
 *
 * <p>Neglected: the overlap of windows at the borders between parts, more than four ways between
 * two layers (loads are those of four, so that the most loaded link is never taken too low), bursts
 * within an inference. Scratch, reused from network to network; not safe for several threads.
 */
public final class Traffic {
  /** Ways between two layers at most. */
  static final int PARTS = 4;

  private final LinkLoads loads = new LinkLoads();
  private final Tracks tracks = new Tracks();
  private int sites = 1;
  private boolean together;
  private boolean switched;

  /** Circuits of a layer stay while others run. */
  private boolean keepCircuits;

  private int[] first = new int[32];
  private int[] tiles = new int[32];
  private int[] fan = new int[32];
  private int[] hops = new int[32];
  private double[] bitHops = new double[32];
  private double[] most = new double[32];
  private int layer;
  private double largestPart;
  private double all;
  private int missing;

  /**
   * Begins with a network.
   *
   * @param pipelined all layers run together
   */
  public void set(Fabric fabric, Interconnect interconnect, int layers, boolean pipelined) {
    loads.set(fabric);
    sites = fabric.sites();
    together = pipelined;
    switched = interconnect.kind() == Topology.RECONFIGURABLE;
    if (switched) {
      tracks.set((Mesh) fabric, interconnect.circuits());
      keepCircuits = pipelined || interconnect.circuits().configure() == Configure.PER_NETWORK;
    }
    missing = 0;
    all = 0;
    largestPart = 0;
    if (first.length < layers) {
      first = new int[layers];
      tiles = new int[layers];
      fan = new int[layers];
      hops = new int[layers];
      bitHops = new double[layers];
      most = new double[layers];
    }
    Arrays.fill(hops, 0, layers, 0);
    Arrays.fill(bitHops, 0, layers, 0);
    Arrays.fill(most, 0, layers, 0);
  }

  /**
   * Says where a layer stands.
   *
   * @param first its first tile; beyond the chip tiles begin again
   * @param tiles how many it has
   * @param fan tiles that want the same input value
   */
  public void stand(int layer, int first, int tiles, int fan) {
    this.first[layer] = first;
    this.tiles[layer] = tiles;
    this.fan[layer] = Math.min(Math.min(fan, tiles), sites);
  }

  /** Lets a layer stand where another does. */
  public void standOn(int layer, int other) {
    stand(layer, first[other], tiles[other], 1);
  }

  /** Begins with what a layer moves. */
  public void begin(int layer) {
    this.layer = layer;
    if (!together) {
      loads.clear();
      largestPart = 0;
      if (switched && !keepCircuits) {
        tracks.clear();
      }
    }
  }

  /** Ends with what a layer moves. */
  public void end() {
    most[layer] = switched ? largestPart : loads.most();
    all = Math.max(all, most[layer]);
    if (switched) {
      missing = Math.max(missing, tracks.missing());
    }
  }

  /** Moves bits from the tiles of another layer to those of this one that want them. */
  public void move(int producer, double bits) {
    int parts = Math.min(PARTS, Math.max(tiles[producer], runs(layer)));
    double each = bits / parts;
    for (int part = 0; part < parts; part++) {
      int from = site(first[producer] + at(part, parts, tiles[producer]));
      int to = run(part, parts);
      count(loads.multicast(from, to, fan[layer], each), each);
    }
  }

  /** Brings bits from the port to the tiles that want them. */
  public void bring(double bits) {
    int parts = Math.min(PARTS, runs(layer));
    double each = bits / parts;
    for (int part = 0; part < parts; part++) {
      count(loads.fromPort(run(part, parts), fan[layer], each), each);
    }
  }

  /** Takes bits from the layer's tiles to the port. */
  public void take(double bits) {
    int parts = Math.min(PARTS, tiles[layer]);
    double each = bits / parts;
    for (int part = 0; part < parts; part++) {
      count(loads.toPort(site(first[layer] + at(part, parts, tiles[layer])), each), each);
    }
  }

  /** Hands partial sums on from tile to tile. */
  public void reduce(double bits) {
    int steps = tiles[layer] - fan[layer];
    if (bits <= 0 || steps <= 0) {
      return;
    }
    int parts = Math.min(PARTS, steps);
    double each = bits / parts;
    for (int part = 0; part < parts; part++) {
      int from = first[layer] + at(part, parts, steps);
      count(loads.unicast(site(from), site(from + fan[layer]), each), each);
    }
  }

  private void count(int links, double bits) {
    hops[layer] = Math.max(hops[layer], loads.longest());
    bitHops[layer] += bits * links;
    if (links > 0) {
      largestPart = Math.max(largestPart, bits);
      if (switched) {
        tracks.lay(loads);
      }
    }
  }

  /** Groups of tiles that want different values. */
  private int runs(int l) {
    return Math.max(1, tiles[l] / fan[l]);
  }

  /** First site of the tiles that take a part; all of them follow each other. */
  private int run(int part, int parts) {
    int start = site(first[layer] + at(part, parts, runs(layer)) * fan[layer]);
    return Math.min(start, sites - fan[layer]);
  }

  /** The item at the middle of a part. */
  private static int at(int part, int parts, int items) {
    return (2 * part + 1) * items / (2 * parts);
  }

  private int site(int tile) {
    return tile < sites ? tile : tile % sites;
  }

  /** Loads of all layers of a pipeline, of the last layer otherwise. */
  public LinkLoads loads() {
    return loads;
  }

  /** Bits times hops of a layer. */
  public double bitHops(int layer) {
    return bitHops[layer];
  }

  /** The longest way of a layer's bits. */
  public int hops(int layer) {
    return hops[layer];
  }

  /**
   * Bits that the most loaded link carries for each of the links that it has side by side: for one
   * layer where layers run one by one.
   */
  public double most(int layer) {
    return most[layer];
  }

  /** The same for the network. */
  public double most() {
    return all;
  }

  /** Tracks that a channel lacks. */
  public int missingTracks() {
    return missing;
  }

  /** The tile in the middle of a layer. */
  public int middle(int layer) {
    return first[layer] + tiles[layer] / 2;
  }
}
