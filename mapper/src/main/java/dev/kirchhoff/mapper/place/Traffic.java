package dev.kirchhoff.mapper.place;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * What the layers of a network send over the fabric in one inference.
 *
 * <p>A layer stands on consecutive tiles. What it sends to another leaves in up to two parts, each
 * from the tile at a fraction of the producer's tiles to those at the same fraction of the
 * consumer's: copies take their share of the map in the same order as those that made it. A part
 * goes to as many consecutive tiles as want the same value, as a multicast. Partial sums gather
 * over the tiles of a copy and are added where they meet, at their full width on every link: they
 * grow by no bits, since the width of the last sum is kept for all. Their tree is that of a
 * multicast the other way round, and its links are loaded in the direction of the multicast. What
 * comes from or goes to the port is split in the same way.
 *
 * <p>Several chips have a fabric each. What goes from one to another takes the way to the port of
 * the one and that from the port of the other.
 *
 * <p>Links are shared by all layers of a pipeline and by one layer at a time otherwise; a
 * circuit-switched fabric gives each part a circuit of one track, for the network or for the layer.
 *
 * <p>Bits times hops are counted in closed form, the most loaded link only as far as it matters
 * ({@link MostLoaded}).
 *
 * <p>Neglected: the overlap of windows at the borders between parts, more than two ways between two
 * layers (loads are those of two, so that the most loaded link is rather taken too high), bursts
 * within an inference. Scratch, reused from network to network; not safe for several threads.
 */
public final class Traffic {
  /** Parts of what goes between two layers at most. */
  private static final int PARTS = 2;

  private final LinkLoads loads = new LinkLoads();
  private final MostLoaded mostLoaded = new MostLoaded();
  private final Tracks tracks = new Tracks();
  private Fabric fabric = new NoFabric(1);
  private int sites = 1;
  private int chips = 1;
  private boolean switched;

  /** Circuits of a layer stay while others run. */
  private boolean keepCircuits;

  private int[] first = new int[32];
  private int[] tiles = new int[32];
  private int[] fan = new int[32];
  private int[] runs = new int[32];
  private int[] hops = new int[32];
  private double[] bitHops = new double[32];
  private int[] hopsBefore = new int[32];
  private double[] bitHopsBefore = new double[32];
  private boolean isAgain;

  /**
   * Sites that a layer's parts leave from and begin at, {@link #PARTS} a layer, and their places.
   */
  private int[] sources = new int[64];

  private int[] sourcePlaces = new int[64];
  private int[] targets = new int[64];
  private int[] targetPlaces = new int[64];

  private Parts parts = new Parts();
  private Parts before = new Parts();
  private int[] scratch = new int[64];
  private int layers;
  private int layer;

  /**
   * Begins with a network on one chip.
   *
   * @param pipelined all layers run together
   */
  public void set(Fabric fabric, Interconnect interconnect, int layers, boolean pipelined) {
    set(fabric, interconnect, layers, pipelined, 1);
  }

  /**
   * Begins with a network.
   *
   * @param pipelined all layers run together
   * @param chips chips with a fabric each; tiles are numbered through all of them
   */
  public void set(
      Fabric fabric, Interconnect interconnect, int layers, boolean pipelined, int chips) {
    set(fabric, interconnect, layers, pipelined, chips, 0);
  }

  /**
   * Begins with a network whose first layers stand and send as those of the one before, on a fabric
   * that agrees with the one before as far as they stand.
   *
   * @param pipelined all layers run together
   * @param chips chips with a fabric each; tiles are numbered through all of them
   * @param standing how many layers these are; 0 on several chips
   */
  public void set(
      Fabric fabric,
      Interconnect interconnect,
      int layers,
      boolean pipelined,
      int chips,
      int standing) {
    this.fabric = fabric;
    this.chips = chips;
    sites = fabric.sites();
    switched = interconnect.kind() == Topology.RECONFIGURABLE;
    mostLoaded.set(fabric, chips, switched, standing == layers);
    if (switched) {
      tracks.set((Mesh) fabric, interconnect.circuits());
      keepCircuits = pipelined || interconnect.circuits().configure() == Configure.PER_NETWORK;
    }
    if (first.length < layers) {
      first = new int[layers];
      tiles = new int[layers];
      fan = new int[layers];
      runs = new int[layers];
      hops = new int[layers];
      bitHops = new double[layers];
      hopsBefore = new int[layers];
      bitHopsBefore = new double[layers];
      sources = new int[PARTS * layers];
      sourcePlaces = new int[PARTS * layers];
      targets = new int[PARTS * layers];
      targetPlaces = new int[PARTS * layers];
    }
    if (scratch.length < Fabric.scratch(fabric)) {
      scratch = new int[Fabric.scratch(fabric)];
    }
    this.layers = layers;
    if (standing == 0) {
      parts.clear(layers);
    } else {
      takeBack();
      parts.cut(standing);
    }
    isAgain = false;
  }

