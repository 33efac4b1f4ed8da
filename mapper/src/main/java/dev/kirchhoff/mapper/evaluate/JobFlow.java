package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.place.LinkShares;
import dev.kirchhoff.mapper.place.Traffic;
import dev.kirchhoff.mapper.schedule.Dataflow;
import dev.kirchhoff.mapper.schedule.Schedule;
import dev.kirchhoff.mapper.schedule.TileBuffers;
import dev.kirchhoff.mapper.schedule.TileWork;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;

/**
 * Where a network's activations go and when: what each layer takes from which, over how many hops,
 * what the buffers cannot hold, and the schedule that follows. Scratch of a {@link JobMapping}.
 */
final class JobFlow {
  private static final double BITS_PER_BYTE = 8;

  final Schedule schedule = new Schedule();
  final TileBuffers buffers = new TileBuffers();
  final Spill spill = new Spill();

  private final Traffic traffic = new Traffic();
  private final LinkShares shares = new LinkShares();
  private final JobMapping mapping;
  private Dataflow flow;
  private Floor floor;
  private int layers;
  private int inputLayer;
  private double inputBits;
  private double outputBits;
  private double link_nsPerBit;
  private double fabric_ns;
  private int[] firstTile = new int[32];
  private int[] tilesOf = new int[32];
  private int[] hops = new int[32];
  private double[] allCrossbars = new double[32];
  private double[] firstCrossbar = new double[32];
  private double[] linked = new double[32];
  private double[] takenBits = new double[32];
  private boolean[] isHeld = new boolean[32];
  private double[] mapBits = new double[32];
  private double[] readBits = new double[32];
  private double[] joinBits = new double[32];

  JobFlow(JobMapping mapping) {
    this.mapping = mapping;
  }

  /** Finds how many bits each layer takes from each other. */
  void link(Job job, Dataflow flow, int layers) {
    this.flow = flow;
    this.layers = layers;
    room();
    for (int l = 0; l < layers; l++) {
      Precision precision = job.precision().get(l);
      double bits = flow.inputValues(l) * precision.inputs();
      takenBits[l] = bits;
      int behind = flow.firstRead(l + 1);
      for (int i = flow.firstRead(l); i < behind; i++) {
        readBits[i] = bits * flow.readShare(i);
      }
      mapBits[l] = flow.outputValues(l) * precision.outputs();
      behind = flow.firstJoin(l + 1);
      for (int i = flow.firstJoin(l); i < behind; i++) {
        int p = flow.join(i);
        joinBits[i] = p < 0 ? mapBits[l] : Math.min(mapBits[l], mapBits[p]);
        takenBits[l] += joinBits[i];
      }
    }
    findInput();
  }

