package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MappingOptions.Dynamic;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.LayerCounter;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.duplicate.Duplication;
import dev.kirchhoff.mapper.duplicate.Stages;
import dev.kirchhoff.mapper.fidelity.DigitStatistics;
import dev.kirchhoff.mapper.traffic.Traffic;
import dev.kirchhoff.mapper.schedule.Phases;
import dev.kirchhoff.mapper.schedule.Schedule;
import dev.kirchhoff.mapper.schedule.TileWork;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.List;

/**
 * One network on a chip: slice, tile, count, duplicate, place, schedule, in this order. Scratch of
 * an evaluator, reused from design to design; not safe for several threads.
 */
final class JobMapping {
  final ActionCounts counts = new ActionCounts();
  final Stages stages = new Stages();
  final Sharing sharing = new Sharing();

  private final LayerLinks links = new LayerLinks();

  /** Flows and schedule of the design mapped last. */
  final JobFlow run = new JobFlow(this, links);

  final Schedule schedule = run.schedule;

  private ArrayUse use;
  private boolean digital;

  private final LayerArrays arrays = new LayerArrays();
  private final TileWork tileWork = new TileWork();
  private Job job;
  private NetworkStatistics statistics;
  private int layers;
  private int[] stageOf = new int[32];
  private double[] oneTile_ns = new double[32];
  private boolean[] isOnCrossbars = new boolean[32];
  private boolean[] isWritten = new boolean[32];
  private boolean anyWritten;
  private double macs;
  private double dynamic_ns;

  Job job() {
    return job;
  }

  /** Use of crossbars that the layers have been counted for. */
  ArrayUse use() {
    return use;
  }

  int layers() {
    return layers;
  }

  /** Multiply-accumulates of an inference. */
  double macs() {
    return macs;
  }

  /** Counts everything but the fabric, with one copy of every layer. */
  void map(Job job, NetworkStatistics statistics, ArrayUse use, Design design, PriceTable prices) {
    digital = design.mapping().running().dynamic() == Dynamic.DIGITAL;
    this.job = job;
    this.use = use;
    sharing.clear(Sharing.isWanted(design.mapping()), use);
    begin(statistics, design.mapping());
    tileWork.set(prices, design.chip().tile().units());
    count();
    links.set(this);
    time(prices.timing().pass_ns());
    for (int l = 0; l < layers; l++) {
      if (stageOf[l] >= 0) {
        stages.setCopies(stageOf[l], arrays.copies(l));
      }
    }
  }

  /** Begins with a network of which nothing is known. */
  private void begin(NetworkStatistics statistics, MappingOptions mapping) {
    this.statistics = statistics;
    List<Layer> all = job.network().layers();
    layers = all.size();
    room();
    arrays.begin(statistics, layers);
    counts.clear(layers);
    stages.clear(use.perTile(), granule(use, mapping));
    macs = 0;
    anyWritten = false;
    for (int l = 0; l < layers; l++) {
      Layer layer = all.get(l);
      macs += layer.shape().macs();
      isWritten[l] = layer.dynamic() && !digital;
      anyWritten |= isWritten[l];
      isOnCrossbars[l] = !layer.dynamic() || isWritten[l];
      stageOf[l] = -1;
      if (isOnCrossbars[l]) {
        stageOf[l] = stages.count();
        stages.add(statistics.dataflow().vectors(l), 0, 0, 0);
      }
    }
  }

  /** Counts what crossbars do for layers; equal layers of one precision are counted once. */
  private void count() {
    List<Precision> precisions = job.precision();
    List<Layer> all = job.network().layers();
    for (int l = 0; l < layers; l++) {
      if (isOnCrossbars[l]) {
        int like = statistics.alike(l);
        Precision precision = precisions.get(l);
        if (like != l && !sharing.isOn() && precision.equals(precisions.get(like))) {
          arrays.copy(l, like, counts);
        } else {
          arrays.count(l, all.get(l), precision, use, counts, sharing);
        }
      }
    }
  }

  /** Counts digital work and times layers. */
  private void time(double pass_ns) {
    Dataflow flow = statistics.dataflow();
    dynamic_ns = 0;
    for (int l = 0; l < layers; l++) {
      Precision precision = job.precision().get(l);
      statistics.digital().count(counts, l, precision.outputs());
      if (isOnCrossbars[l]) {
        Layer layer = job.network().layers().get(l);
        double inputBits =
            isWritten[l]
                ? MapBits.inputBits(layer, precision)
                : flow.inputValues(l) * precision.inputs();
        double linkBits =
            inputBits * arrays.tileFan(l)
                + 2 * arrays.sumBits(l)
                + flow.outputValues(l) * precision.outputs();
        stages.set(
            stageOf[l],
            arrays.passes(l) * pass_ns,
            tileWork.time_ns(counts, l, arrays.sumsInPe(l), linkBits),
            arrays.crossbars(l));
      } else {
        countDynamic(l, precision);
      }
    }
    counts.add(links.inputLayer(), Action.TILE_BUFFER_WRITE_BIT, links.inputBits());
  }