  /** Forgets what layers have sent since {@link #again}. */
  private void takeBack() {
    if (isAgain) {
      mostLoaded.forget();
      Parts sent = before;
      before = parts;
      parts = sent;
      System.arraycopy(hopsBefore, 0, hops, 0, layers);
      System.arraycopy(bitHopsBefore, 0, bitHops, 0, layers);
    }
  }

  /**
   * Begins again with the same layers where they stand: each begins anew or keeps what it has sent.
   */
  public void again() {
    Parts sent = parts;
    parts = before;
    before = sent;
    parts.clear(layers);
    System.arraycopy(hops, 0, hopsBefore, 0, layers);
    System.arraycopy(bitHops, 0, bitHopsBefore, 0, layers);
    isAgain = true;
    mostLoaded.forget();
  }

  /**
   * Says where a layer stands.
   *
   * @param first its first tile; beyond the chip tiles begin again
   * @param tiles how many it has
   * @param fan tiles that want the same input value
   */
  public void stand(int layer, int first, int tiles, int fan) {
    int wanted = Math.max(1, Math.min(Math.min(fan, tiles), sites));
    this.first[layer] = first;
    this.tiles[layer] = tiles;
    this.fan[layer] = wanted;
    int run = wanted == 1 ? tiles : tiles / wanted;
    runs[layer] = run;
    for (int part = 0; part < PARTS; part++) {
      int i = PARTS * layer + part;
      int source = site(first + at(part, tiles));
      int target = Math.min(site(first + at(part, run) * wanted), sites - wanted);
      sources[i] = source;
      sourcePlaces[i] = fabric.place(source);
      targets[i] = target;
      targetPlaces[i] = target == source ? sourcePlaces[i] : fabric.place(target);
    }
  }

  /** Lets a layer stand where another does. */
  public void standOn(int layer, int other) {
    stand(layer, first[other], tiles[other], 1);
  }

  /** Begins with what a layer moves; layers come in their order. */
  public void begin(int layer) {
    this.layer = layer;
    hops[layer] = 0;
    bitHops[layer] = 0;
    parts.begin(layer);
  }

  /** Lets a layer send what it sent before {@link #again}, and maybe more. */
  public void keep(int layer) {
    this.layer = layer;
    parts.begin(layer);
    parts.copy(layer, before);
  }

  /** Moves bits from the tiles of another layer to those of this one that want them. */
  public void move(int producer, double bits) {
    if (tiles[producer] == 1 && runs[layer] == 1) {
      move(producer, 0, bits);
    } else {
      move(producer, 0, bits / PARTS);
      move(producer, 1, bits / PARTS);
    }
  }

  private void move(int producer, int part, double bits) {
    int wanted = fan[layer];
    if (chips > 1 && cross(producer, part, bits)) {
      return;
    }
    int from = PARTS * producer + part;
    int to = PARTS * layer + part;
    if (wanted == 1) {
      int links = fabric.hopsBetween(sourcePlaces[from], targetPlaces[to]);
      add(sources[from], targets[to], 1, bits, links);
      reach(links);
    } else {
      multicast(sources[from], targets[to], wanted, bits);
    }
  }

  /** Moves a part that goes to another chip over the ports of both; false if it does not. */
  private boolean cross(int producer, int part, double bits) {
    int chip = chipOf(first[producer] + at(part, tiles[producer]));
    onTarget(part);
    int to = parts.chip();
    if (chip == to) {
      return false;
    }
    int source = sources[PARTS * producer + part];
    int out = fabric.hopsToPort(source);
    parts.on(chip);
    add(source, Fabric.OUTSIDE, 1, bits, out);
    parts.on(to);
    bring(targets[PARTS * layer + part], bits, out);
    return true;
  }

  /** Brings bits from the port to the tiles that want them. */
  public void bring(double bits) {
    int number = Math.min(PARTS, runs[layer]);
    for (int part = 0; part < number; part++) {
      onTarget(part);
      bring(targets[PARTS * layer + part], bits / number, 0);
    }
  }

  /** Brings a part from the port, to which it has come over {@code before} links. */
  private void bring(int target, double each, int before) {
    int wanted = fan[layer];
    int links = fabric.multicastHopsFromPort(target, wanted, scratch);
    add(Fabric.OUTSIDE, target, wanted, each, links);
    // No route is longer than the tree of all.
    if (before + links > hops[layer]) {
      reach(before + (wanted == 1 ? links : fabric.farthestFromPort(target, wanted, scratch)));
    }
  }

  /** Takes bits from the layer's tiles to the port. */
  public void take(double bits) {
    int number = Math.min(PARTS, tiles[layer]);
    for (int part = 0; part < number; part++) {
      on(first[layer] + at(part, tiles[layer]));
      int source = sources[PARTS * layer + part];
      int links = fabric.hopsToPort(source);
      add(source, Fabric.OUTSIDE, 1, bits / number, links);
      reach(links);
    }
  }

