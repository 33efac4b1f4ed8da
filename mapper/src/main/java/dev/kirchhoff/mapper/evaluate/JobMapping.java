package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Chip;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.LayerCounter;
import dev.kirchhoff.mapper.duplicate.Duplication;
import dev.kirchhoff.mapper.duplicate.Stages;
import dev.kirchhoff.mapper.fidelity.DigitStatistics;
import dev.kirchhoff.mapper.place.Placement;
import dev.kirchhoff.mapper.place.Traffic;
import dev.kirchhoff.mapper.schedule.Schedule;
import dev.kirchhoff.mapper.schedule.TileWork;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.Arrays;
import java.util.List;

/**
 * One network on a chip: slice, tile, count, duplicate, place, schedule, in this order. Scratch of
 * an evaluator, reused from design to design; not safe for several threads.
 */
final class JobMapping {
  private static final double BITS_PER_BYTE = 8;

  final ActionCounts counts = new ActionCounts();
  final Stages stages = new Stages();
  final Schedule schedule = new Schedule();

  final Sharing sharing = new Sharing();

  private final boolean remembers;
  private LayerCounter[] counters = {new LayerCounter()};
  private LayerCounter counter = counters[0];
  private final TileWork tileWork = new TileWork();
  private final Traffic traffic = new Traffic();
  private final Reading reading = new Reading(traffic);
  private Job job;
  private NetworkStatistics statistics;
  private int layers;
  private int[] stageOf = new int[32];
  private double[] usedCells = new double[32];
  private double[] sumBits = new double[32];
  private double[] oneTile_ns = new double[32];
  private double[] tileFan = new double[32];
  private int[] tileRows = new int[32];
  private DigitStatistics[] inputDigits = new DigitStatistics[32];
  private DigitStatistics[] weightDigits = new DigitStatistics[32];
  private DigitStatistics[] cellDigits = new DigitStatistics[32];
  private double macs;
  private double dynamic_ns;
  private double portBits;
  private double fabric_ns;

  /**
   * A network's mapping.
   *
   * @param remembers whether a layer that has not changed since the design before is cut and tiled
   *     as it was
   */
  JobMapping(boolean remembers) {
    this.remembers = remembers;
  }

  Job job() {
    return job;
  }

  int layers() {
    return layers;
  }

  double macs() {
    return macs;
  }

  double passes() {
    return counts.of(Action.ARRAY_PASS);
  }

  /** Counts everything but the fabric, with one copy of every layer. */
  void map(Job job, NetworkStatistics statistics, ArrayUse use, Design design, PriceTable prices) {
    this.job = job;
    if (statistics != this.statistics) {
      this.statistics = statistics;
      Arrays.fill(inputDigits, null);
    }
    List<Layer> all = job.network().layers();
    layers = all.size();
    room();
    counts.clear(layers);
    stages.clear(use.perTile(), granule(use, design.mapping()));
    sharing.clear(isShared(design.mapping()), use);
    macs = 0;
    dynamic_ns = 0;
    portBits = 0;
    double pass_ns = prices.timing().pass_ns();
    tileWork.set(prices, design.chip().tile().units());
    for (int l = 0; l < layers; l++) {
      Layer layer = all.get(l);
      Precision precision = job.precision().get(l);
      macs += layer.shape().macs();
      LayerCounter.countDigital(counts, l, layer, precision.outputs());
      if (layer.dynamic()) {
        LayerCounter.countDynamic(counts, l, layer, precision);
        stageOf[l] = -1;
        usedCells[l] = 0;
        sumBits[l] = 0;
        tileFan[l] = 1;
        double linkBits =
            MapBits.inputBits(layer, precision) + MapBits.outputBits(layer, precision);
        oneTile_ns[l] = tileWork.time_ns(counts, l, 0, linkBits);
        dynamic_ns += oneTile_ns[l];
        continue;
      }
      countArrays(l, layer, precision, use);
      double sumsInPe = counts.of(l, Action.ADD) - counter.sumsInTile() - digitalAdditions(layer);
      double linkBits =
          MapBits.inputBits(layer, precision) * tileFan[l]
              + 2 * sumBits[l]
              + MapBits.outputBits(layer, precision);
      double shared_ns = tileWork.time_ns(counts, l, sumsInPe, linkBits);
      stageOf[l] = stages.count();
      stages.add(
          layer.shape().vectors(), counter.passes() * pass_ns, shared_ns, counter.crossbars());
      stages.setCopies(stageOf[l], counter.copies());
    }
  }

