package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MappingOptions.Overflow;
import dev.kirchhoff.arch.workload.MappingOptions.Schedule;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.duplicate.Duplication;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.schedule.PhasePlan;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceTable;
import dev.kirchhoff.peripherals.array.ProgrammingPrice;
import java.util.Arrays;
import java.util.List;

/**
 * A design with all its networks mapped, and the peak state of one of its PEs: what evaluation and
 * explanation share. Networks share the chip and run one after another; each gets the extra
 * crossbars of its own share. Scratch, reused from design to design; not safe for several threads.
 */
final class DesignMapping {
  private static final int ATTEMPTS = 4;
  private static final double NS_PER_S = 1e9;

  final PeakState peak = new PeakState();
  private Fabric fabric;

  private final Reconfiguration reconfiguration = new Reconfiguration();
  private final Duplication duplication = new Duplication();
  private final KeptStatistics kept;
  private JobMapping[] jobs = new JobMapping[0];
  private int jobCount;
  private Design design;
  private PriceTable prices;
  private ArrayUse use;
  private final Floor floor = new Floor();
  private final Capacity capacity = new Capacity();
  private final PhaseLoading loading = new PhaseLoading(this, capacity);
  private double tiles;
  private double tilesOfChip;
  private int chips;
  private boolean onChips;
  private boolean inPhases;
  private boolean isPipelined;
  private double crossbars;
  private double missing;
  private double weightSum;
  private double refresh_uW;
  private double usedCells;

  /**
   * A mapping of one design after another.
   *
   * @param kept statistics of their networks
   */
  DesignMapping(KeptStatistics kept) {
    this.kept = kept;
  }

  /** Maps a design. */
  void map(Design design, PriceTable prices) {
    this.design = design;
    this.prices = prices;
    use = ArrayUse.of(design);
    List<Job> all = design.jobs();
    room(all.size());
    usedCells = Double.NaN;
    double one = 0;
    weightSum = 0;
    for (int j = 0; j < jobCount; j++) {
      Job job = all.get(j);
      NetworkStatistics statistics = kept.of(job.network());
      NetworkDigits digits = kept.noise().digits(design, job, statistics.values());
      jobs[j].map(job, statistics, digits, use, design, prices);
      one += jobs[j].crossbarsOfCopies();
      weightSum += job.weight();
    }
    fit(one);
    spread();
    peak.set(design, use);
  }

  /** Finds what the chip lacks, what is done about it, and the copies that it has room for. */
  private void fit(double one) {
    MappingOptions options = design.mapping();
    boolean fit = design.chip().tile().count() == Tile.FIT;
    chips = 1;
    crossbars = one;
    tilesOfChip = design.chip().tile().count();
    double perChip = fit ? Double.POSITIVE_INFINITY : tilesOfChip * use.perTile();
    onChips = !fit && options.overflow() == Overflow.CHIPS;
    if (onChips) {
      cut(perChip);
    }
    boolean anyNumber = onChips && options.running().chips() == MappingOptions.Running.FIT;
    double available = anyNumber ? Double.POSITIVE_INFINITY : perChip * chips;
    isPipelined = options.schedule() == Schedule.PIPELINED;
    boolean fits = onChips ? capacity.cut.missing() == 0 : one <= available;
    if (duplicates() && fits) {
      duplicate(one, available, perChip);
    }
    share(available, false);
    share(available, true);
    if (onChips && Sharing.isWanted(options)) {
      cut(perChip);
    }
    missing = onChips ? capacity.cut.missing() : Math.max(0, crossbars - available);
    inPhases = missing > 0 && options.overflow() == Overflow.RELOAD;
    if (inPhases) {
      isPipelined = false;
      unshare(available);
    }
    for (int j = 0; j < jobCount; j++) {
      jobs[j].countShared(use.windowFloor());
    }
    if (fit) {
      tilesOfChip = Math.max(1, Math.ceil(crossbars / use.perTile()));
    }
    tiles = tilesOfChip * chips;
  }

  /** Whether there are copies: bought, or such that fill a layer's PEs or tiles. */
  private boolean duplicates() {
    MappingOptions mapping = design.mapping();
    return mapping.floorplan() == Floorplan.SHARED
        && (mapping.extraCrossbars() > 0
            || mapping.ground().granularity() != MappingOptions.Granularity.CROSSBAR);
  }

  /**
   * Lets layers share crossbars.
   *
   * @param tight so closely that they wait for each other, unless they fit the chip without
   */
  private void share(double available, boolean tight) {
    if (!Sharing.isWanted(design.mapping()) || tight && crossbars <= available) {
      return;
    }
    crossbars = 0;
    for (int j = 0; j < jobCount; j++) {
      jobs[j].share(isPipelined, tight);
      crossbars += jobs[j].crossbars();
    }
  }