  /** Counts and times a dynamic matrix that digital units multiply. */
  private void countDynamic(int l, Precision precision) {
    Layer layer = job.network().layers().get(l);
    LayerCounter.countDynamic(counts, l, layer, precision);
    arrays.setDigital(l);
    double linkBits = MapBits.inputBits(layer, precision) + MapBits.outputBits(layer, precision);
    oneTile_ns[l] = tileWork.time_ns(counts, l, 0, linkBits);
    dynamic_ns += oneTile_ns[l];
  }

  /** Crossbars of which a layer takes whole multiples; own tiles are whole already. */
  static int granule(ArrayUse use, MappingOptions mapping) {
    if (mapping.floorplan() != Floorplan.SHARED) {
      return 1;
    }
    return switch (mapping.ground().granularity()) {
      case CROSSBAR -> 1;
      case PE -> use.perPe();
      case TILE -> use.perTile();
    };
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

  /** Gives each layer crossbars of its own again. */
  void unshare() {
    sharing.unpack(stages);
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

  /** Cells of layers that {@code phases} loads, the first layer having index {@code at} there. */
  double loadedCells(Phases phases, int at) {
    double sum = 0;
    for (int l = 0; l < layers; l++) {
      sum += phases.phaseOf(at + l) >= 0 && !isWritten[l] ? arrays.usedCells(l) * copies(l) : 0;
    }
    return sum;
  }

  /** Cells that are written with activations in each inference. */
  double writtenCells() {
    double sum = 0;
    for (int l = 0; l < layers && anyWritten; l++) {
      sum += isWritten[l] ? arrays.usedCells(l) * copies(l) : 0;
    }
    return sum;
  }

  /** Places the layers, from where the floor is free, and finds what they send. */
  void place(Floor floor, Design design, PriceTable prices) {
    run.place(floor, design, prices);
  }

  /**
   * Writes what each layer stands on and what is alive before it.
   *
   * @param at index of the first layer in the arrays
   */
  void describe(int at, double[] crossbars, double[] stored, double[] alive) {
    for (int l = 0; l < layers; l++) {
      crossbars[at + l] = crossbars(l);
      stored[at + l] = isWritten(l) ? 0 : crossbars(l);
      alive[at + l] = 0;
    }
    links.addAlive(at, alive);
  }

  /** Takes one copy of every layer. */
  void single() {
    for (int s = 0; s < stages.count(); s++) {
      stages.setCopies(s, 1);
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
    return arrays.counter(job.network().layers().get(l), job.precision().get(l), use);
  }

  /** Cells of one copy of a layer that hold a weight. */
  double usedCells(int l) {
    return arrays.usedCells(l);
  }

  /** Cells that hold a weight, copies included. */
  double usedCells() {
    double sum = 0;
    for (int l = 0; l < layers; l++) {
      sum += arrays.usedCells(l) * copies(l);
    }
    return sum;
  }

  /** Digits of the inputs of a layer on crossbars. */
  DigitStatistics inputDigits(int l) {
    return arrays.inputDigits(l);
  }

  /** Digits of the weights of a layer on crossbars. */
  DigitStatistics weightDigits(int l) {
    return arrays.weightDigits(l);
  }

  NetworkStatistics statistics() {
    return statistics;
  }

  /** Whether any layer's crossbars are written with activations. */
  boolean anyWritten() {
    return anyWritten;
  }

  /** Whether a layer's crossbars are written with activations in each inference. */
  boolean isWritten(int l) {
    return isWritten[l];
  }

  /** Bits of partial sums that a layer sends from tile to tile. */
  double sumBits(int l) {
    return arrays.sumBits(l);
  }

  /** Tiles that hold rows of the same column of a layer. */
  int tileRows(int l) {
    return arrays.tileRows(l);
  }

  /** What the layers send over the fabric. */
  Traffic traffic() {
    return run.traffic();
  }

  /** Time of the most loaded link of a pipeline; may be 0 where something else takes longer. */
  double fabric_ns() {
    return run.fabric_ns();
  }

  /** Tiles that want the same input value of a layer. */
  double tileFan(int l) {
    return arrays.tileFan(l);
  }

  /** Time of a dynamic matrix, of all of them if they share the tiles, on one tile. */
  double dynamic_ns(int l, boolean shared) {
    return shared ? dynamic_ns : oneTile_ns[l];
  }

  /**
   * Crossbar passes of an inference if every crossbar were full: each layer's passes times the
   * share of its cells that are used.
   */
  double fullPasses(double cellsPerCrossbar) {
    double sum = 0;
    for (int l = 0; l < layers; l++) {
      if (stageOf[l] >= 0) {
        double utilization =
            arrays.usedCells(l) / (stages.crossbars(stageOf[l]) * cellsPerCrossbar);
        sum += counts.of(l, Action.ARRAY_PASS) * utilization;
      }
    }
    return sum;
  }

  private void room() {
    if (stageOf.length < layers) {
      stageOf = new int[layers];
      oneTile_ns = new double[layers];
      isOnCrossbars = new boolean[layers];
      isWritten = new boolean[layers];
    }
  }
}
