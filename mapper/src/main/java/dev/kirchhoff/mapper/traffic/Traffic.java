package dev.kirchhoff.mapper.traffic;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.Topology;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.fabric.CircuitRouter;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.fabric.LinkLoads;
import dev.kirchhoff.mapper.fabric.MostLoaded;
import dev.kirchhoff.mapper.fabric.Tracks;
import dev.kirchhoff.mapper.fabric.Transfers;
import java.util.ArrayList;
import java.util.List;

/**
 * Traffic of a network's layers over the fabric in one inference.
 *
 * <p>A layer stands on consecutive tiles. Its outputs leave for another in up to two parts, each
 * from the tile at a fraction of the producer's tiles to those at the same fraction of the
 * consumer's: copies take their share of the map in the same order as those that made it. A part
 * goes to as many consecutive tiles as want the same value, as a multicast. Partial sums gather
 * over the tiles of a copy and are added where they meet, at their full width on every link: they
 * grow by no bits, since the width of the last sum is kept for all. Their tree is that of a
 * multicast the other way round, and its links are loaded in the direction of the multicast.
 * Traffic from and to the port is split in the same way.
 *
 * <p>Several chips have a fabric each. Traffic from one to another takes the way to the port of the
 * one and that from the port of the other.
 *
 * <p>Links are shared by all layers of a pipeline and by one layer at a time otherwise; a
 * circuit-switched fabric gives each part a circuit of one track, for the network or for the layer.
 *
 * <p>Bits times hops are counted in closed form, the most loaded link only as far as it matters
 * ({@link MostLoaded}).
 *
 * <p>Neglected: the overlap of windows at the borders between parts, more than two ways between two
 * layers (loads are those of two, so that the most loaded link is rather taken too high), bursts
 * within an inference.
 */
public final class Traffic {
  private final Fabric fabric;
  private final Interconnect interconnect;
  private final int chips;
  private final boolean keepsCircuits;
  private final Transfers transfers;
  private final int[] hops;
  private final double[] bitHops;

  private Traffic(Sender sent, Interconnect interconnect, boolean pipelined) {
    fabric = sent.fabric;
    this.interconnect = interconnect;
    chips = sent.chips;
    keepsCircuits = pipelined || interconnect.circuits().configure() == Configure.PER_NETWORK;
    transfers = sent.transfers.build();
    hops = sent.hops;
    bitHops = sent.bitHops;
  }

