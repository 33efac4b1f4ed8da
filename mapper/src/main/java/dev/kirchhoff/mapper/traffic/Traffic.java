package dev.kirchhoff.mapper.traffic;

import dev.kirchhoff.arch.chip.ComponentModel;
import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Interconnect.Configure;
import dev.kirchhoff.arch.chip.Interconnect.SwitchedChannels;
import dev.kirchhoff.arch.chip.Topology;
import dev.kirchhoff.mapper.dataflow.ActivationBits;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.fabric.ConnectionRouter;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.fabric.LinkLoads;
import dev.kirchhoff.mapper.fabric.MostLoaded;
import dev.kirchhoff.mapper.fabric.Tracks;
import dev.kirchhoff.mapper.fabric.Transfers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Traffic of a network's layers over the fabric in one inference, for tiles in order.
 *
 * <p>A value of a map at position h and channel c goes from the tile source(h, c) that completes it
 * to the consecutive tiles sinks(h, c) that receive it, as a multicast. The map pays
 *
 * <pre>bit-hops = bits ∫∫ links of the tree from source(h, c) to sinks(h, c) dh dc</pre>
 *
 * <p>(docs/mapping.md, eq. 5), summed up part by part where the integrand has few, and by a {@link
 * Lattice} else; each part or point is a transfer. Its figures are those of {@link LayerFlows} but
 * for the lattice: bits times hops within 5 %, the most loaded link within a factor of 1.3. Partial
 * sums go from the tile of a row block to that of the next, at their full width.
 *
 * <p>Several chips have a fabric each. A transfer from one to another takes the way to the port of
 * the one and that from the port of the other.
 *
 * <p>Links are shared by all layers of a pipeline and by one layer at a time otherwise; a
 * circuit-switched fabric gives each transfer a connection of one track, for the network or for the
 * layer. The most loaded link is found only as far as it matters ({@link MostLoaded}).
 *
 * <p>Neglected: the overlap of windows at the borders between strips, bursts within an inference;
 * positions of a kernel that lie apart are taken to reach all tiles between the first and the last.
 */
public final class Traffic {
  private static final long BASE_B = 400;

  /** Bytes of a layer: its blocks with their shape, its row of figures. */
  private static final long LAYER_B = 350;

  /** Steps of partial sums that are walked at most where blocks do not follow each other. */
  private static final int SUMS = 128;

  private final Fabric fabric;
  private final Interconnect interconnect;
  private final int chips;
  private final boolean keepsConnections;
  private final ActivationBits bits;

  /** By layer, the blocks that complete its outputs; none for those of the port. */
  private final BlockGrid[] producers;

  private final Transfers transfers;
  private final int[] hops;
  private final double[] bitHops;

  /** By layer, index behind the last transfer before its outputs leave, and bits times hops. */
  private final int[] endInside;

  private final double[] bitHopsInside;

  private Traffic(
      Interconnect interconnect,
      boolean keepsConnections,
      Sender sent,
      int[] endInside,
      double[] bitHopsInside) {
    fabric = sent.fabric;
    this.interconnect = interconnect;
    chips = sent.chips;
    this.keepsConnections = keepsConnections;
    bits = sent.activations;
    producers = sent.producers;
    transfers = sent.transfers.build();
    hops = sent.hops;
    bitHops = sent.bitHops;
    this.endInside = endInside;
    this.bitHopsInside = bitHopsInside;
  }

  /**
   * Argument of the traffic of a network.
   *
   * @param interconnect topology between the tiles of a chip; neither width nor price has a part
   * @param sites tiles of a chip
   * @param pipelined all layers run together
   * @param chips chips with a fabric each; tiles are numbered through all of them
   * @param bits reads and joins of the layers, with their bits
   * @param blocks by layer, its blocks; empty for a dynamic matrix on digital units, which is
   *     multiplied where its first operand is made
   */
  public record Key(
      Interconnect interconnect,
      int sites,
      boolean pipelined,
      int chips,
      ActivationBits bits,
      List<Optional<BlockGrid>> blocks) {
    public Key {
      interconnect =
          new Interconnect(interconnect.kind(), 0, interconnect.shape(), ComponentModel.standard());
      blocks = List.copyOf(blocks);
    }

    /** Hash of the components that designs differ in. */
    @Override
    public int hashCode() {
      int hash = 31 * blocks.hashCode() + bits.hashCode();
      return 31 * (31 * hash + sites) + interconnect.kind().ordinal();
    }
  }