  /**
   * Gathers partial sums over the tiles of a copy: over a tree of as many links as a multicast to
   * them, each of which carries every sum once.
   *
   * @param bits bits of all sums that leave a tile
   * @param rows tiles that hold rows of the same column
   */
  public void reduce(double bits, int rows) {
    int together = Math.min(Math.min(rows, tiles[layer]), sites);
    if (bits <= 0 || together <= 1) {
      return;
    }
    int trees = tiles[layer] / together;
    int number = Math.min(PARTS, trees);
    double each = bits / (together - 1) / number;
    for (int part = 0; part < number; part++) {
      int start = site(on(first[layer] + at(part, trees) * together));
      start = Math.min(start, sites - together);
      multicast(start, start, together, each);
    }
  }

  private void multicast(int source, int target, int targets, double each) {
    int links = fabric.multicastHops(source, target, targets, scratch);
    add(source, target, targets, each, links);
    // No route is longer than the tree of all.
    if (links > hops[layer]) {
      reach(fabric.farthest(source, target, targets, scratch));
    }
  }

  private void reach(int links) {
    hops[layer] = Math.max(hops[layer], links);
  }

  private void add(int source, int target, int targets, double each, int links) {
    mostLoaded.forget();
    bitHops[layer] += each * links;
    parts.add(layer, source, target, targets, each, links);
  }

  /** The item at the middle of one of the {@link #PARTS} of so many; the first of one. */
  private static int at(int part, int items) {
    return (2 * part + 1) * items / (2 * PARTS);
  }

  private int site(int tile) {
    return tile < sites ? tile : tile % sites;
  }

  /** Lets the parts that follow lie on the chip of a tile. */
  private int on(int tile) {
    if (chips > 1) {
      parts.on(chipOf(tile));
    }
    return tile;
  }

  /** Lets the parts that follow lie on the chip of the tiles that take a part. */
  private void onTarget(int part) {
    on(first[layer] + at(part, runs[layer]) * fan[layer]);
  }

  private int chipOf(int tile) {
    return Math.min(chips - 1, tile / sites);
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
    return switched;
  }

  /**
   * What the first layers send over links, at least over those that carry more than one of the
   * layers there has enough with.
   *
   * @param enough bits by layer
   */
  LinkBundles bundles(int layers, double[] enough) {
    return mostLoaded.bundles(parts, layers, enough);
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
    return mostLoaded.of(parts, layer, enough);
  }

  /** The same for all layers together; what is found of it is kept while they send the same. */
  public double mostOfAll(int layers, double enough) {
    return mostLoaded.ofAll(parts, layers, enough);
  }

  /** Adds the traffic of a layer on the first or only chip to the loads of its links. */
  public void load(int layer, LinkLoads loads) {
    load(layer, 0, loads);
  }

  /** Adds the traffic of a layer on a chip to the loads of its links. */
  public void load(int layer, int chip, LinkLoads loads) {
    for (int i = parts.first(layer); i < parts.first(layer + 1); i++) {
      if (parts.chip[i] == chip) {
        parts.send(i, loads);
      }
    }
  }

  /** Tracks that a channel lacks, 0 on a fabric without circuits. */
  public int missingTracks(int layers) {
    if (!switched || parts.size() == 0) {
      return 0;
    }
    loads.set(fabric);
    int missing = 0;
    for (int chip = 0; chip < chips; chip++) {
      missing = Math.max(missing, missingTracks(layers, chip));
    }
    return missing;
  }

  /** Whether circuits of a layer stay while others run. */
  boolean keepsCircuits() {
    return keepCircuits;
  }

  /** Circuits of some layers on a chip. */
  List<CircuitRouter.Net> circuits(int firstLayer, int end, int chip) {
    List<CircuitRouter.Net> nets = new ArrayList<>();
    for (int i = parts.first(firstLayer); i < parts.first(end); i++) {
      if (parts.chip[i] == chip) {
        List<Integer> to = new ArrayList<>();
        for (int site = 0; site < parts.count[i]; site++) {
          to.add(parts.to[i] < 0 ? Fabric.OUTSIDE : fabric.node(parts.to[i] + site));
        }
        nets.add(
            new CircuitRouter.Net(
                parts.from[i] < 0 ? Fabric.OUTSIDE : fabric.node(parts.from[i]), to));
      }
    }
    return nets;
  }

  private int missingTracks(int layers, int chip) {
    tracks.clear();
    int missing = 0;
    for (int l = 0; l < layers; l++) {
      for (int i = parts.first(l); i < parts.first(l + 1); i++) {
        if (parts.chip[i] == chip) {
          parts.send(i, loads);
          tracks.add(loads);
        }
      }
      if (!keepCircuits || l == layers - 1) {
        tracks.lay();
        missing = Math.max(missing, tracks.missing());
        tracks.clear();
      }
    }
    return missing;
  }
}