  /** Finds the first layer that takes the network's input, whose tiles keep it. */
  private void findInput() {
    inputLayer = 0;
    inputBits = 0;
    for (int l = 0; l < layers && inputBits == 0; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        takeInput(l, flow.read(i), readBits[i]);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        takeInput(l, flow.join(i), joinBits[i]);
      }
    }
  }

  private void takeInput(int l, int producer, double bits) {
    if (producer < 0 && inputBits == 0) {
      inputLayer = l;
      inputBits = bits;
    }
  }

  /** The layer whose tiles keep the network's input. */
  int inputLayer() {
    return inputLayer;
  }

  /** Bits of the network's input. */
  double inputBits() {
    return inputBits;
  }

  /**
   * Writes what each layer stands on and what is alive before it.
   *
   * @param at index of the first layer in the arrays
   */
  void describe(int at, double[] crossbars, double[] stored, double[] alive) {
    for (int l = 0; l < layers; l++) {
      crossbars[at + l] = mapping.crossbars(l);
      stored[at + l] = mapping.isWritten(l) ? 0 : mapping.crossbars(l);
      alive[at + l] = 0;
    }
    for (int l = 0; l < layers; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        live(at, flow.read(i), l, readBits[i], alive);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        live(at, flow.join(i), l, joinBits[i], alive);
      }
    }
  }

  private static void live(int at, int from, int to, double bits, double[] alive) {
    for (int l = Math.max(0, from) + 1; l <= to; l++) {
      alive[at + l] += bits;
    }
  }

  /** Places layers and finds what they send. */
  void place(Floor floor, Design design, PriceTable prices) {
    this.floor = floor;
    spill.set(design.chip(), prices, floor.chips());
    stand();
    outputBits = mapBits[layers - 1];
    send(design);
    if (inputBits > 0) {
      spill.port(mapping.counts, inputLayer, inputBits, chipOf(inputLayer));
    }
    for (int l = 0; l < layers; l++) {
      linked[l] = 0;
      hops[l] = traffic.hops(l);
    }
    if (floor.chips() > 1) {
      linkChips();
    }
    int last = layers - 1;
    spill.port(mapping.counts, last, mapBits[last], chipOf(last));
    if (!floor.isPipelined()) {
      settleMaps();
    }
  }

  /** Gives layers their tiles; a layer without crossbars stands where what it reads first does. */
  private void stand() {
    for (int l = 0; l < layers; l++) {
      double crossbars = mapping.crossbars(l);
      allCrossbars[l] = crossbars;
      firstCrossbar[l] = floor.take(crossbars);
      firstTile[l] = floor.tileOf(firstCrossbar[l]);
      int last = floor.tileOf(firstCrossbar[l] + Math.max(0, crossbars - 1));
      tilesOf[l] = Math.max(1, last - firstTile[l] + 1);
      int producer = flow.read(flow.firstRead(l));
      if (crossbars == 0 && producer >= 0) {
        firstTile[l] = firstTile[producer];
        tilesOf[l] = tilesOf[producer];
      }
    }
  }

  /** Says what all layers send over the fabric while nothing leaves the tiles. */
  private void send(Design design) {
    Interconnect interconnect = design.chip().uncore().interconnect();
    traffic.set(floor.fabric(), interconnect, layers, floor.isPipelined(), floor.chips());
    for (int l = 0; l < layers; l++) {
      int fan = mapping.crossbars(l) == 0 ? 1 : (int) mapping.tileFan(l);
      traffic.stand(l, firstTile[l], tilesOf[l], fan);
      send(l);
    }
    traffic.take(outputBits);
  }

  /** Says the same with what leaves the tiles and comes back, behind what a layer sends already. */
  private void sendSpilled() {
    int last = layers - 1;
    traffic.again();
    for (int l = 0; l < last; l++) {
      traffic.keep(l);
      spill(l);
    }
    send(last);
    spill(last);
    traffic.take(outputBits);
  }

  private void send(int l) {
    traffic.begin(l);
    int behind = flow.firstRead(l + 1);
    for (int i = flow.firstRead(l); i < behind; i++) {
      move(flow.read(i), readBits[i]);
    }
    behind = flow.firstJoin(l + 1);
    for (int i = flow.firstJoin(l); i < behind; i++) {
      move(flow.join(i), joinBits[i]);
    }
    traffic.reduce(mapping.sumBits(l), mapping.tileRows(l));
  }

  private void spill(int l) {
    if (buffers.out(l) > 0) {
      traffic.take(buffers.out(l));
    }
    if (buffers.in(l) > 0) {
      traffic.bring(buffers.in(l));
    }
  }

  /** Bits from a producer or the network's input, over the fabric. */
  private void move(int producer, double bits) {
    if (producer >= 0) {
      traffic.move(producer, bits);
    } else {
      traffic.bring(bits);
    }
  }

  /** Takes what comes from other chips through ports. */
  private void linkChips() {
    for (int l = 0; l < layers; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        link(l, flow.read(i), readBits[i]);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        link(l, flow.join(i), joinBits[i]);
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

  /** A map that is kept for later is as large as what is taken of it, after pooling. */
  private void settleMaps() {
    for (int l = 0; l < layers - 1; l++) {
      mapBits[l] = 0;
    }
    for (int l = 0; l < layers; l++) {
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        settleMap(flow.read(i), readBits[i]);
      }
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        settleMap(flow.join(i), joinBits[i]);
      }
    }
  }

  private void settleMap(int producer, double bits) {
    if (producer >= 0) {
      mapBits[producer] = Math.max(mapBits[producer], bits);
    }
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
      int stage = mapping.stageOf(l);
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
      schedule.pipelined(flow, spill.port_ns(inputBits), spill.shared_ns());
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
      fabric_ns = traffic.mostOfAll(layers, enough_ns / link_nsPerBit) * link_nsPerBit;
      if (fabric_ns > enough_ns) {
        waitForLinks();
      }
    }
    schedule.share(Math.max(shared_ns, fabric_ns));
  }

  /** Makes layers of a pipeline as slow as what they send and share links with. */
  private void waitForLinks() {
    boolean isSwitched = traffic.isSwitched();
    if (!isSwitched) {
      shares.set(traffic, layers);
    }
    boolean isSlower = false;
    for (int l = 0; l < layers; l++) {
      double bits = isSwitched ? traffic.most(l, 0) : shares.own(l);
      isSlower |= schedule.slow(l, bits * link_nsPerBit);
    }
    if (isSlower) {
      run();
    }
    if (!isSwitched && shareWithOthers()) {
      run();
    }
  }

  private boolean shareWithOthers() {
    for (int l = 0; l < layers; l++) {
      shares.runs(l, schedule.start_ns(l), schedule.end_ns(l));
    }
    shares.share();
    boolean isSlower = false;
    for (int l = 0; l < layers; l++) {
      isSlower |= schedule.slow(l, shares.together(l) * link_nsPerBit);
    }
    return isSlower;
  }

  /** Whether the buffers of tiles are too small for what the layers hold. */
  private boolean overflows(Design design, double tiles) {
    Memory buffer = design.chip().tile().buffer();
    double tile_bits = buffer.exists() ? buffer.size_B() * BITS_PER_BYTE : 0;
    buffers.clear(layers);
    if (!floor.isPipelined()) {
      return buffers.alive(flow, mapBits, inputBits, tile_bits * tiles);
    }
    double perTile = floor.perTile();
    boolean fits = true;
    for (int l = 0; l < layers; l++) {
      double room = tile_bits * allCrossbars[l];
      isHeld[l] = !fits || takenBits[l] * perTile > room;
      if (isHeld[l]) {
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
      if (!isHeld[l]) {
        hold(l);
      }
    }
    return buffers.share(firstCrossbar, allCrossbars, floor.perTile(), tiles, tile_bits);
  }

  /** Takes what a layer of a pipeline holds of the maps that it reads and joins. */
  private void hold(int l) {
    int behind = flow.firstRead(l + 1);
    for (int i = flow.firstRead(l); i < behind; i++) {
      buffers.hold(l, readBits[i], schedule.heldShare(flow, l, flow.read(i), false));
    }
    behind = flow.firstJoin(l + 1);
    for (int i = flow.firstJoin(l); i < behind; i++) {
      buffers.hold(l, joinBits[i], schedule.heldShare(flow, l, flow.join(i), true));
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
      firstTile = new int[layers];
      tilesOf = new int[layers];
      hops = new int[layers];
      allCrossbars = new double[layers];
      firstCrossbar = new double[layers];
      linked = new double[layers];
      takenBits = new double[layers];
      isHeld = new boolean[layers];
      mapBits = new double[layers];
    }
    int reads = flow.firstRead(layers);
    if (readBits.length < reads) {
      readBits = new double[reads];
    }
    int joins = flow.firstJoin(layers);
    if (joinBits.length < joins) {
      joinBits = new double[joins];
    }
  }
}