  /** Crossbars of which a layer takes whole multiples; own tiles are whole already. */
  private static int granule(ArrayUse use, MappingOptions mapping) {
    if (mapping.floorplan() != Floorplan.SHARED) {
      return 1;
    }
    return switch (mapping.ground().granularity()) {
      case CROSSBAR -> 1;
      case PE -> use.perPe();
      case TILE -> use.perTile();
    };
  }

  /** Whether layers share crossbars: not where they have tiles or PEs of their own. */
  static boolean isShared(MappingOptions mapping) {
    return mapping.ground().share()
        && mapping.floorplan() == Floorplan.SHARED
        && mapping.ground().granularity() == MappingOptions.Granularity.CROSSBAR;
  }

  private void countArrays(int l, Layer layer, Precision precision, ArrayUse use) {
    boolean changed = take(l, layer, precision, use);
    if (changed || inputDigits[l] == null) {
      setDigits(l, precision, use);
    }
    double amplitude = inputDigits[l].meanShare();
    double conductance = cellDigits[l].conductanceShare(use.windowFloor());
    counter.countArrays(
        counts, l, inputDigits[l].pulses(), amplitude, conductance, use.windowFloor());
    sharing.take(counter, use, l, amplitude, conductance);
    usedCells[l] = counter.usedCells();
    sumBits[l] = counter.sumBitsBetweenTiles();
    tileFan[l] = counter.tileFan();
    tileRows[l] = counter.tileRows();
  }

  /** Sets the counter to a layer; returns whether it has changed since the design before. */
  private boolean take(int l, Layer layer, Precision precision, ArrayUse use) {
    boolean kernels = hasOwnKernels(layer, use);
    counter = counters[remembers ? l : 0];
    return counter.set(layer, precision, use, kernels, statistics.widest(kernels));
  }

  private void setDigits(int l, Precision precision, ArrayUse use) {
    DigitStatistics x =
        statistics.inputs(l, use.weights().encoding(), use.input(), precision.inputs());
    DigitStatistics w =
        statistics.weights(l, use.weights().encoding(), precision.weights(), use.cellBits());
    inputDigits[l] = x;
    cellDigits[l] = w;
    weightDigits[l] =
        use.weights().combine() == 1
            ? w
            : statistics.weights(
                l,
                use.weights().encoding(),
                precision.weights(),
                use.digitBits(precision.weights()));
  }

  /**
   * Whether the positions of a layer's kernel have row blocks of their own: all ungrouped kernels
   * if the mapping arranges them so; with PEs of their own those of the most frequent kernel.
   */
  private boolean hasOwnKernels(Layer layer, ArrayUse use) {
    if (use.floorplan() == Floorplan.OWN_KERNELS) {
      return statistics.hasFrequentKernel(layer);
    }
    MatrixShape shape = layer.shape();
    return use.lay().kernels()
        && shape.groups() == 1
        && shape.kernelHeight() * shape.kernelWidth() > 1;
  }

  private static double digitalAdditions(Layer layer) {
    double sum = 0;
    for (int i = 0; i < layer.after().size(); i++) {
      switch (layer.after().get(i).operation()) {
        case BIAS, ADD -> sum += layer.after().get(i).elements();
        case RELU, LOOKUP, MAX_COMPARE, MULTIPLY_ACCUMULATE -> {}
      }
    }
    return sum;
  }

  /** Spends a budget of crossbars, those of one copy included. */
  void duplicate(Duplication duplication, double budget, boolean pipelined) {
    if (pipelined) {
      duplication.slowest(stages, budget);
    } else {
      duplication.total(stages, budget);
    }
  }

  /**
   * Packs blocks of layers that share crossbars.
   *
   * @param tight whether layers may wait for each other
   */
  void share(boolean pipelined, boolean tight) {
    if (sharing.isOn()) {
      sharing.pack(stages, pipelined, tight);
    }
  }

  /** Counts what shared crossbars conduct beside what is read. */
  void countShared(double windowFloor) {
    if (sharing.isPacked()) {
      sharing.count(counts, stages, windowFloor);
    }
  }

  /** Crossbars of all layers with their copies. */
  double crossbars() {
    double sum = stages.crossbars();
    return sharing.isPacked() ? sum - sharing.saved() : sum;
  }

