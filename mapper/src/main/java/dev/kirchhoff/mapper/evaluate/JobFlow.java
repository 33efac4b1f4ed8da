package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.traffic.LinkShares;
import dev.kirchhoff.mapper.traffic.LayerTraffic;
import dev.kirchhoff.mapper.traffic.Traffic;
import dev.kirchhoff.mapper.schedule.Schedule;
import dev.kirchhoff.mapper.schedule.TileBuffers;
import dev.kirchhoff.mapper.schedule.TileWork;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a network's activations go and when: what each layer takes from which, over how many hops,
 * what the buffers cannot hold, and the schedule that follows. Scratch of a {@link JobMapping}.
 */
final class JobFlow {
  private static final double BITS_PER_BYTE = 8;

  final Schedule schedule = new Schedule();
  final TileBuffers buffers = new TileBuffers();
  final Spill spill = new Spill();

  private Traffic traffic;
  private final JobMapping mapping;
  private final LayerLinks links;
  private Dataflow flow;
  private Floor floor;
  private Interconnect interconnect;
  private List<LayerTraffic> inTiles;
  private int layers;
  private double perTile;
  private double link_nsPerBit;
  private double fabric_ns;
  private int[] firstTile = new int[32];
  private int[] tilesOf = new int[32];
  private int[] hops = new int[32];
  private double[] allCrossbars = new double[32];
  private double[] firstCrossbar = new double[32];
  private double[] linked = new double[32];
  private double[] maps = new double[32];

  /** Whether what a layer holds has been found. */
  private boolean[] isHeld = new boolean[32];

  /** Flows of a network's layers. */
  JobFlow(JobMapping mapping, LayerLinks links) {
    this.mapping = mapping;
    this.links = links;
  }

  /** Places layers and finds what they send. */
  void place(Floor floor, Design design, PriceTable prices) {
    this.floor = floor;
    flow = links.flow();
    layers = flow.layers();
    room();
    perTile = floor.perTile();
    spill.set(design.chip(), prices, floor.chips());
    stand();
    send(design.chip().uncore().interconnect());
    if (links.inputBits() > 0) {
      spill.port(mapping.counts, links.inputLayer(), links.inputBits(), chipOf(links.inputLayer()));
    }
    if (floor.chips() > 1) {
      linkChips();
    }
    int last = layers - 1;
    spill.port(mapping.counts, last, links.map(last), chipOf(last));
  }

  /** Gives layers their tiles; a layer without crossbars stands where what it reads first does. */
  private void stand() {
    for (int l = 0; l < layers; l++) {
      double crossbars = mapping.crossbars(l);
      double first = floor.take(crossbars);
      allCrossbars[l] = crossbars;
      firstCrossbar[l] = first;
      firstTile[l] = floor.tileOf(first);
      int last = floor.tileOf(first + Math.max(0, crossbars - 1));
      tilesOf[l] = Math.max(1, last - firstTile[l] + 1);
      int producer = flow.read(flow.firstRead(l));
      if (crossbars == 0 && producer >= 0) {
        firstTile[l] = firstTile[producer];
        tilesOf[l] = tilesOf[producer];
      }
    }
  }

