package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MappingOptions.Dynamic;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.LayerCounter;
import dev.kirchhoff.mapper.duplicate.Duplication;
import dev.kirchhoff.mapper.duplicate.Stages;
import dev.kirchhoff.mapper.fidelity.DigitStatistics;
import dev.kirchhoff.mapper.place.Traffic;
import dev.kirchhoff.mapper.schedule.Dataflow;
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
  final ActionCounts counts = new ActionCounts();
  final Stages stages = new Stages();
  final JobFlow run = new JobFlow(this);
  final Schedule schedule = run.schedule;

  final Sharing sharing = new Sharing();

  private final boolean remembers;
  private ArrayUse use;
  private boolean digital;
  private double pass_ns;

  /** Whether a layer's counts are those of this design alone, not of the one before. */
  private boolean[] isFresh = new boolean[32];

  /** What the buffers of the layer that takes the network's input are written with beside it. */
  private double writtenInside;

  private LayerCounter[] counters = {new LayerCounter()};
  private LayerCounter counter = counters[0];
  private final TileWork tileWork = new TileWork();
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
  private double[] crossbars = new double[32];
  private double[] passes = new double[32];
  private double[] sumsInTile = new double[32];
  private double[] sumsInPe = new double[32];
  private int[] copies = new int[32];
  private boolean[] isCopied = new boolean[32];
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
  }

  Job job() {
    return job;
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
    boolean isShared = isShared(design.mapping());
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
    if (changed) {
      run.link(job, statistics.dataflow(), layers);
    }
    if (changed || !sameRates) {
      time(sameRates);
    }
    for (int l = 0; l < layers; l++) {
      if (stageOf[l] >= 0) {
        stages.setCopies(stageOf[l], copies[l]);
      }
    }
    counts.clearOutside();
  }

  /** Begins with a network of which nothing is known. */
  private void begin(NetworkStatistics statistics, MappingOptions mapping) {
    if (statistics != this.statistics) {
      this.statistics = statistics;
      Arrays.fill(inputDigits, null);
    }
    List<Layer> all = job.network().layers();
    layers = all.size();
    room();
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
      isFresh[l] = before == null || !now.get(l).equals(before.get(l));
      any |= isFresh[l];
      if (isFresh[l] && before != null) {
        counts.clear(l, l + 1);
      }
      if (isFresh[l] && isOnCrossbars[l]) {
        countArrays(l, all.get(l), use);
        sumsInPe[l] = counts.of(l, Action.ADD) - sumsInTile[l];
      }
    }
    return any;
  }

  /**
   * Counts digital work and times layers.
   *
   * @param freshOnly those alone whose counts are this design's
   */
  private void time(boolean freshOnly) {
    int first = run.inputLayer();
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
            inputBits * tileFan[l] + 2 * sumBits[l] + flow.outputValues(l) * precision.outputs();
        stages.set(
            stageOf[l],
            passes[l] * pass_ns,
            tileWork.time_ns(counts, l, sumsInPe[l], linkBits),
            crossbars[l]);
      } else if (!isOnCrossbars[l]) {
        countDynamic(l, precision);
      }
    }
    writtenInside = counts.of(first, Action.TILE_BUFFER_WRITE_BIT);
    counts.add(first, Action.TILE_BUFFER_WRITE_BIT, run.inputBits());
  }

  /** Counts and times a dynamic matrix that digital units multiply. */
  private void countDynamic(int l, Precision precision) {
    Layer layer = job.network().layers().get(l);
    if (isFresh[l]) {
      LayerCounter.countDynamic(counts, l, layer, precision);
      usedCells[l] = 0;
      sumBits[l] = 0;
      tileFan[l] = 1;
      tileRows[l] = 1;
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

  /** Whether layers share crossbars: not where they have tiles or PEs of their own. */
  static boolean isShared(MappingOptions mapping) {
    return mapping.ground().share()
        && mapping.floorplan() == Floorplan.SHARED
        && mapping.ground().granularity() == MappingOptions.Granularity.CROSSBAR;
  }

  /** Counts what crossbars do for a layer; the same as for one before it that is alike. */
  private void countArrays(int l, Layer layer, ArrayUse use) {
    Precision precision = job.precision().get(l);
    int like = statistics.alike(l);
    if (like != l
        && isFresh[like]
        && !sharing.isOn()
        && precision.equals(job.precision().get(like))) {
      copy(l, like);
      return;
    }
    boolean changed = take(l, layer, precision, use);
    if (changed || inputDigits[l] == null || isCopied[l]) {
      setDigits(l, precision, use);
    }
    isCopied[l] = false;
    double amplitude = inputDigits[l].meanShare();
    double conductance = cellDigits[l].conductanceShare(use.windowFloor());
    counter.countArrays(
        counts, l, inputDigits[l].pulses(), amplitude, conductance, use.windowFloor());
    sharing.take(counter, use, l, amplitude, conductance);
    crossbars[l] = counter.crossbars();
    copies[l] = counter.copies();
    passes[l] = counter.passes();
    sumsInTile[l] = counter.sumsInTile();
    usedCells[l] = counter.usedCells();
    sumBits[l] = counter.sumBitsBetweenTiles();
    tileFan[l] = counter.tileFan();
    tileRows[l] = counter.tileRows();
  }

  private void copy(int l, int like) {
    counts.copy(l, like);
    isCopied[l] = true;
    inputDigits[l] = inputDigits[like];
    weightDigits[l] = weightDigits[like];
    cellDigits[l] = cellDigits[like];
    crossbars[l] = crossbars[like];
    copies[l] = copies[like];
    passes[l] = passes[like];
    sumsInTile[l] = sumsInTile[like];
    usedCells[l] = usedCells[like];
    sumBits[l] = sumBits[like];
    tileFan[l] = tileFan[like];
    tileRows[l] = tileRows[like];
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
      sum += phases.phaseOf(at + l) >= 0 && !isWritten[l] ? usedCells[l] * copies(l) : 0;
    }
    return sum;
  }

  /** Cells that are written with activations in each inference. */
  double writtenCells() {
    double sum = 0;
    for (int l = 0; l < layers && anyWritten; l++) {
      sum += isWritten[l] ? usedCells[l] * copies(l) : 0;
    }
    return sum;
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

  /** Digits of the inputs of a layer on crossbars. */
  DigitStatistics inputDigits(int l) {
    return inputDigits[l];
  }

  /** Digits of the weights of a layer on crossbars. */
  DigitStatistics weightDigits(int l) {
    return weightDigits[l];
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
    return sumBits[l];
  }

  /** Tiles that hold rows of the same column of a layer. */
  int tileRows(int l) {
    return tileRows[l];
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
    return tileFan[l];
  }

  /** The stage of a layer on crossbars; −1 of a digital one. */
  int stageOf(int l) {
    return stageOf[l];
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
      crossbars = new double[layers];
      passes = new double[layers];
      sumsInTile = new double[layers];
      sumsInPe = new double[layers];
      isFresh = new boolean[layers];
      copies = new int[layers];
      isCopied = new boolean[layers];
      isOnCrossbars = new boolean[layers];
      isWritten = new boolean[layers];
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
