package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Memory;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.mapper.dataflow.ActivationBits;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.schedule.BufferOverflow;
import dev.kirchhoff.mapper.schedule.CrossbarSpan;
import dev.kirchhoff.mapper.schedule.LayerTime;
import dev.kirchhoff.mapper.schedule.Pipeline;
import dev.kirchhoff.mapper.schedule.Schedule;
import dev.kirchhoff.mapper.schedule.TileBuffers;
import dev.kirchhoff.mapper.schedule.TileRates;
import dev.kirchhoff.mapper.traffic.LayerTraffic;
import dev.kirchhoff.mapper.traffic.LinkShares;
import dev.kirchhoff.mapper.traffic.Traffic;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a network's activations go and when: what each layer takes from which, over how many hops,
 * what the buffers cannot hold, and the schedule that follows. Scratch of a {@link JobMapping}.
 */
final class JobFlow {
  private static final double BITS_PER_BYTE = 8;

  final Spill spill = new Spill();

  private Traffic traffic;
  private final JobMapping mapping;
  private ActivationBits links;
  private Dataflow flow;
  private Floor floor;
  private Interconnect interconnect;
  private List<LayerTraffic> inTiles;
  private BufferOverflow overflow = BufferOverflow.NONE;
  private int layers;

  private double link_nsPerBit;
  private double fabric_ns;
  private int[] firstTile = new int[32];
  private int[] tilesOf = new int[32];

  private int[] hops = new int[32];
  private final List<CrossbarSpan> spans = new ArrayList<>();
  private double[] linked = new double[32];

  /** Flows of a network's layers. */
  JobFlow(JobMapping mapping) {
    this.mapping = mapping;
  }