  /**
   * Places layers from a crossbar on, counts the fabric and what does not fit the buffers.
   *
   * @return the next free crossbar
   */
  double place(
      double firstCrossbar,
      Placement placement,
      ArrayUse use,
      Design design,
      double tiles,
      boolean pipelined) {
    Chip chip = design.chip();
    List<Layer> all = job.network().layers();
    double bufferBits =
        chip.tile().buffer().exists() ? chip.tile().buffer().size_B() * BITS_PER_BYTE : 0;
    boolean global = chip.uncore().globalBuffer().exists();
    traffic.set(placement.fabric(), chip.uncore().interconnect(), layers, pipelined);
    reading.set(job);
    double next = stand(all, firstCrossbar, use.perTile());
    for (int l = 0; l < layers; l++) {
      Layer layer = all.get(l);
      Precision precision = job.precision().get(l);
      double bits = MapBits.inputBits(layer, precision);
      traffic.begin(l);
      if (layer.producer() < 0) {
        counts.add(l, Action.TILE_BUFFER_WRITE_BIT, bits);
        port(l, bits, global);
        traffic.bring(bits);
      } else {
        reading.read(layer, bits);
      }
      reading.join(layer);
      traffic.reduce(sumBits[l], tileRows[l]);
      double share = pipelined ? Math.max(1, crossbars(l) / use.perTile()) : tiles;
      double moved = MapBits.spilledBits(layer, precision, bits, bufferBits * share, pipelined);
      if (moved > 0) {
        traffic.take(moved);
        traffic.bring(moved);
        spill(l, moved, global);
      }
      if (l == layers - 1) {
        double out = MapBits.outputBits(layer, precision);
        port(l, out, global);
        traffic.take(out);
      }
      counts.add(l, Action.HOP_BIT, traffic.bitHops(l));
    }
    return next;
  }

  /** Gives layers their tiles; a dynamic matrix stands where what it reads first does. */
  private double stand(List<Layer> all, double firstCrossbar, double perTile) {
    double at = firstCrossbar;
    for (int l = 0; l < layers; l++) {
      double crossbars = crossbars(l);
      int producer = all.get(l).producer();
      int first = (int) (at / perTile);
      if (crossbars > 0 || producer < 0 || producer >= l) {
        int last = (int) ((at + Math.max(0, crossbars - 1)) / perTile);
        traffic.stand(l, first, last - first + 1, (int) tileFan[l]);
      } else {
        traffic.standOn(l, producer);
      }
      at += crossbars;
    }
    return at;
  }

  /** Bits through the port of the chip, by way of its global buffer if it has one. */
  private void port(int l, double bits, boolean global) {
    counts.add(l, Action.IO_BIT, bits);
    portBits += bits;
    if (global) {
      counts.add(l, Action.GLOBAL_BUFFER_WRITE_BIT, bits);
      counts.add(l, Action.GLOBAL_BUFFER_READ_BIT, bits);
    }
  }

  private void spill(int l, double moved, boolean global) {
    if (global) {
      counts.add(l, Action.GLOBAL_BUFFER_WRITE_BIT, moved);
      counts.add(l, Action.GLOBAL_BUFFER_READ_BIT, moved);
    } else {
      counts.add(l, Action.IO_BIT, 2 * moved);
      portBits += 2 * moved;
    }
  }