  /** Traffic of a network, with buffers that hold all maps. */
  public static Traffic of(Key key) {
    Interconnect interconnect = key.interconnect();
    List<Optional<BlockGrid>> blocks = key.blocks();
    ActivationBits bits = key.bits();
    Fabric fabric = Fabric.of(interconnect, key.sites());
    int layers = blocks.size();
    BlockGrid[] producers = new BlockGrid[layers];
    boolean isSwitched = interconnect.kind() == Topology.RECONFIGURABLE;
    int most = 2 * layers;
    for (Optional<BlockGrid> some : blocks) {
      most += some.isPresent() ? some.get().transfers(SUMS) : 0;
    }
    Sender sender = new Sender(fabric, key.chips(), isSwitched, bits, producers, most);
    int[] endInside = new int[layers];
    double[] bitHopsInside = new double[layers];
    for (int l = 0; l < layers; l++) {
      int first = bits.flow().read(bits.flow().firstRead(l));
      BlockGrid ofFirst = first == Dataflow.INPUT ? null : producers[first];
      producers[l] = blocks.get(l).orElse(ofFirst);
      sender.send(l, blocks.get(l).isEmpty());
      endInside[l] = sender.transfers.size(l);
      bitHopsInside[l] = sender.bitHops[l];
      sender.take(l);
    }
    boolean keepsConnections =
        key.pipelined()
            || interconnect
                .channels()
                .map(channels -> channels.configure() == Configure.PER_NETWORK)
                .orElse(true);
    return new Traffic(interconnect, keepsConnections, sender, endInside, bitHopsInside);
  }

  /**
   * This traffic with maps that buffers do not hold.
   *
   * @param out_bits by layer, bits of such maps written through the port
   * @param in_bits by layer, bits of such maps read back
   */
  public Traffic withSpills(double[] out_bits, double[] in_bits) {
    Sender sender =
        new Sender(fabric, chips, isSwitched(), bits, producers, transfers.size() + 4 * layers());
    for (int l = 0; l < layers(); l++) {
      sender.repeat(l, this);
      sender.spill(l, out_bits[l], true);
      sender.spill(l, in_bits[l], false);
      sender.take(l);
    }
    return new Traffic(interconnect, keepsConnections, sender, endInside, bitHopsInside);
  }