  private void unshare(double available) {
    for (int j = 0; j < jobCount; j++) {
      jobs[j].unshare();
    }
    sum();
    missing = crossbars - available;
  }

  private void sum() {
    crossbars = 0;
    for (int j = 0; j < jobCount; j++) {
      crossbars += jobs[j].crossbars();
    }
  }

  private void cut(double perChip) {
    capacity.take(this);
    capacity.cut(perChip, design.mapping().running().chips());
    chips = capacity.cut.chips();
  }

  /** What joins the tiles of a chip. */
  Fabric fabric() {
    return fabric;
  }

  /** Places and schedules all networks. */
  private void spread() {
    Interconnect interconnect = design.chip().uncore().interconnect();
    fabric = Fabric.of(interconnect, (int) tilesOfChip);
    reconfiguration.set(interconnect, fabric, prices, tiles);
    floor.set(fabric, use.perTile(), tilesOfChip, isPipelined);
    if (onChips) {
      floor.cut(capacity.cut);
    }
    if (inPhases) {
      loading.plan(duplicates());
      sum();
      floor.loadInPhases(loading.places());
    }
    for (int j = 0; j < jobCount; j++) {
      jobs[j].place(floor, design, prices);
    }
    int batch = design.mapping().running().batch();
    for (int j = 0; j < jobCount; j++) {
      jobs[j].schedule(design, prices, tiles);
      if (batch > 0 && !inPhases) {
        jobs[j].batch(batch, 0, false);
      }
    }
    if (inPhases) {
      loading.charge();
    }
  }