  /** Says what all layers send over the fabric while nothing leaves the tiles. */
  private void send(Interconnect interconnect) {
    this.interconnect = interconnect;
    List<LayerTraffic> sending = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      int fan = allCrossbars[l] == 0 ? 1 : (int) mapping.tileFan(l);
      LayerTraffic layer =
          LayerTraffic.of(
              firstTile[l], tilesOf[l], fan, mapping.sumBits(l), mapping.tileRows(l));
      sending.add(l == layers - 1 ? layer.withOutput(links.map(l)) : layer);
      linked[l] = 0;
    }
    inTiles = sending;
    traffic = traffic(sending);
    for (int l = 0; l < layers; l++) {
      hops[l] = traffic.hops(l);
    }
  }

  /** Says the same with what leaves the tiles and comes back, behind what a layer sends already. */
  private void sendSpilled() {
    List<LayerTraffic> sending = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      sending.add(inTiles.get(l).withSpill(buffers.out(l), buffers.in(l)));
    }
    traffic = traffic(sending);
  }

  private Traffic traffic(List<LayerTraffic> sending) {
    return Traffic.of(
        floor.fabric(),
        interconnect,
        floor.isPipelined(),
        floor.chips(),
        flow,
        links.reads(),
        links.joins(),
        sending);
  }

  /** Takes what comes from other chips through ports. */
  private void linkChips() {
    for (int l = 0; l < layers; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        link(l, flow.read(i), links.read(i));
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        link(l, flow.join(i), links.join(i));
      }
    }
  }

  private void link(int l, int producer, double bits) {
    int to = chipOf(l);
    int from = producer < 0 ? to : chipOf(producer);
    if (from != to) {
      spill.link(mapping.counts, l, bits, from, to);
      linked[l] += bits;
    }
  }

  private int chipOf(int l) {
    return floor.chipOf(middleTile(l));
  }

  /** Runs the layers; a layer in several parts takes its vectors once for each. */
  void schedule(Design design, PriceTable prices, double tiles) {
    double cycle_ns = prices.timing().cycle_ns();
    double pass_ns = prices.timing().pass_ns();
    double hop_ns = prices.hop_ns();
    boolean pipelined = floor.isPipelined();
    schedule.clear(layers);
    for (int l = 0; l < layers; l++) {
      double way_ns = hops[l] * hop_ns;
      int stage = mapping.stage(l);
      if (stage < 0) {
        // All tiles do a dynamic matrix; in a pipeline those of all layers share them in proportion
        // to their work.
        double work_ns = mapping.dynamic_ns(l, pipelined) / tiles;
        schedule.set(
            flow, l, 1, work_ns / flow.vectors(l), Schedule.PIPELINE_DEPTH * cycle_ns, way_ns);
      } else {
        double copies = mapping.stages.copies(stage);
        double rounds = Math.ceil(mapping.stages.vectors(stage) / copies);
        schedule.set(
            flow,
            l,
            copies,
            floor.parts(mapping.stages.crossbars(stage)) * mapping.stages.time_ns(stage) / rounds,
            Schedule.PIPELINE_DEPTH * pass_ns,
            way_ns);
        if (mapping.isWritten(l)) {
          schedule.lead(l, writing_ns(stage, l, design, prices));
        }
      }
    }
    int tracks = design.chip().uncore().interconnect().tracks();
    link_nsPerBit = TileWork.transfer_ns(tracks, prices.linkBandwidth_bitPerNs());
    run();
    boolean isSpilled = overflows(design, tiles);
    if (isSpilled) {
      spill.away(buffers.away());
      for (int l = 0; l < layers; l++) {
        if (buffers.out(l) + buffers.in(l) > 0) {
          spill.count(mapping.counts, l, buffers.out(l), buffers.in(l), chipOf(l));
        }
      }
      sendSpilled();
    }
    if ((isSpilled || floor.chips() > 1) && spill.slow(schedule, buffers, linked, layers)) {
      run();
    }
    shareLinks();
    for (int l = 0; l < layers; l++) {
      mapping.counts.add(l, Action.HOP_BIT, traffic.bitHops(l));
    }
  }

  /** Runs the layers as if no link took time. */
  private void run() {
    if (floor.isPipelined()) {
      schedule.pipelined(flow, spill.port_ns(links.inputBits()), spill.shared_ns());
    } else {
      schedule.layerByLayer(spill.network_ns(), 0);
    }
  }

  /**
   * Lets the layers wait for links: one by one each has them to itself, in a pipeline all share
   * them. Where the most loaded link takes longest of all, layers are not faster than the links
   * that bring what they take.
   */
  private void shareLinks() {
    fabric_ns = 0;
    if (!floor.isPipelined()) {
      for (int l = 0; l < layers && link_nsPerBit > 0; l++) {
        double enough = schedule.time_ns(l) / link_nsPerBit;
        schedule.slow(l, traffic.most(l, enough) * link_nsPerBit);
      }
      schedule.layerByLayer(spill.network_ns(), 0);
      return;
    }
    double shared_ns = spill.shared_ns();
    if (link_nsPerBit > 0) {
      double enough_ns = shared_ns;
      for (int l = 0; l < layers; l++) {
        enough_ns = Math.max(enough_ns, schedule.busy_ns(l));
      }
      fabric_ns = traffic.mostOfAll(enough_ns / link_nsPerBit) * link_nsPerBit;
      if (fabric_ns > enough_ns) {
        waitForLinks();
      }
    }
    schedule.share(Math.max(shared_ns, fabric_ns));
  }

  /** Makes layers of a pipeline as slow as what they send and share links with. */
  private void waitForLinks() {
    boolean isSlower = false;
    if (traffic.isSwitched()) {
      for (int l = 0; l < layers; l++) {
        isSlower |= schedule.slow(l, traffic.most(l, 0) * link_nsPerBit);
      }
      if (isSlower) {
        run();
      }
      return;
    }
    LinkShares shares = traffic.shares(enough());
    for (int l = 0; l < layers; l++) {
      isSlower |= schedule.slow(l, shares.own(l) * link_nsPerBit);
    }
    if (isSlower) {
      run();
    }
    double[] from_ns = new double[layers];
    double[] to_ns = new double[layers];
    for (int l = 0; l < layers; l++) {
      from_ns[l] = schedule.start_ns(l);
      to_ns[l] = schedule.end_ns(l);
    }
    double[] shared = shares.shared(from_ns, to_ns, enough());
    isSlower = false;
    for (int l = 0; l < layers; l++) {
      isSlower |= schedule.slow(l, shared[l] * link_nsPerBit);
    }
    if (isSlower) {
      run();
    }
  }

  /** Bits in the time of each layer. */
  private double[] enough() {
    double[] enough = new double[layers];
    for (int l = 0; l < layers; l++) {
      enough[l] = schedule.time_ns(l) / link_nsPerBit;
    }
    return enough;
  }

  /** Whether the buffers of tiles are too small for what the layers hold. */
  private boolean overflows(Design design, double tiles) {
    Memory buffer = design.chip().tile().buffer();
    double tile_bits = buffer.exists() ? buffer.size_B() * BITS_PER_BYTE : 0;
    if (!floor.isPipelined()) {
      buffers.clear(layers);
      links.settleMaps(maps);
      return buffers.alive(flow, maps, links.inputBits(), tile_bits * tiles);
    }
    buffers.clear(layers);
    Arrays.fill(isHeld, 0, layers, false);
    boolean fits = true;
    for (int l = 0; l < layers; l++) {
      double room = tile_bits * allCrossbars[l];
      if (!fits || links.taken(l) * perTile > room) {
        hold(l);
        fits &= buffers.held(l) * perTile <= room;
      }
    }
    if (fits) {
      // No layer holds more for a crossbar than a tile has for one, not even those whose whole maps
      // are below that and were not looked at closer.
      return false;
    }
    for (int l = 0; l < layers; l++) {
      hold(l);
    }
    return buffers.share(firstCrossbar, allCrossbars, perTile, tiles, tile_bits);
  }

  /** Takes what a layer of a pipeline holds of the maps that it reads and joins, once. */
  private void hold(int l) {
    if (isHeld[l]) {
      return;
    }
    isHeld[l] = true;
    int behind = flow.firstRead(l + 1);
    for (int i = flow.firstRead(l); i < behind; i++) {
      buffers.hold(l, links.read(i), schedule.heldShare(flow, l, flow.read(i), false));
    }
    behind = flow.firstJoin(l + 1);
    for (int i = flow.firstJoin(l); i < behind; i++) {
      buffers.hold(l, links.join(i), schedule.heldShare(flow, l, flow.join(i), true));
    }
  }

  /** Time of writing a matrix of activations: crossbars of a tile one after another. */
  private double writing_ns(int stage, int l, Design design, PriceTable prices) {
    ProgrammingPrice price = prices.programming();
    double cells = mapping.usedCells(l) / mapping.stages.crossbars(stage);
    double together = Math.min(mapping.crossbars(l), floor.perTile());
    return together * Math.ceil(cells / price.cellsAtOnce()) * price.timePerCellGroup_ns();
  }

  /** Charges each inference of a batch with maps that are put away between phases. */
  void putAway(int l, double bits, int batch) {
    mapping.counts.add(l, Action.HOP_BIT, 2 * bits / batch * floor.hopsToPort(middleTile(l)));
    spill.putAway(mapping.counts, l, bits, batch);
  }

  /** What the layers feed each other. */
  Dataflow flow() {
    return flow;
  }

  /** The first tile of a layer. */
  int firstTile(int l) {
    return firstTile[l];
  }

  /** Tile in the middle of a layer. */
  int middleTile(int l) {
    return firstTile[l] + (tilesOf[l] - 1) / 2;
  }

  /** What the layers send over the fabric. */
  Traffic traffic() {
    return traffic;
  }

  /** Time of the most loaded link of a pipeline; may be 0 where something else takes longer. */
  double fabric_ns() {
    return fabric_ns;
  }

  private void room() {
    if (hops.length < layers) {
      maps = new double[layers];
      firstTile = new int[layers];
      tilesOf = new int[layers];
      hops = new int[layers];
      allCrossbars = new double[layers];
      firstCrossbar = new double[layers];
      linked = new double[layers];
      isHeld = new boolean[layers];
    }
  }
}