  /** Places layers and finds what they send. */
  void place(Floor floor, Design design, PriceTable prices) {
    this.floor = floor;
    links = mapping.links();
    flow = links.flow();
    layers = flow.layers();
    room();
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
    spans.clear();
    for (int l = 0; l < layers; l++) {
      double crossbars = mapping.crossbars(l);
      double first = floor.take(crossbars);
      spans.add(new CrossbarSpan(first, crossbars));
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
      int fan = spans.get(l).count() == 0 ? 1 : (int) mapping.tileFan(l);
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
      sending.add(inTiles.get(l).withSpill(overflow.out_bits(l), overflow.in_bits(l)));
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

  /** Schedules the layers; a layer in several parts takes its vectors once for each. */
  Schedule schedule(Design design, PriceTable prices, double tiles) {
    int tracks = design.chip().uncore().interconnect().tracks();
    link_nsPerBit = TileRates.transfer_ns(tracks, prices.linkBandwidth_bitPerNs());
    TileBuffers buffers = buffers(design, tiles);
    List<LayerTime> times = times(design, prices, tiles);
    Schedule schedule = floor.isPipelined() ? sideBySide(times, buffers) : oneByOne(times, buffers);
    for (int l = 0; l < layers; l++) {
      mapping.counts.add(l, Action.HOP_BIT, traffic.bitHops(l));
    }
    return schedule;
  }

  /** Times of the layers as if neither links nor the way off the tiles took time. */
  private List<LayerTime> times(Design design, PriceTable prices, double tiles) {
    double cycle_ns = prices.timing().cycle_ns();
    double pass_ns = prices.timing().pass_ns();
    double hop_ns = prices.hop_ns();
    List<LayerTime> times = new ArrayList<>(layers);
    for (int l = 0; l < layers; l++) {
      double way_ns = hops[l] * hop_ns;
      int stage = mapping.stage(l);
      if (stage < 0) {
        // All tiles do a dynamic matrix; in a pipeline those of all layers share them in proportion
        // to their work.
        double work_ns = mapping.dynamic_ns(l, floor.isPipelined()) / tiles;
        double vector_ns = work_ns / flow.vectors(l);
        times.add(LayerTime.of(flow, l, 1, vector_ns, LayerTime.PIPELINE_DEPTH * cycle_ns, way_ns));
      } else {
        double copies = mapping.copies(l);
        double rounds = Math.ceil(mapping.stages.vectors(stage) / copies);
        double parts = floor.parts(mapping.stages.crossbars(stage));
        double round_ns = parts * mapping.stageTime_ns(stage) / rounds;
        LayerTime time =
            LayerTime.of(flow, l, copies, round_ns, LayerTime.PIPELINE_DEPTH * pass_ns, way_ns);
        times.add(
            mapping.isWritten(l) ? time.withLead(writing_ns(stage, l, design, prices)) : time);
      }
    }
    return times;
  }

  private TileBuffers buffers(Design design, double tiles) {
    Memory buffer = design.chip().tile().buffer();
    double tile_bits = buffer.exists() ? buffer.size_B() * BITS_PER_BYTE : 0;
    return new TileBuffers(floor.perTile(), tiles, tile_bits);
  }

  /** Layers one by one; each has the links to itself. */
  private Schedule oneByOne(List<LayerTime> times, TileBuffers buffers) {
    fabric_ns = 0;
    overflow = BufferOverflow.layerByLayer(links, buffers);
    sendOverflow();
    waitForNextLevel(times);
    for (int l = 0; l < layers && link_nsPerBit > 0; l++) {
      double enough = times.get(l).time_ns() / link_nsPerBit;
      times.set(l, times.get(l).atLeast(traffic.most(l, enough) * link_nsPerBit));
    }
    return Schedule.layerByLayer(times, spill.network_ns());
  }

  /**
   * Layers side by side, which share all links. Where the most loaded link takes longest of all,
   * layers are not faster than the links that bring what they take.
   */
  private Schedule sideBySide(List<LayerTime> times, TileBuffers buffers) {
    fabric_ns = 0;
    Pipeline pipeline = run(times);
    overflow = BufferOverflow.pipelined(pipeline, links, spans, buffers);
    sendOverflow();
    if (waitForNextLevel(times)) {
      pipeline = run(times);
    }
    double shared_ns = spill.shared_ns();
    if (link_nsPerBit > 0) {
      double enough_ns = shared_ns;
      for (LayerTime time : times) {
        enough_ns = Math.max(enough_ns, time.busy_ns());
      }
      fabric_ns = traffic.mostOfAll(enough_ns / link_nsPerBit) * link_nsPerBit;
      if (fabric_ns > enough_ns) {
        pipeline = waitForLinks(pipeline, times);
      }
    }
    return Schedule.pipelined(pipeline, Math.max(shared_ns, fabric_ns));
  }

  private Pipeline run(List<LayerTime> times) {
    return Pipeline.of(flow, times, spill.port_ns(links.inputBits()));
  }

  /** Counts and sends what the tiles cannot hold. */
  private void sendOverflow() {
    if (overflow.exists()) {
      spill.away(overflow.away_bits());
      for (int l = 0; l < layers; l++) {
        double out = overflow.out_bits(l);
        double in = overflow.in_bits(l);
        if (out + in > 0) {
          spill.count(mapping.counts, l, out, in, chipOf(l));
        }
      }
      sendSpilled();
    }
  }

  /** Makes layers wait for the next level and for other chips; whether any does. */
  private boolean waitForNextLevel(List<LayerTime> times) {
    return (overflow.exists() || floor.chips() > 1)
        && spill.slow(times, floor.isPipelined(), overflow, linked);
  }

  /** Makes layers of a pipeline as slow as what they send and share links with. */
  private Pipeline waitForLinks(Pipeline before, List<LayerTime> times) {
    if (traffic.isSwitched()) {
      boolean isSlower = false;
      for (int l = 0; l < layers; l++) {
        isSlower |= slow(times, l, traffic.most(l, 0) * link_nsPerBit);
      }
      return isSlower ? run(times) : before;
    }
    LinkShares shares = traffic.shares(enough(times));
    boolean isSlower = false;
    for (int l = 0; l < layers; l++) {
      isSlower |= slow(times, l, shares.own(l) * link_nsPerBit);
    }
    Pipeline pipeline = isSlower ? run(times) : before;
    double[] from_ns = new double[layers];
    double[] to_ns = new double[layers];
    for (int l = 0; l < layers; l++) {
      from_ns[l] = pipeline.start_ns(l);
      to_ns[l] = pipeline.end_ns(l);
    }
    double[] shared = shares.shared(from_ns, to_ns, enough(times));
    isSlower = false;
    for (int l = 0; l < layers; l++) {
      isSlower |= slow(times, l, shared[l] * link_nsPerBit);
    }
    return isSlower ? run(times) : pipeline;
  }

  /** Bits in the time of each layer. */
  private double[] enough(List<LayerTime> times) {
    double[] enough = new double[layers];
    for (int l = 0; l < layers; l++) {
      enough[l] = times.get(l).time_ns() / link_nsPerBit;
    }
    return enough;
  }

  /** Makes a layer no faster than a time; whether it was. */
  static boolean slow(List<LayerTime> times, int l, double least_ns) {
    LayerTime before = times.get(l);
    LayerTime now = before.atLeast(least_ns);
    times.set(l, now);
    return now != before;
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

  /** Activations that the buffers of tiles cannot hold. */
  BufferOverflow overflow() {
    return overflow;
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
      linked = new double[layers];
    }
  }
}