  /**
   * Spends extra crossbars. Chips of a given number may have no room for copies that all of them
   * together would have; then fewer are made.
   */
  private void duplicate(double one, double available, double perChip) {
    double share = Math.min(design.mapping().extraCrossbars(), available / one - 1);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++, share /= 2) {
      crossbars = 0;
      for (int j = 0; j < jobCount; j++) {
        double budget = Math.floor(jobs[j].crossbarsOfCopies() * (1 + share) + 1e-9);
        jobs[j].duplicate(duplication, budget, isPipelined);
        crossbars += jobs[j].crossbarsOfCopies();
      }
      if (!onChips) {
        return;
      }
      cut(perChip);
      if (capacity.cut.missing() == 0) {
        return;
      }
      for (int j = 0; j < jobCount; j++) {
        jobs[j].single();
      }
    }
    crossbars = one;
    cut(perChip);
  }

  private void room(int count) {
    jobCount = count;
    int had = jobs.length;
    if (had < count) {
      jobs = Arrays.copyOf(jobs, count);
      for (int j = had; j < count; j++) {
        jobs[j] = new JobMapping();
      }
    }
  }

  Design design() {
    return design;
  }

  PriceTable prices() {
    return prices;
  }

  ArrayUse use() {
    return use;
  }

  /** Number of networks. */
  int jobs() {
    return jobCount;
  }

  JobMapping job(int j) {
    return jobs[j];
  }

  /** Share of a network's inferences in all. */
  double share(int j) {
    return jobs[j].job().weight() / weightSum;
  }

  /** Tiles on the chip. */
  double tiles() {
    return tiles;
  }

  /** Crossbars that hold weights, copies included. */
  double crossbars() {
    return crossbars;
  }

  /** Crossbars on the chip. */
  double crossbarsOnChip() {
    return tiles * use.perTile();
  }

  /** Crossbars that are missing for one copy of everything. */
  double missing() {
    return missing;
  }

  /** Chips that hold the workload. */
  int chips() {
    return chips;
  }

  /** Whether weights are loaded in phases. */
  boolean inPhases() {
    return inPhases;
  }

  /** How weights are loaded in phases. */
  PhaseLoading loading() {
    return loading;
  }

  /** Copies for a budget of crossbars. */
  Duplication duplication() {
    return duplication;
  }

  /** The phases that weights are loaded in. */
  PhasePlan phases() {
    return capacity.phases;
  }

  /** The phase that a layer is loaded in; −1 if it stays. */
  int phaseOf(int j, int l) {
    return inPhases ? loading.phaseOf(j, l) : -1;
  }

  /** The chip on which a layer begins. */
  int chipOf(int j, int l) {
    return onChips ? capacity.cut.chipOf(capacity.first(j) + l) : 0;
  }

  /** Time of programming so many crossbars: one in each tile at a time. */
  double programming_ns(double number) {
    ProgrammingPrice price = prices.programming();
    double cells = (double) use.side().rows() * use.side().columns();
    return Math.ceil(number / tiles)
        * Math.ceil(cells / price.cellsAtOnce())
        * price.timePerCellGroup_ns();
  }

  /** Energy of programming so many cells. */
  double programming_fJ(double cells) {
    return cells * prices.programming().energyPerCell_fJ();
  }

  /** Cells loaded in phases for each inference of a network. */
  double loadedCells(int j) {
    return inPhases
        ? jobs[j].loadedCells(capacity.phases, capacity.first(j)) / jobs[j].schedule.inferences()
        : 0;
  }

  /** Energy of cells written for each inference of a network: weights loaded, activations. */
  double rewriting_fJ(int j) {
    return programming_fJ(loadedCells(j) + jobs[j].writtenCells());
  }

  /** Whether any cells are written for inferences. */
  boolean isRewritten() {
    boolean any = inPhases;
    for (int j = 0; j < jobCount && !any; j++) {
      any = jobs[j].anyWritten();
    }
    return any;
  }

  /** Mean time between two writes of the cells that are written most often. */
  double rewriting_ns() {
    double shortest = Double.POSITIVE_INFINITY;
    double mean_ns = 0;
    for (int j = 0; j < jobCount; j++) {
      mean_ns += share(j) * interval_ns(j);
    }
    for (int j = 0; j < jobCount; j++) {
      if (jobs[j].anyWritten()) {
        shortest = Math.min(shortest, mean_ns / share(j));
      } else if (inPhases && loadedCells(j) > 0) {
        shortest = Math.min(shortest, jobs[j].schedule.inferences() * mean_ns / share(j));
      }
    }
    return shortest;
  }

  /** What setting the switches of the fabric costs. */
  Reconfiguration reconfiguration() {
    return reconfiguration;
  }

  /** How often the switches of the fabric are set in an inference of a network. */
  double reconfigurations(int j) {
    return reconfiguration.times(jobCount, jobs[j].job().weight(), jobs[j].layers(), isPipelined);
  }

  /** Time between two inferences of a network: its schedule and setting the fabric's switches. */
  double interval_ns(int j) {
    return jobs[j].schedule.interval_ns() + reconfigurations(j) * reconfiguration.once_ns();
  }

  /** Time of an inference of a network: its schedule and setting the fabric's switches. */
  double latency_ns(int j) {
    return jobs[j].schedule.latency_ns() + reconfigurations(j) * reconfiguration.once_ns();
  }

  /** Time of a batch of a network, with setting the fabric's switches for each inference. */
  double batch_ns(int j) {
    double settings = jobs[j].schedule.inferences() * reconfigurations(j);
    return jobs[j].schedule.batch_ns() + settings * reconfiguration.once_ns();
  }

  /** Tracks that a channel of the fabric lacks, for the network that lacks most. */
  int missingTracks() {
    int most = 0;
    for (int j = 0; j < jobCount; j++) {
      most = Math.max(most, jobs[j].traffic().missingTracks());
    }
    return most;
  }

  /** Mean power of writing all weights again at every refresh; 0 if they need none. */
  double refresh_uW() {
    return refresh_uW;
  }

  /** Sets how long weights last. */
  void setRefresh(double interval_s) {
    boolean needed = interval_s > 0 && interval_s < Double.POSITIVE_INFINITY;
    refresh_uW = needed ? programming_fJ(storedCells()) / (interval_s * NS_PER_S) : 0;
  }

  /** Cells that hold a weight, copies included. */
  double usedCells() {
    if (Double.isNaN(usedCells)) {
      usedCells = 0;
      for (int j = 0; j < jobCount; j++) {
        usedCells += jobs[j].usedCells();
      }
    }
    return usedCells;
  }

  /** Cells that hold a stored weight, copies included. */
  double storedCells() {
    double sum = usedCells();
    for (int j = 0; j < jobCount; j++) {
      sum -= jobs[j].writtenCells();
    }
    return sum;
  }

  /** Crossbars that hold stored weights, copies included. */
  double storedCrossbars() {
    double sum = crossbars;
    for (int j = 0; j < jobCount; j++) {
      for (int l = 0; l < jobs[j].layers() && jobs[j].anyWritten(); l++) {
        sum -= jobs[j].isWritten(l) ? jobs[j].crossbars(l) : 0;
      }
    }
    return sum;
  }

  /** Time of the peak state's vector. */
  double peakVector_ns() {
    return peak.passes() * prices.timing().pass_ns();
  }

  /** PEs on the chip. */
  double pes() {
    return tiles * design.chip().pe().perTile();
  }

  /** Instances of a part on the chip. */
  double instances(Part part) {
    double number = prices.instances(part);
    return switch (part.level()) {
      case PE -> number * pes();
      case TILE -> number * tiles;
      case CHIP -> number * chips;
    };
  }
}
