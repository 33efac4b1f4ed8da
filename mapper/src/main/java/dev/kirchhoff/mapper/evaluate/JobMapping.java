package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MappingOptions.Dynamic;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.LayerCounter;
import dev.kirchhoff.mapper.dataflow.ActivationBits;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.duplicate.Copies;
import dev.kirchhoff.mapper.duplicate.Duplication;
import dev.kirchhoff.mapper.duplicate.Stage;
import dev.kirchhoff.mapper.duplicate.Stages;
import dev.kirchhoff.mapper.schedule.PhasePlan;
import dev.kirchhoff.mapper.schedule.Schedule;
import dev.kirchhoff.mapper.schedule.TileRates;
import dev.kirchhoff.mapper.traffic.Traffic;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.ArrayList;
import java.util.List;

/**
 * One network on a chip: slice, tile, count, duplicate, place, schedule, in this order. Scratch of
 * an evaluator, reused from design to design; not safe for several threads.
 */
final class JobMapping {
  final ActionCounts counts = new ActionCounts();
  final Sharing sharing = new Sharing();

  /** Flows of the design mapped last. */
  final JobFlow run = new JobFlow(this);

  Schedule schedule;
  Stages stages;
  private Copies copies;
  private ActivationBits links;
  private ArrayUse use;
  private boolean digital;

  private final LayerArrays arrays = new LayerArrays();
  private TileRates rates;
  private Job job;
  private NetworkStatistics statistics;
  private NetworkDigits digits;
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
  void map(
      Job job,
      NetworkStatistics statistics,
      NetworkDigits digits,
      ArrayUse use,
      Design design,
      PriceTable prices) {
    this.digits = digits;
    digital = design.mapping().running().dynamic() == Dynamic.DIGITAL;
    this.job = job;
    this.use = use;
    sharing.clear(Sharing.isWanted(design.mapping()), use);
    begin(statistics);
    rates = TileRates.of(prices, design.chip().tile().units());
    count();
    links = ActivationBits.of(statistics.dataflow(), job.precision());
    List<Stage> timed = time(prices.timing().pass_ns());
    stages = Stages.of(timed, use.perTile(), granule(use, design.mapping()));
    int[] base = new int[stages.count()];
    for (int l = 0; l < layers; l++) {
      if (stageOf[l] >= 0) {
        base[stageOf[l]] = arrays.copies(l);
      }
    }
    copies = Copies.ofStages(base);
  }

  /** Begins with a network of which nothing is known. */
  private void begin(NetworkStatistics statistics) {
    this.statistics = statistics;
    List<Layer> all = job.network().layers();
    layers = all.size();
    room();
    arrays.begin(statistics, digits, layers);
    counts.clear(layers);
    macs = 0;
    int onCrossbars = 0;
    anyWritten = false;
    for (int l = 0; l < layers; l++) {
      Layer layer = all.get(l);
      macs += layer.shape().macs();
      isWritten[l] = layer.dynamic() && !digital;
      anyWritten |= isWritten[l];
      isOnCrossbars[l] = !layer.dynamic() || isWritten[l];
      stageOf[l] = -1;
      if (isOnCrossbars[l]) {
        stageOf[l] = onCrossbars++;
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
  private List<Stage> time(double pass_ns) {
    Dataflow flow = statistics.dataflow();
    List<Stage> timed = new ArrayList<>();
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
        timed.add(
            new Stage(
                flow.vectors(l),
                arrays.passes(l) * pass_ns,
                rates.time_ns(counts, l, arrays.sumsInPe(l), linkBits),
                arrays.crossbars(l)));
      } else {
        countDynamic(l, precision);
      }
    }
    counts.add(links.inputLayer(), Action.TILE_BUFFER_WRITE_BIT, links.inputBits());
    return timed;
  }

  /** Counts and times a dynamic matrix that digital units multiply. */
  private void countDynamic(int l, Precision precision) {
    Layer layer = job.network().layers().get(l);
    LayerCounter.countDynamic(counts, l, layer, precision);
    arrays.setDigital(l);
    double linkBits = MapBits.inputBits(layer, precision) + MapBits.outputBits(layer, precision);
    oneTile_ns[l] = rates.time_ns(counts, l, 0, linkBits);
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
    copies =
        pipelined
            ? Duplication.slowest(stages, budget)
            : duplication.total(stages, budget);
  }

  /**
   * Packs blocks of layers that share crossbars.
   *
   * @param tight whether layers may wait for each other
   */
  void share(boolean pipelined, boolean tight) {
    if (sharing.isOn()) {
      sharing.pack(stages, copies, pipelined, tight);
    }
  }

  /** Gives each layer crossbars of its own again. */
  void unshare() {
    sharing.unpack();
  }

  /** Counts what shared crossbars conduct beside what is read. */
  void countShared(double windowFloor) {
    if (sharing.isPacked()) {
      sharing.count(counts, stages, copies, windowFloor);
    }
  }

  /** Crossbars of all layers with their copies. */
  double crossbars() {
    double sum = crossbarsOfCopies();
    return sharing.isPacked() ? sum - sharing.saved() : sum;
  }

  /** Crossbars of all layers with their copies if none are shared. */
  double crossbarsOfCopies() {
    return stages.crossbars(copies);
  }

  /** Time of a stage with its copies, and with the others on crossbars that it shares. */
  double stageTime_ns(int stage) {
    return Math.max(stages.time_ns(stage, copies.of(stage)), sharing.waiting_ns(stage));
  }

  /** Layers that take longer than they would on crossbars of their own. */
  int waiting() {
    return sharing.waiting(stages, copies);
  }

  /** Cells of layers that {@code phases} loads, the first layer having index {@code at} there. */
  double loadedCells(PhasePlan phases, int at) {
    double sum = 0;
    for (int l = 0; l < layers; l++) {
      sum += phases.isLoaded(at + l) && !isWritten[l] ? arrays.usedCells(l) * copies(l) : 0;
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
    }
    System.arraycopy(links.aliveBefore(), 0, alive, at, layers);
  }

  /** Takes one copy of every layer. */
  void single() {
    copies = Copies.oneEach(stages.count());
  }

  /** Takes copies of the layers on crossbars. */
  void copy(Copies found) {
    copies = found;
  }

  /** Schedules the layers placed. */
  void schedule(Design design, PriceTable prices, double tiles) {
    schedule = run.schedule(design, prices, tiles);
  }

  /** Takes inferences in batches. */
  void batch(int inferences, double once_ns, boolean together) {
    schedule = schedule.inBatches(new Schedule.Batch(inferences, once_ns, together));
  }

  /** Bits that the layers take from each other and from outside. */
  ActivationBits links() {
    return links;
  }

  /** Crossbars of a layer with its copies; 0 for a dynamic matrix. */
  double crossbars(int l) {
    int stage = stageOf[l];
    return stage < 0 ? 0 : stages.price(stage, copies.of(stage)) + sharing.more(stage);
  }

  /** Crossbars of one copy of a layer; 0 for a dynamic matrix. */
  double crossbarsOfCopy(int l) {
    return stageOf[l] < 0 ? 0 : stages.crossbars(stageOf[l]);
  }

  /** Copies of a layer; 1 for a dynamic matrix. */
  int copies(int l) {
    return stageOf[l] < 0 ? 1 : copies.of(stageOf[l]);
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

  /** Digits of the layers on crossbars. */
  NetworkDigits digits() {
    return digits;
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
