package dev.kirchhoff.mapper.bound;

import dev.kirchhoff.arch.chip.Interconnect;
import dev.kirchhoff.arch.design.Design;
import dev.kirchhoff.arch.workload.Job;
import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.arch.workload.MappingOptions.Batching;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MappingOptions.Granularity;
import dev.kirchhoff.arch.workload.MappingOptions.Overflow;
import dev.kirchhoff.arch.workload.MappingOptions.Schedule;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.dataflow.ActivationBits;
import dev.kirchhoff.mapper.dataflow.Dataflow;
import dev.kirchhoff.mapper.duplicate.Stage;
import dev.kirchhoff.mapper.duplicate.Stages;
import dev.kirchhoff.mapper.evaluate.Evaluator;
import dev.kirchhoff.mapper.evaluate.Ledger;
import dev.kirchhoff.mapper.evaluate.PartInstances;
import dev.kirchhoff.mapper.fabric.Fabric;
import dev.kirchhoff.mapper.fabric.Pitches;
import dev.kirchhoff.mapper.mapping.CrossbarSharing;
import dev.kirchhoff.mapper.mapping.NextLevel;
import dev.kirchhoff.mapper.mapping.ProgramCounts;
import dev.kirchhoff.mapper.mapping.ProgramTimes;
import dev.kirchhoff.mapper.schedule.LayerTime;
import dev.kirchhoff.mapper.schedule.TileRates;
import dev.kirchhoff.mapper.tile.BlockShape;
import dev.kirchhoff.peripherals.Action;
import dev.kirchhoff.peripherals.Part;
import dev.kirchhoff.peripherals.PriceLine;
import dev.kirchhoff.peripherals.PriceTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Costs of a network's layers on a priced chip before anything is mapped: by layer and option of
 * its precision the energy of its actions, and the stage that duplication sees; area and static
 * power by the number of crossbars that are taken. Of every design on that chip,
 *
 * <pre>
 *   energy &gt;= Σ_l work(l, option) + static(crossbars) x interval
 *   area    = area(crossbars)</pre>
 *
 * <p>where the work has the least traffic between tiles, and maps that no buffer holds and
 * refreshing are left out, so that the energy is a lower bound. Within a PE ({@link Scope#PE}) the
 * parts of tiles and of the chip are left out too: a bound whatever these are. By crossbars ({@link
 * Scope#CROSSBARS}) a chip of the most crossbars a PE bounds those of fewer as well: it takes the
 * least area and static power a crossbar, and but for accesses to registers, which are left out, no
 * action is cheaper elsewhere (tested on random designs, not proved).
 */
public final class LayerCosts {
  private static final Part[] PARTS = Part.values();

  /** Parts whose accesses are dearer where a PE has more crossbars. */
  private static final Set<Part> GROWING = EnumSet.of(Part.INPUT_REGISTER, Part.OUTPUT_REGISTER);

  /** Tolerance of a sum of crossbars, which are whole. */
  private static final double WHOLE = 1e-6;

  /** Parts whose costs are counted. */
  public enum Scope {
    /** Parts of PEs, whatever number of crossbars they have. */
    CROSSBARS,
    /** Parts of PEs. */
    PE,
    /** All. */
    CHIP
  }

  private final Scope scope;
  private final PriceTable prices;
  private final Interconnect interconnect;
  private final int perPe;
  private final int perTile;
  private final ProgramCounts counts;
  private final List<Stages> stages;
  private final double[][] work_fJ;
  private final Stage[][] stageOf;
  private final double port_ns;
  private final double input_ns;
  private final double fill_ns;

  private LayerCosts(
      Scope scope,
      Design design,
      PriceTable prices,
      NextLevel level,
      ProgramCounts counts,
      List<ActionCounts> actions,
      List<Stages> stages) {
    this.scope = scope;
    this.prices = prices;
    interconnect = design.chip().uncore().interconnect();
    perPe = design.chip().crossbar().perPe();
    perTile = perPe * design.chip().pe().perTile();
    this.counts = counts;
    this.stages = List.copyOf(stages);
    work_fJ = new double[counts.layers()][stages.size()];
    stageOf = new Stage[counts.layers()][stages.size()];
    for (int l = 0; l < work_fJ.length; l++) {
      for (int o = 0; o < stages.size(); o++) {
        work_fJ[l][o] = sum(actions.get(o), l);
        stageOf[l][o] = stages.get(o).stage(counts.stage(l));
      }
    }
    double nsPerBit = scope == Scope.CHIP ? level.port_nsPerBit() : 0;
    input_ns = counts.bits().inputBits() * nsPerBit;
    port_ns = input_ns + counts.bits().map(counts.layers() - 1) * nsPerBit;
    fill_ns = LayerTime.PIPELINE_DEPTH * prices.timing().pass().pass_ns();
  }

  private double sum(ActionCounts actions, int layer) {
    double[] sum = new double[1];
    Ledger.rows(
        actions,
        layer,
        (line, count) -> sum[0] += isSpent(line.part()) ? count * prices.price(line) : 0);
    return sum[0];
  }

  /**
   * Obstacle to costs of layers each by itself: its place in the spec and the reason; empty where
   * there is none.
   */
  public static Optional<String> obstacle(Design design) {
    MappingOptions mapping = design.mapping();
    if (design.jobs().size() != 1) {
      return Optional.of("workload: several networks, or none");
    }
    if (design.jobs().get(0).isKernel()) {
      return Optional.of("workload: a kernel");
    }
    if (design.jobs().get(0).network().layers().stream()
        .anyMatch(layer -> layer.dynamic() || layer.matrix().reused().isPresent())) {
      return Optional.of("workload: layers that multiply activations, or share a matrix");
    }
    if (design.chip().tile().count().isPresent()) {
      return Optional.of("chip.tile.count: a given number of tiles");
    }
    if (mapping.schedule() != Schedule.PIPELINED) {
      return Optional.of("mapping.schedule: layer by layer");
    }
    if (mapping.overflow() == Overflow.CHIPS) {
      return Optional.of("mapping.overflow: several chips");
    }
    boolean isPlain =
        mapping.floorplan() == Floorplan.SHARED
            && mapping.allocation().granularity() == Granularity.CROSSBAR
            && !CrossbarSharing.isWanted(mapping)
            && mapping.batching().equals(Batching.STREAM)
            && !ArrayUse.of(design).takesTurns();
    return isPlain
        ? Optional.empty()
        : Optional.of("mapping: layers that share crossbars or have tiles of their own, batches");
  }

  /**
   * Costs of the layers of a design's network.
   *
   * @param design a design without {@link #obstacle}; its precision is that its chip is built for
   * @param prices prices of its chip
   * @param options by option, the precision of every layer
   */
  public static LayerCosts of(
      Evaluator evaluator,
      Design design,
      PriceTable prices,
      List<List<Precision>> options,
      Scope scope) {
    ArrayUse use = ArrayUse.of(design);
    TileRates rates = TileRates.of(prices.timing(), design.chip().tile().units());
    NextLevel level = NextLevel.of(design.chip(), prices.timing());
    Interconnect interconnect = design.chip().uncore().interconnect();
    Job job = design.jobs().get(0);
    List<ProgramCounts> counted = new ArrayList<>();
    List<ActionCounts> actions = new ArrayList<>();
    List<Stages> stages = new ArrayList<>();
    for (List<Precision> option : options) {
      ProgramCounts counts = evaluator.counts(design, new Job(job.network(), option, job.weight()));
      counted.add(counts);
      actions.add(
          scope == Scope.CHIP ? actions(counts, use, level, interconnect) : counts.actions());
      Stages own =
          ProgramTimes.of(counts, rates, prices.timing().pass(), false, use.perTile(), 1).stages();
      stages.add(scope == Scope.CHIP ? own : own.onOwnTiles());
    }
    return new LayerCosts(scope, design, prices, level, counted.get(0), actions, stages);
  }

  /**
   * Actions of an inference that any mapping has: inside the tiles, of the network's input and
   * output, and of the least traffic between tiles.
   */
  private static ActionCounts actions(
      ProgramCounts counts, ArrayUse use, NextLevel level, Interconnect interconnect) {
    ActionCounts.Builder actions = counts.withInput();
    ActivationBits bits = counts.bits();
    int last = counts.layers() - 1;
    level.count(actions, bits.inputLayer(), bits.inputBits());
    level.count(actions, last, bits.map(last));
    LeastHops hops = LeastHops.of(interconnect);
    double pitches = Fabric.of(interconnect, 1).pitches().hop();
    for (int l = 0; l <= last; l++) {
      double bitHops = bitHops(counts, l, use, hops);
      actions.add(l, Action.HOP_BIT, bitHops);
      actions.add(l, Action.PITCH_BIT, bitHops * pitches);
    }
    return actions.build();
  }

  /**
   * The least bits times hops of a layer, wherever its crossbars and those of its producers lie.
   * Partial sums go from each tile of a copy to the next, all of them where the border lies neither
   * in its first nor in its last row block. Inputs come from other tiles, but for those of row
   * blocks in one tile, which may be the one in which they are made.
   */
  private static double bitHops(ProgramCounts counts, int layer, ArrayUse use, LeastHops hops) {
    CrossbarMapping mapping = counts.mapping(layer).orElseThrow();
    BlockShape blocks = mapping.blocks(counts.layer(layer).shape(), use);
    if (blocks.groups() != 1 || blocks.squares().isPresent()) {
      return 0;
    }
    double across = blocks.across();
    double rows = blocks.rows();
    double sums = 0;
    if (across <= use.perTile()) {
      double borders = Math.floor(Math.max(0, rows - 2) * across / use.perTile());
      sums = mapping.outputSumBits() * hops.along(borders);
    }
    ActivationBits bits = counts.bits();
    Dataflow flow = counts.flow();
    double inOneTile = Math.floor(use.perTile() / across) + 2;
    double elsewhere = Math.max(0, 1 - inOneTile / blocks.down());
    double read = 0;
    for (int i = flow.firstRead(layer); i < flow.firstRead(layer + 1); i++) {
      read += Dataflow.isInput(flow.read(i)) ? 0 : bits.read(i);
    }
    return sums + read * elsewhere * hops.apart();
  }

  private boolean counts(Part part) {
    return scope == Scope.CHIP || part.level() == Part.Level.PE;
  }

  private boolean isSpent(Part part) {
    return counts(part) && !(scope == Scope.CROSSBARS && GROWING.contains(part));
  }

  /** True if parts of tiles are counted, and their times. */
  boolean hasTiles() {
    return scope == Scope.CHIP;
  }

  /** Number of layers. */
  public int layers() {
    return work_fJ.length;
  }

  /** Number of options. */
  public int options() {
    return stages.size();
  }

  /** By layer and option the energy of its actions; nobody changes it. */
  double[][] work_fJ() {
    return work_fJ;
  }

  /** Crossbars of one copy of a layer. */
  public double crossbars(int layer, int option) {
    return stages.get(option).crossbars(counts.stage(layer));
  }

  /** Input vectors of a layer. */
  double vectors(int layer) {
    return stages.get(0).vectors(counts.stage(layer));
  }

  /** Time of a layer with d copies. */
  double time_ns(int layer, int option, double copies) {
    return stages.get(option).time_ns(counts.stage(layer), copies);
  }

  /** The fewest copies with which a layer takes at most a time; infinite if none do. */
  double copiesFor(int layer, int option, double limit_ns) {
    return stages.get(option).copiesFor(counts.stage(layer), limit_ns);
  }

  /** The stage of a layer. */
  Stage stage(int layer, int option) {
    return stageOf[layer][option];
  }

  /** Crossbars of a tile. */
  int perTile() {
    return perTile;
  }

  /** The least area of a chip for the fewest crossbars of every layer, one copy each. */
  public double leastArea_um2() {
    double crossbars = 0;
    for (int l = 0; l < layers(); l++) {
      double fewest = Double.POSITIVE_INFINITY;
      for (int o = 0; o < options(); o++) {
        fewest = Math.min(fewest, crossbars(l, o));
      }
      crossbars += fewest;
    }
    return area_um2(crossbars);
  }

  /** The least energy of the layers' actions, without static power. */
  public double leastWork_fJ() {
    double sum = 0;
    for (double[] options : work_fJ) {
      sum += Arrays.stream(options).min().orElse(0);
    }
    return sum;
  }

  /** Time of the network's input and output at the port. */
  public double port_ns() {
    return port_ns;
  }

  /** Multiply-accumulates of an inference. */
  public double macs() {
    return counts.macs();
  }

  /** The least area of a chip whose layers take so many crossbars. */
  public double area_um2(double crossbars) {
    return sum(PriceLine::area, crossbars);
  }

  /** The least static power of a chip whose layers take so many crossbars. */
  public double static_uW(double crossbars) {
    return sum(PriceLine::standing, crossbars);
  }

  private double sum(Function<Part, PriceLine> line, double crossbars) {
    double sum = 0;
    PartInstances instances = instances(crossbars);
    for (Part part : PARTS) {
      sum += counts(part) ? instances.all(prices, part) * prices.price(line.apply(part)) : 0;
    }
    return sum;
  }

  /**
   * The least latency of layers that take some times. Of what it waits for a layer waits at least
   * until the share of its input map that its first vector needs is there, takes its time, and ends
   * a fill after the last of its inputs:
   *
   * <pre>
   *   ready(l) = max over reads p: ready(p) + share(l) t(p) + fill
   *   end(l)   = max(ready(l) + t(l), max over reads end(p)) + fill, no join ends later</pre>
   *
   * @param times_ns by layer, the least time of all of its vectors
   */
  double latency_ns(double[] times_ns) {
    double[] ready_ns = new double[times_ns.length];
    double[] end_ns = new double[times_ns.length];
    double latency_ns = port_ns;
    Dataflow flow = counts.flow();
    for (int l = 0; l < times_ns.length; l++) {
      double share = flow.firstShare(l);
      double all_ns = 0;
      for (int i = flow.firstRead(l); i < flow.firstRead(l + 1); i++) {
        int p = flow.read(i);
        boolean isInput = Dataflow.isInput(p);
        double first_ns = isInput ? share * input_ns : ready_ns[p] + share * times_ns[p] + fill_ns;
        ready_ns[l] = Math.max(ready_ns[l], first_ns);
        all_ns = Math.max(all_ns, isInput ? input_ns : end_ns[p]);
      }
      end_ns[l] = Math.max(ready_ns[l] + times_ns[l], all_ns) + fill_ns;
      for (int i = flow.firstJoin(l); i < flow.firstJoin(l + 1); i++) {
        int j = flow.join(i);
        end_ns[l] = Math.max(end_ns[l], Dataflow.isInput(j) ? input_ns : end_ns[j]);
      }
      latency_ns = Math.max(latency_ns, end_ns[l]);
    }
    return latency_ns;
  }

  private PartInstances instances(double crossbars) {
    if (scope == Scope.CROSSBARS) {
      return new PartInstances(crossbars / perPe, 0, 0, Pitches.PRICED);
    }
    if (scope == Scope.PE) {
      double pes = Math.max(1, Math.ceil(crossbars / perPe - WHOLE));
      return new PartInstances(pes, 0, 0, Pitches.PRICED);
    }
    double tiles = Math.max(1, Math.ceil(crossbars / perTile - WHOLE));
    Pitches pitches = Fabric.of(interconnect, (int) tiles).pitches();
    return new PartInstances(tiles * (perTile / perPe), tiles, 1, pitches);
  }
}