  /** Bytes of the traffic with its key, about. */
  public long size_B() {
    return BASE_B + LAYER_B * layers() + transfers.size_B();
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

  /** True if every part has a connection to itself. */
  public boolean isSwitched() {
    return interconnect.kind() == Topology.RECONFIGURABLE;
  }

  /** True if connections of a layer stay while others run. */
  public boolean keepsConnections() {
    return keepsConnections;
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
   * side by side; what is at most {@code enough} may come out as 0. on a circuit-switched fabric
   * the largest part, which has a track to itself.
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

  /** Tracks that a channel lacks, 0 on a fabric that is not circuit-switched. */
  public int missingTracks() {
    int missing = 0;
    if (interconnect.channels().isEmpty()) {
      return 0;
    }
    SwitchedChannels channels = interconnect.channels().get();
    int together = keepsConnections ? layers() : 1;
    for (int chip = 0; chip < chips && transfers.size() > 0; chip++) {
      for (int l = 0; l < layers(); l += together) {
        int tracks = Tracks.missing(fabric, channels, transfers, l, l + together, chip);
        missing = Math.max(missing, tracks);
      }
    }
    return missing;
  }

  /** Connections of some layers on a chip. */
  List<ConnectionRouter.Net> connections(int firstLayer, int end, int chip) {
    List<ConnectionRouter.Net> nets = new ArrayList<>();
    for (int i = transfers.first(firstLayer); i < transfers.first(end); i++) {
      if (transfers.chip(i) == chip) {
        List<Integer> to = new ArrayList<>();
        for (int k = 0; k < transfers.count(i); k++) {
          to.add(transfers.isToPort(i) ? 0 : fabric.node(transfers.to(i) + k));
        }
        int from = transfers.isFromPort(i) ? 0 : fabric.node(transfers.from(i));
        nets.add(new ConnectionRouter.Net(from, to));
      }
    }
    return nets;
  }

  /** Lets layers send, in their order; lives while they do. */
  private static final class Sender {
    /** Mark of the port among the tiles of the columns that collect a layer's bits. */
    private static final int PORT = -1;

    /** Bits that only rounding leaves on a border that no sum crosses. */
    private static final double ROUNDING = 1e-6;

    /** Tolerance that separates a channel from the end of the block before it. */
    private static final double INSIDE = 1e-9;

    /**
     * Borders of a layer whose sums are transfers each where hops to the next tile differ; the sums
     * of more are a chain, as many across every border.
     */
    private static final int SHORT = 16;

    /** Parts of a map that are noted before they are transferred. */
    private static final int NOTED = 128;

    private static final long BITS_OF_TARGET = 0xffffffffL;

    /** Parts noted last with which a part is compared; on a circuit-switched fabric all. */
    private static final int NEAR = 8;

    final ActivationBits activations;
    final BlockGrid[] producers;
    final Transfers.Builder transfers;
    final int[] hops;
    final double[] bitHops;
    final Fabric fabric;
    final int chips;
    private final int sites;
    private final boolean isSwitched;

    /** Sources and first receivers, numbers of receivers and bits of the map at hand. */
    private final long[] ends = new long[NOTED];

    private final int[] counts = new int[NOTED];
    private final double[] bits = new double[NOTED];
    private int size;

    /**
     * A sender of layers.
     *
     * @param producers by layer, the blocks that complete its outputs, known of those that send
     * @param most transfers for which there is room at first
     */
    Sender(
        Fabric fabric,
        int chips,
        boolean isSwitched,
        ActivationBits activations,
        BlockGrid[] producers,
        int most) {
      this.isSwitched = isSwitched;
      this.fabric = fabric;
      this.chips = chips;
      this.activations = activations;
      this.producers = producers;
      sites = fabric.sites();
      hops = new int[producers.length];
      bitHops = new double[producers.length];
      transfers = new Transfers.Builder(producers.length, most);
    }

    /** Sends all that stays inside the chip, and what comes from its port to be read. */
    void send(int l, boolean isDigital) {
      Dataflow flow = activations.flow();
      BlockGrid own = producers[l];
      transfers.begin(l);
      read(l, own, isDigital);
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        pass(l, flow.join(i), own, Destination.TO_MAKERS, 0, 1, activations.join(i));
      }
      if (!isDigital && own.sum_bits() > 0) {
        sum(l, own, own.sum_bits());
      }
    }

    /** Sends again what {@link #send} has sent. */
    void repeat(int l, Traffic sent) {
      transfers.begin(l);
      transfers.addAll(l, sent.transfers, sent.transfers.first(l), sent.endInside[l]);
      bitHops[l] = sent.bitHopsInside[l];
      hops[l] = sent.hops[l];
    }

    /** Sends the outputs that leave the chip. */
    void take(int l) {
      pass(l, l, null, Destination.TO_PORT, 0, 1, activations.leaving(l));
    }

    /** Passes partial sums from row block to row block. */
    private void sum(int l, BlockGrid grid, double amount) {
      if (!grid.isChain()) {
        grid.sums(SUMS, (from, to, share) -> note(l, from, to, 1, amount * share));
        transfer(l);
        return;
      }
      int first = grid.firstTile();
      int last = grid.lastTile();
      boolean isShort = fabric.columns() == 0 && last - first <= SHORT;
      if (chips > 1 || last >= sites || isSwitched || isShort) {
        for (int tile = first; tile < last; tile++) {
          transfer(l, tile, tile + 1, 1, amount * grid.crossing(tile + 1));
        }
        return;
      }
      double sum = 0;
      int links = 0;
      for (int tile = first; tile < last; tile++) {
        int hops = fabric.hops(tile, tile + 1);
        sum += grid.crossing(tile + 1) * hops;
        links += hops;
      }
      if (sum > 0) {
        bitHops[l] += amount * sum;
        reach(l, fabric.hops(first, first + 1));
        transfers.addChain(l, first, last, amount * sum / links);
      }
    }

    private void read(int l, BlockGrid own, boolean isDigital) {
      Dataflow flow = activations.flow();
      int begin = flow.firstRead(l);
      int end = flow.firstRead(l + 1);
      if (isDigital || own.isWritten()) {
        // The first operand of a digital product is where it is.
        for (int i = isDigital ? begin + 1 : begin; i < end; i++) {
          Destination way =
              i == begin
                  ? Destination.TO_ROWS
                  : isDigital ? Destination.TO_ALL : Destination.TO_WEIGHTS;
          pass(l, flow.read(i), own, way, 0, 1, activations.read(i));
        }
        return;
      }
      double all = 0;
      for (int i = begin; i < end; i++) {
        all += activations.read(i);
      }
      double start = 0;
      for (int i = begin; i < end; i++) {
        double width = activations.read(i) / all;
        pass(l, flow.read(i), own, Destination.TO_ROWS, start, width, activations.read(i));
        start += width;
      }
    }

    /** Tiles of a layer that receive a value. */
    private enum Destination {
      /** Inputs go to the row blocks of their channel. */
      TO_ROWS,

      /** The one that completes the same channel. */
      TO_MAKERS,

      /** All of them. */
      TO_ALL,

      /** One in each copy, evenly. */
      TO_WEIGHTS,

      /** None, but the port. */
      TO_PORT
    }

    /**
     * Passes the outputs of a layer, or what comes from the port, to those that receive them.
     *
     * @param to blocks of the layer that receives the map
     * @param way tiles that receive a value
     * @param start begin of the map's channels among those of the layer's input
     * @param width share of its channels in those of the layer's input
     */
    private void pass(
        int l,
        int producer,
        BlockGrid to,
        Destination way,
        double start,
        double width,
        double amount) {
      BlockGrid from = producer == Dataflow.INPUT ? null : producers[producer];
      boolean isNowhere = from == null && to == null;
      if (amount <= 0 || isNowhere || to == null && way != Destination.TO_PORT) {
        return;
      }
      int receivers = to == null || way == Destination.TO_ALL ? 1 : to.reach();
      int samples = Lattice.samples((from == null ? 1 : from.reach()) + receivers);
      if (cells(from, to, way) <= samples) {
        exactly(l, from, to, way, start, width, amount);
      } else {
        Lattice lattice = Lattice.of(samples);
        double each = amount / samples;
        for (int k = 0; k < samples; k++) {
          note(l, from, to, way, lattice.position(k), lattice.channel(k), start, width, each);
        }
      }
      transfer(l);
    }

    /** Bound of the parts of a map with a source and receivers of their own. */
    private static double cells(BlockGrid from, BlockGrid to, Destination way) {
      double strips = from == null ? 0 : from.copies();
      double segments = from == null ? 0 : from.columns();
      if (way == Destination.TO_ROWS || way == Destination.TO_MAKERS) {
        strips += to.copies();
        segments += way == Destination.TO_ROWS ? to.rows() : to.columns();
      } else if (way == Destination.TO_WEIGHTS) {
        return Double.POSITIVE_INFINITY;
      }
      return Math.max(1, strips) * Math.max(1, segments);
    }

    /** Passes every part of a map by itself. */
    private void exactly(
        int l,
        BlockGrid from,
        BlockGrid to,
        Destination way,
        double start,
        double width,
        double amount) {
      boolean isCut = way == Destination.TO_ROWS || way == Destination.TO_MAKERS;
      double p = 0;
      while (p < 1 - INSIDE) {
        double behind = 1;
        if (from != null) {
          behind = (from.copyOf(p + INSIDE) + 1.0) / from.copies();
        }
        if (isCut) {
          behind = Math.min(behind, (to.copyOf(p + INSIDE) + 1.0) / to.copies());
        }
        double c = 0;
        while (c < 1 - INSIDE) {
          double end = from == null ? 1 : from.columnEnd(c + INSIDE);
          if (isCut) {
            double channel = start + width * (c + INSIDE);
            double cut = way == Destination.TO_ROWS ? to.rowEnd(channel) : to.columnEnd(channel);
            end = Math.min(end, (cut - start) / width);
          }
          double part = amount * (behind - p) * (end - c);
          note(l, from, to, way, (p + behind) / 2, (c + end) / 2, start, width, part);
          c = end;
        }
        p = behind;
      }
    }

    /** Notes a part of a map at position p and channel c. */
    private void note(
        int l,
        BlockGrid from,
        BlockGrid to,
        Destination way,
        double p,
        double c,
        double start,
        double width,
        double amount) {
      int source = from == null ? PORT : from.producer(p, c);
      switch (way) {
        case TO_ROWS -> {
          double channel = start + width * c;
          int copy = to.copyOf(p);
          int group = to.groupOf(channel);
          int row = to.rowOf(channel, group);
          int first = to.firstReceiver(copy, group, row);
          int last = to.isReceivedOnce() ? first : to.lastReceiver(copy, group, row);
          note(l, source, Math.min(first, last), Math.abs(last - first) + 1, amount);
        }
        case TO_MAKERS -> note(l, source, to.producer(p, c), 1, amount);
        case TO_ALL -> note(l, source, to.firstTile(), to.tiles(), amount);
        case TO_WEIGHTS -> {
          for (int copy = 0; copy < to.copies(); copy++) {
            note(l, source, to.weight(copy, p, c), 1, amount);
          }
        }
        case TO_PORT -> note(l, source, PORT, 1, amount);
      }
    }

    /** Notes bits from a tile to consecutive ones, with those between the same tiles. */
    private void note(int l, int source, int target, int count, double more) {
      if (source == target && count == 1) {
        return;
      }
      long both = (long) source << Integer.SIZE | target & BITS_OF_TARGET;
      int near = isSwitched ? 0 : Math.max(0, size - NEAR);
      for (int i = size - 1; i >= near; i--) {
        if (ends[i] == both && counts[i] == count) {
          bits[i] += more;
          return;
        }
      }
      if (size == ends.length) {
        transfer(l);
      }
      ends[size] = both;
      counts[size] = count;
      bits[size++] = more;
    }

    /** Maps that buffers do not hold leave and reach all tiles of a layer evenly. */
    private void spill(int l, double amount, boolean isOut) {
      BlockGrid producer = producers[l];
      if (amount > 0 && producer != null) {
        int number = Math.min(producer.tiles(), Lattice.MOST);
        for (int k = 0; k < number; k++) {
          int tile = producer.firstTile() + (int) ((k + 0.5) * producer.tiles() / number);
          int source = isOut ? tile : PORT;
          note(l, source, isOut ? PORT : tile, 1, amount / number);
        }
        transfer(l);
      }
    }

    /** Transfers all that has been noted. */
    private void transfer(int l) {
      for (int i = 0; i < size; i++) {
        transfer(l, (int) (ends[i] >> Integer.SIZE), (int) ends[i], counts[i], bits[i]);
      }
      size = 0;
    }

    private void transfer(int l, int source, int target, int count, double each) {
      if (each < ROUNDING) {
        return;
      }
      if (source == PORT) {
        addTransfers(l, target, count, each, 0);
        return;
      }
      int chip = chipOf(source);
      int from = site(source);
      if (target == PORT || chips > 1 && chipOf(target) != chip) {
        int out = fabric.hopsToPort(from);
        bitHops[l] += each * out;
        transfers.addToPort(l, chip, from, each, out);
        reach(l, out);
        if (target != PORT) {
          addTransfers(l, target, count, each, out);
        }
        return;
      }
      int number = Math.min(count, sites);
      int to = Math.min(site(target), sites - number);
      int links = number == 1 ? fabric.hops(from, to) : fabric.multicastHops(from, to, number);
      bitHops[l] += each * links;
      transfers.add(l, chip, from, to, number, each, links);
      // No route is longer than the tree of all.
      if (links > hops[l]) {
        reach(l, number == 1 ? links : fabric.farthest(from, to, number));
      }
    }

    /** Brings bits from the port, to which they have come over {@code before} links. */
    private void addTransfers(int l, int target, int count, double each, int before) {
      int number = Math.min(count, sites);
      int to = Math.min(site(target), sites - number);
      int links = fabric.multicastHopsFromPort(to, number);
      bitHops[l] += each * links;
      transfers.addFromPort(l, chipOf(target), to, number, each, links);
      if (before + links > hops[l]) {
        reach(l, before + (number == 1 ? links : fabric.farthestFromPort(to, number)));
      }
    }

    private void reach(int layer, int links) {
      hops[layer] = Math.max(hops[layer], links);
    }

    private int site(int tile) {
      return tile < sites ? tile : tile % sites;
    }

    private int chipOf(int tile) {
      return chips == 1 ? 0 : Math.min(chips - 1, tile / sites);
    }
  }
}