  /** Runs the layers; {@code other_ns} is added to each inference (weights programmed again). */
  void schedule(
      Design design, PriceTable prices, double tiles, double other_ns, boolean pipelined) {
    List<Layer> all = job.network().layers();
    Chip chip = design.chip();
    double cycle_ns = prices.timing().cycle_ns();
    double pass_ns = prices.timing().pass_ns();
    double hop_ns = prices.hop_ns();
    int tracks = chip.uncore().interconnect().tracks();
    double link_nsPerBit = TileWork.transfer_ns(tracks, prices.linkBandwidth_bitPerNs());
    double slowest_ns = 0;
    fabric_ns = 0;
    schedule.clear(layers);
    for (int l = 0; l < layers; l++) {
      double way_ns = traffic.hops(l) * hop_ns;
      int stage = stageOf[l];
      // All tiles do a dynamic matrix; in a pipeline those of all layers share them in proportion
      // to their work.
      double dynamic = pipelined ? dynamic_ns : oneTile_ns[l];
      double time_ns = stage < 0 ? dynamic / tiles : stages.time_ns(stage);
      if (!pipelined) {
        // One by one, a layer has the links to itself.
        time_ns = Math.max(time_ns, traffic.most(l, time_ns / link_nsPerBit) * link_nsPerBit);
      }
      slowest_ns = Math.max(slowest_ns, time_ns);
      if (stage < 0) {
        schedule.set(
            l, time_ns, Schedule.PIPELINE_DEPTH * cycle_ns, way_ns, all.get(l).shape().vectors());
      } else {
        schedule.set(
            l,
            time_ns,
            Schedule.PIPELINE_DEPTH * pass_ns,
            way_ns,
            Math.ceil(stages.vectors(stage) / stages.copies(stage)));
      }
    }
    double port_ns =
        TileWork.transfer_ns(
            portBits,
            chip.uncore().io().links() * chip.uncore().io().bandwidth_GBps() * BITS_PER_BYTE);
    if (pipelined) {
      double enough_ns = Math.max(port_ns, slowest_ns);
      fabric_ns = traffic.mostOfAll(layers, enough_ns / link_nsPerBit) * link_nsPerBit;
      schedule.pipelined(all, Math.max(port_ns, fabric_ns));
    } else {
      schedule.layerByLayer(layers, port_ns, other_ns);
    }
  }

  /** Crossbars of a layer with its copies; 0 for a dynamic matrix. */
  double crossbars(int l) {
    int stage = stageOf[l];
    return stage < 0 ? 0 : stages.taken(stage) + sharing.more(stage);
  }

  /** Crossbars of one copy of a layer; 0 for a dynamic matrix. */
  double crossbarsOfCopy(int l) {
    return stageOf[l] < 0 ? 0 : stages.crossbars(stageOf[l]);
  }

  /** Copies of a layer; 1 for a dynamic matrix. */
  int copies(int l) {
    return stageOf[l] < 0 ? 1 : stages.copies(stageOf[l]);
  }

  /** Number of a layer among those on crossbars; −1 for a dynamic matrix. */
  int stage(int l) {
    return stageOf[l];
  }

  /** The counter, set to a layer on crossbars again. */
  LayerCounter counter(int l, ArrayUse use) {
    take(l, job.network().layers().get(l), job.precision().get(l), use);
    return counter;
  }

  /** Cells of one copy of a layer that hold a weight. */
  double usedCells(int l) {
    return usedCells[l];
  }

  /** Cells that hold a weight, copies included. */
  double usedCells() {
    double sum = 0;
    for (int l = 0; l < layers; l++) {
      sum += usedCells[l] * copies(l);
    }
    return sum;
  }

  /** Crossbars of the largest layer, one copy. */
  double largestLayer() {
    double largest = 0;
    for (int s = 0; s < stages.count(); s++) {
      largest = Math.max(largest, stages.crossbars(s));
    }
    return largest;
  }

  DigitStatistics inputDigits(int l) {
    return inputDigits[l];
  }

  DigitStatistics weightDigits(int l) {
    return weightDigits[l];
  }

  NetworkStatistics statistics() {
    return statistics;
  }

  Traffic traffic() {
    return traffic;
  }

  /** Time of the most loaded link of a pipeline; may be 0 where something else takes longer. */
  double fabric_ns() {
    return fabric_ns;
  }

  double portBits() {
    return portBits;
  }

  /**
   * Crossbar passes of an inference if every crossbar were full: each layer's passes times the
   * share of its cells that are used.
   */
  double fullPasses(double cellsPerCrossbar) {
    double sum = 0;
    for (int l = 0; l < layers; l++) {
      if (stageOf[l] >= 0) {
        double utilization = usedCells[l] / (stages.crossbars(stageOf[l]) * cellsPerCrossbar);
        sum += counts.of(l, Action.ARRAY_PASS) * utilization;
      }
    }
    return sum;
  }

  private void room() {
    if (stageOf.length < layers) {
      stageOf = new int[layers];
      usedCells = new double[layers];
      sumBits = new double[layers];
      oneTile_ns = new double[layers];
      tileFan = new double[layers];
      tileRows = new int[layers];
      inputDigits = new DigitStatistics[layers];
      weightDigits = new DigitStatistics[layers];
      cellDigits = new DigitStatistics[layers];
    }
    if (remembers && counters.length < layers) {
      counters = new LayerCounter[layers];
      Arrays.setAll(counters, l -> new LayerCounter());
    }
  }
}
