package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.chip.Input;
import dev.kirchhoff.arch.chip.Tile;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MappingOptions.Overflow;
import dev.kirchhoff.arch.workload.MappingOptions.Schedule;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.DataActivity;
import dev.kirchhoff.mapper.count.LayerCounter;
import dev.kirchhoff.mapper.duplicate.Duplication;
import dev.kirchhoff.mapper.place.Placement;
import dev.kirchhoff.mapper.slice.Slicing;
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
  private static final double NS_PER_S = 1e9;

  final ActionCounts peak = new ActionCounts();
  final LayerCounter peakCounter = new LayerCounter();
  final Placement placement = new Placement();

  private final Reconfiguration reconfiguration = new Reconfiguration();
  private final Duplication duplication = new Duplication();
  private final KeptStatistics kept;
  private final boolean remembers;
  private JobMapping[] jobs = new JobMapping[0];
  private int jobCount;
  private Design design;
  private PriceTable prices;
  private ArrayUse use;
  private double tiles;
  private double crossbars;
  private double missing;
  private double reloaded;
  private double weightSum;
  private double refresh_uW;
  private boolean pipelined;

  /**
   * A mapping of one design after another.
   *
   * @param kept statistics of their networks
   * @param remembers whether layers that have not changed since the design before are cut and tiled
   *     as they were
   */
  DesignMapping(KeptStatistics kept, boolean remembers) {
    this.kept = kept;
    this.remembers = remembers;
  }

  /** Maps a design. */
  void map(Design design, PriceTable prices) {
    this.design = design;
    this.prices = prices;
    ArrayUse fresh = ArrayUse.of(design);
    use = remembers && fresh.equals(use) ? use : fresh;
    List<Job> all = design.jobs();
    room(all.size());
    double one = 0;
    weightSum = 0;
    for (int j = 0; j < jobCount; j++) {
      Job job = all.get(j);
      jobs[j].map(job, kept.of(job.network()), use, design, prices);
      one += jobs[j].stages.crossbars();
      weightSum += job.weight();
    }
    boolean fit = design.chip().tile().count() == Tile.FIT;
    double available =
        fit ? Double.POSITIVE_INFINITY : (double) design.chip().tile().count() * use.perTile();
    pipelined = design.mapping().schedule() == Schedule.PIPELINED;
    crossbars = one;
    if (duplicates() && one <= available) {
      duplicate(one, available, pipelined);
    }
    share(available, pipelined, false);
    share(available, pipelined, true);
    missing = Math.max(0, crossbars - available);
    one = crossbars;
    boolean reload = missing > 0 && design.mapping().overflow() == Overflow.RELOAD;
    if (reload && pipelined) {
      pipelined = false;
      share(available, false, true);
    }
    for (int j = 0; j < jobCount; j++) {
      jobs[j].countShared(use.windowFloor());
    }
    tiles = fit ? Math.max(1, Math.ceil(crossbars / use.perTile())) : design.chip().tile().count();
    reloaded = reload ? Math.min(one, missing + Math.min(available, largestLayer())) : 0;
    placement.set(design.chip().uncore().interconnect(), (int) tiles);
    reconfiguration.set(design.chip().uncore().interconnect(), placement.fabric(), prices, tiles);
    double at = 0;
    double other_ns = reload_ns();
    for (int j = 0; j < jobCount; j++) {
      at = jobs[j].place(at, placement, use, design, tiles, pipelined);
      jobs[j].schedule(design, prices, tiles, other_ns, pipelined);
    }
    peak();
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
  private void share(double available, boolean pipelined, boolean tight) {
    if (!JobMapping.isShared(design.mapping()) || tight && crossbars <= available) {
      return;
    }
    crossbars = 0;
    for (int j = 0; j < jobCount; j++) {
      jobs[j].share(pipelined, tight);
      crossbars += jobs[j].crossbars();
    }
  }

  private void duplicate(double one, double available, boolean pipelined) {
    double share = Math.min(design.mapping().extraCrossbars(), available / one - 1);
    crossbars = 0;
    for (int j = 0; j < jobCount; j++) {
      jobs[j].duplicate(
          duplication, Math.floor(jobs[j].stages.crossbars() * (1 + share) + 1e-9), pipelined);
      crossbars += jobs[j].stages.crossbars();
    }
  }

  private void peak() {
    peak.clear(1);
    peakCounter.setPeak(design.peakWeightBits(), design.peakInputBits(), use);
    int pulse = Slicing.bitsPerPulse(use.input(), design.peakInputBits());
    DataActivity data =
        DataActivity.of(use.weights().encoding(), pulse, design.operation().peakData());
    peakCounter.countArrays(
        peak,
        0,
        counted(data, pulse),
        data.amplitude(),
        data.conductance(use.windowFloor()),
        use.windowFloor());
  }

  /**
   * Digits that are not zero; where a digit is counted out in pulses, so many that the price of a
   * digit with the mean count of uniform data comes to the pulses of these data.
   */
  private double counted(DataActivity data, int pulse) {
    if (use.input().encoding() != Input.Encoding.PULSE_COUNT) {
      return data.pulses();
    }
    double largest = (1L << pulse) - 1;
    return data.amplitude() * largest / ((largest + 1) / 2);
  }

  private void room(int count) {
    jobCount = count;
    int had = jobs.length;
    if (had < count) {
      jobs = Arrays.copyOf(jobs, count);
      for (int j = had; j < count; j++) {
        jobs[j] = new JobMapping(remembers);
      }
    }
  }

  private double largestLayer() {
    double largest = 0;
    for (int j = 0; j < jobCount; j++) {
      largest = Math.max(largest, jobs[j].largestLayer());
    }
    return largest;
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

  /** Crossbars programmed again in each inference. */
  double reloaded() {
    return reloaded;
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

  /** Time of programming again in each inference. */
  double reload_ns() {
    return reloaded > 0 ? programming_ns(reloaded) : 0;
  }

  /** Energy of programming again in each inference: the mean crossbar's used cells. */
  double reload_fJ() {
    return reloaded > 0 ? programming_fJ(usedCells() * reloaded / crossbars) : 0;
  }

  /** What setting the switches of the fabric costs. */
  Reconfiguration reconfiguration() {
    return reconfiguration;
  }

  /** How often the switches of the fabric are set in an inference of a network. */
  double reconfigurations(int j) {
    return reconfiguration.times(jobCount, jobs[j].job().weight(), jobs[j].layers(), pipelined);
  }

  /** Time between two inferences of a network: its schedule and setting the fabric's switches. */
  double interval_ns(int j) {
    return jobs[j].schedule.interval_ns() + reconfigurations(j) * reconfiguration.once_ns();
  }

  /** Time of an inference of a network: its schedule and setting the fabric's switches. */
  double latency_ns(int j) {
    return jobs[j].schedule.latency_ns() + reconfigurations(j) * reconfiguration.once_ns();
  }

  /** Tracks that a channel of the fabric lacks, for the network that lacks most. */
  int missingTracks() {
    int most = 0;
    for (int j = 0; j < jobCount; j++) {
      most = Math.max(most, jobs[j].traffic().missingTracks(jobs[j].layers()));
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
    refresh_uW = needed ? programming_fJ(usedCells()) / (interval_s * NS_PER_S) : 0;
  }

  /** Cells that hold a weight, copies included. */
  double usedCells() {
    double sum = 0;
    for (int j = 0; j < jobCount; j++) {
      sum += jobs[j].usedCells();
    }
    return sum;
  }

  /** Time of the peak state's vector. */
  double peakVector_ns() {
    return peakCounter.passes() * prices.timing().pass_ns();
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
      case CHIP -> number;
    };
  }
}
