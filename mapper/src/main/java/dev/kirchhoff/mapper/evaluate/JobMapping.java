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
import dev.kirchhoff.mapper.place.Traffic;
import dev.kirchhoff.mapper.schedule.Phases;
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
  /** Placements that a search tries before it comes back to one of them (assumed). */
  private static final int PLACEMENTS_KEPT = 16;

  final ActionCounts counts = new ActionCounts();
  final Stages stages = new Stages();
  final Sharing sharing = new Sharing();

  /** Flows and schedule of the design mapped last. */
  JobFlow run;

  Schedule schedule;

  private final LayerLinks links = new LayerLinks();
  private final SentLayers sent = new SentLayers();
  private final KeptFlows flows;
  private final KeptCopies keptCopies;
  private final boolean remembers;
  private ArrayUse use;
  private boolean digital;
  private double pass_ns;

  /** Whether a layer's counts are those of this design alone, not of the one before. */
  private boolean[] isFresh = new boolean[32];

  /** Stands for what the layers' digits are, another object whenever any layer is counted. */
  private Object version = new Object();

  private Object versionBefore = version;

  /** What the buffers of the layer that takes the network's input are written with beside it. */
  private double writtenInside;

  private final LayerArrays arrays;
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

  /**
   * A network's mapping.
   *
   * @param remembers whether a layer that has not changed since the design before is cut and tiled
   *     as it was
   */
  JobMapping(boolean remembers) {
    this.remembers = remembers;
    arrays = new LayerArrays(remembers);
    flows = new KeptFlows(this, links, remembers ? PLACEMENTS_KEPT : 1);
    keptCopies = new KeptCopies(remembers ? PLACEMENTS_KEPT : 0);
  }

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

  /**
   * Counts everything but the fabric, with one copy of every layer. A mapping that remembers counts
   * only layers whose precision has changed since the design before, if crossbars are the same.
   */
  void map(Job job, NetworkStatistics statistics, ArrayUse use, Design design, PriceTable prices) {
    boolean wasDigital = digital;
    digital = design.mapping().running().dynamic() == Dynamic.DIGITAL;
    boolean isShared = Sharing.isWanted(design.mapping());
    boolean keeps =
        remembers
            && statistics == this.statistics
            && use == this.use
            && digital == wasDigital
            && !isShared
            && !sharing.isOn();
    List<Precision> before = keeps ? this.job.precision() : null;
    this.job = job;
    this.use = use;
    sharing.clear(isShared, use);
    if (keeps) {
      stages.setGround(use.perTile(), granule(use, design.mapping()));
    } else {
      begin(statistics, design.mapping());
    }
    boolean sameRates = tileWork.set(prices, design.chip().tile().units());
    sameRates &= prices.timing().pass_ns() == pass_ns;
    pass_ns = prices.timing().pass_ns();
    boolean changed = count(before);
    versionBefore = version;
    if (changed) {
      version = new Object();
      links.set(this);
    }
    if (changed || !sameRates) {
      time(sameRates);
    }
    if (changed) {
      sent.set(this);
    }
    for (int l = 0; l < layers; l++) {
      if (stageOf[l] >= 0) {
        stages.setCopies(stageOf[l], arrays.copies(l));
      }
    }
    counts.clearOutside();
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

  /**
   * Counts what layers do, those alone whose precision is not what it was.
   *
   * @param before precision of the layers whose counts are there; null if none are
   * @return whether any have been counted
   */
  private boolean count(List<Precision> before) {
    List<Precision> now = job.precision();
    if (now == before) {
      Arrays.fill(isFresh, 0, layers, false);
      return false;
    }
    List<Layer> all = job.network().layers();
    boolean any = false;
    for (int l = 0; l < layers; l++) {
      Precision precision = now.get(l);
      isFresh[l] = before == null || isOther(precision, before.get(l));
      any |= isFresh[l];
      if (isFresh[l] && before != null) {
        counts.clear(l, l + 1);
      }
      if (isFresh[l] && isOnCrossbars[l]) {
        int like = statistics.alike(l);
        if (like != l && isFresh[like] && !sharing.isOn() && precision.equals(now.get(like))) {
          arrays.copy(l, like, counts);
        } else {
          arrays.count(l, all.get(l), precision, use, counts, sharing);
        }
      }
    }
    return any;
  }

  private static boolean isOther(Precision a, Precision b) {
    return a != b && !a.equals(b);
  }

  /**
   * Counts digital work and times layers.
   *
   * @param freshOnly those alone whose counts are this design's
   */
  private void time(boolean freshOnly) {
    int first = links.inputLayer();
    if (!isFresh[first]) {
      counts.set(first, Action.TILE_BUFFER_WRITE_BIT, writtenInside);
    }
    Dataflow flow = statistics.dataflow();
    dynamic_ns = 0;
    for (int l = 0; l < layers; l++) {
      Precision precision = job.precision().get(l);
      if (isFresh[l]) {
        statistics.digital().count(counts, l, precision.outputs());
      }
      if (isOnCrossbars[l] && (isFresh[l] || !freshOnly)) {
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
      } else if (!isOnCrossbars[l]) {
        countDynamic(l, precision);
      }
    }
    writtenInside = counts.of(first, Action.TILE_BUFFER_WRITE_BIT);
    counts.add(first, Action.TILE_BUFFER_WRITE_BIT, links.inputBits());
  }

  /** Counts and times a dynamic matrix that digital units multiply. */
  private void countDynamic(int l, Precision precision) {
    Layer layer = job.network().layers().get(l);
    if (isFresh[l]) {
      LayerCounter.countDynamic(counts, l, layer, precision);
      arrays.setDigital(l);
    }
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
    keptCopies.spend(duplication, stages, budget, pipelined);
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
    sent.stand(this);
    run = flows.of(sent, floor, design.chip().uncore().interconnect());
    schedule = run.schedule;
    run.place(sent, floor, design, prices, flows.standing());
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
    return arrays.counter(l, job.network().layers().get(l), job.precision().get(l), use);
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

  /** Stands for the layers' digits: the same object as long as none of them has changed. */
  Object version() {
    return version;
  }

  /** The same of the design before. */
  Object versionBefore() {
    return versionBefore;
  }

  /** Whether a layer's digits may be others than in the design before. */
  boolean isFresh(int l) {
    return isFresh[l];
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
      isFresh = new boolean[layers];
      isOnCrossbars = new boolean[layers];
      isWritten = new boolean[layers];
    }
  }
}