  /**
   * Traffic of a network.
   *
   * @param pipelined all layers run together
   * @param chips chips with a fabric each; tiles are numbered through all of them
   * @param flow reads and joins of the layers
   * @param read_bits bits of each read
   * @param join_bits bits of each join
   */
  public static Traffic of(
      Fabric fabric,
      Interconnect interconnect,
      boolean pipelined,
      int chips,
      Dataflow flow,
      double[] read_bits,
      double[] join_bits,
      List<LayerTraffic> layers) {
    int most = 2 * Sender.PARTS * (flow.firstRead(layers.size()) + flow.firstJoin(layers.size()));
    Sender sender = new Sender(fabric, chips, layers, most);
    for (int l = 0; l < layers.size(); l++) {
      sender.transfers.begin(l);
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        sender.fetch(l, flow.read(i), read_bits[i]);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        sender.fetch(l, flow.join(i), join_bits[i]);
      }
      LayerTraffic layer = layers.get(l);
      sender.reduce(l, layer.sum_bits(), layer.sumTiles());
      sender.take(l, layer.spillOut_bits());
      sender.bring(l, layer.spillIn_bits());
      sender.take(l, layer.output_bits());
    }
    return new Traffic(sender, interconnect, pipelined);
  }

  /** Number of layers. */
  public int layers() {
    return hops.length;
  }

  /** Chips with a fabric each. */
  public int chips() {
    return chips;
  }

  /** The fabric that the layers stand on. */
  public Fabric fabric() {
    return fabric;
  }

  /** Whether every part has a circuit to itself. */
  public boolean isSwitched() {
    return interconnect.kind() == Topology.RECONFIGURABLE;
  }

  /** Whether circuits of a layer stay while others run. */
  public boolean keepsCircuits() {
    return keepsCircuits;
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
   * Bits that the most loaded link carries for a layer alone, for each of the links that it has
   * side by side; what is at most {@code enough} may come out as 0. On a fabric of circuits the
   * largest part, which has a track to itself.
   */
  public double most(int layer, double enough) {
    return MostLoaded.ofLayer(fabric, chips, isSwitched(), transfers, layer, enough);
  }

  /** Bits that the most loaded link carries for all layers together; see {@link #most}. */
  public double mostOfAll(double enough) {
    return MostLoaded.ofAll(fabric, chips, isSwitched(), transfers, enough);
  }

  /**
   * Contention of the layers of a pipeline for links.
   *
   * @param enough by layer, bits in whose time it is through if its links carry no more
   */
  public LinkShares shares(double[] enough) {
    return LinkShares.of(MostLoaded.bundles(fabric, chips, transfers, enough), layers());
  }

  /**
   * Loads of the links of a chip.
   *
   * @param first first of the layers that load them
   * @param end the layer behind the last
   */
  public LinkLoads loads(int first, int end, int chip) {
    return LinkLoads.of(fabric, transfers, first, end, chip);
  }

  /** Tracks that a channel lacks, 0 on a fabric without circuits. */
  public int missingTracks() {
    int missing = 0;
    int together = keepsCircuits ? layers() : 1;
    for (int chip = 0; chip < chips && isSwitched() && transfers.size() > 0; chip++) {
      for (int l = 0; l < layers(); l += together) {
        int own =
            Tracks.missing(fabric, interconnect.circuits(), transfers, l, l + together, chip);
        missing = Math.max(missing, own);
      }
    }
    return missing;
  }

  /** Circuits of some layers on a chip. */
  List<CircuitRouter.Net> circuits(int firstLayer, int end, int chip) {
    List<CircuitRouter.Net> nets = new ArrayList<>();
    for (int i = transfers.first(firstLayer); i < transfers.first(end); i++) {
      if (transfers.chip(i) == chip) {
        List<Integer> to = new ArrayList<>();
        for (int k = 0; k < transfers.count(i); k++) {
          to.add(transfers.to(i) < 0 ? Fabric.OUTSIDE : fabric.node(transfers.to(i) + k));
        }
        int from = transfers.from(i);
        nets.add(new CircuitRouter.Net(from < 0 ? Fabric.OUTSIDE : fabric.node(from), to));
      }
    }
    return nets;
  }

  /** Lets layers send, in their order; lives while they do. */
  private static final class Sender {
    /** Parts of what goes between two layers at most. */
    static final int PARTS = 2;

    /** Transfers of a layer beside what it reads and joins: sums, spilled maps twice, outputs. */
    private static final int OTHERS = 4 * PARTS;

    final Fabric fabric;
    final int chips;
    final Transfers.Builder transfers;
    final int[] hops;
    final double[] bitHops;
    private final int sites;
    private final Stand[] stands;

    Sender(Fabric fabric, int chips, List<LayerTraffic> layers, int moves) {
      this.fabric = fabric;
      this.chips = chips;
      sites = fabric.sites();
      hops = new int[layers.size()];
      bitHops = new double[layers.size()];
      transfers = new Transfers.Builder(layers.size(), moves + OTHERS * layers.size());
      stands = new Stand[layers.size()];
      for (int l = 0; l < stands.length; l++) {
        stands[l] = stand(layers.get(l));
      }
    }

    /**
     * Tiles of a layer.
     *
     * @param first its first tile
     * @param tiles number of its tiles
     * @param fan tiles that receive the same input value
     * @param runs groups of so many tiles
     * @param sources by part, the site that it leaves from
     * @param targets by part, the first of the sites that receive it
     */
    private record Stand(int first, int tiles, int fan, int runs, int[] sources, int[] targets) {}

    private Stand stand(LayerTraffic layer) {
      int fan = Math.max(1, Math.min(Math.min(layer.fanOut(), layer.tiles()), sites));
      int runs = fan == 1 ? layer.tiles() : layer.tiles() / fan;
      int[] sources = new int[PARTS];
      int[] targets = new int[PARTS];
      for (int part = 0; part < PARTS; part++) {
        sources[part] = site(layer.firstTile() + at(part, layer.tiles()));
        targets[part] = Math.min(site(layer.firstTile() + at(part, runs) * fan), sites - fan);
      }
      return new Stand(layer.firstTile(), layer.tiles(), fan, runs, sources, targets);
    }

    /** Fetches bits from another layer, or from the port. */
    void fetch(int layer, int producer, double bits) {
      if (producer < 0) {
        bring(layer, bits);
      } else if (stands[producer].tiles == 1 && stands[layer].runs == 1) {
        move(layer, producer, 0, bits);
      } else {
        move(layer, producer, 0, bits / PARTS);
        move(layer, producer, 1, bits / PARTS);
      }
    }

    private void move(int layer, int producer, int part, double bits) {
      Stand to = stands[layer];
      int source = stands[producer].sources[part];
      int chipFrom = chipOf(stands[producer].first + at(part, stands[producer].tiles));
      int chipTo = targetChip(to, part);
      if (chipFrom != chipTo) {
        int out = fabric.hopsToPort(source);
        add(layer, chipFrom, source, Fabric.OUTSIDE, 1, bits, out);
        bring(layer, chipTo, to.targets[part], bits, out);
      } else if (to.fan == 1) {
        int links = fabric.hops(source, to.targets[part]);
        add(layer, chipTo, source, to.targets[part], 1, bits, links);
        reach(layer, links);
      } else {
        multicast(layer, chipTo, source, to.targets[part], to.fan, bits);
      }
    }

    /** Brings bits from the port to the tiles that receive them. */
    void bring(int layer, double bits) {
      Stand to = stands[layer];
      int number = bits > 0 ? Math.min(PARTS, to.runs) : 0;
      for (int part = 0; part < number; part++) {
        bring(layer, targetChip(to, part), to.targets[part], bits / number, 0);
      }
    }

    /** Brings a part from the port, to which it has come over {@code before} links. */
    private void bring(int layer, int chip, int target, double each, int before) {
      int fan = stands[layer].fan;
      int links = fabric.multicastHopsFromPort(target, fan);
      add(layer, chip, Fabric.OUTSIDE, target, fan, each, links);
      // No route is longer than the tree of all.
      if (before + links > hops[layer]) {
        reach(layer, before + (fan == 1 ? links : fabric.farthestFromPort(target, fan)));
      }
    }

    /** Takes bits from the layer's tiles to the port. */
    void take(int layer, double bits) {
      Stand from = stands[layer];
      int number = bits > 0 ? Math.min(PARTS, from.tiles) : 0;
      for (int part = 0; part < number; part++) {
        int source = from.sources[part];
        int links = fabric.hopsToPort(source);
        int chip = chipOf(from.first + at(part, from.tiles));
        add(layer, chip, source, Fabric.OUTSIDE, 1, bits / number, links);
        reach(layer, links);
      }
    }

    /**
     * Gathers partial sums over the tiles of a copy: over a tree of as many links as a multicast to
     * them, each of which carries every sum once.
     *
     * @param bits bits of all sums that leave a tile
     * @param rows tiles that hold rows of the same column
     */
    void reduce(int layer, double bits, int rows) {
      Stand of = stands[layer];
      int together = Math.min(Math.min(rows, of.tiles), sites);
      if (bits <= 0 || together <= 1) {
        return;
      }
      int trees = of.tiles / together;
      int number = Math.min(PARTS, trees);
      double each = bits / (together - 1) / number;
      for (int part = 0; part < number; part++) {
        int tile = of.first + at(part, trees) * together;
        int start = Math.min(site(tile), sites - together);
        multicast(layer, chipOf(tile), start, start, together, each);
      }
    }

    private void multicast(
        int layer, int chip, int source, int target, int targets, double each) {
      int links = fabric.multicastHops(source, target, targets);
      add(layer, chip, source, target, targets, each, links);
      // No route is longer than the tree of all.
      if (links > hops[layer]) {
        reach(layer, fabric.farthest(source, target, targets));
      }
    }

    private void reach(int layer, int links) {
      hops[layer] = Math.max(hops[layer], links);
    }

    private void add(
        int layer, int chip, int source, int target, int targets, double each, int links) {
      bitHops[layer] += each * links;
      transfers.add(layer, chip, source, target, targets, each, links);
    }

    /** The item at the middle of one of the {@link #PARTS} of so many; the first of one. */
    private static int at(int part, int items) {
      return (2 * part + 1) * items / (2 * PARTS);
    }

    private int site(int tile) {
      return tile < sites ? tile : tile % sites;
    }

    /** The chip of the tiles that receive a part. */
    private int targetChip(Stand to, int part) {
      return chipOf(to.first + at(part, to.runs) * to.fan);
    }

    private int chipOf(int tile) {
      return Math.min(chips - 1, tile / sites);
    }
  }
}
