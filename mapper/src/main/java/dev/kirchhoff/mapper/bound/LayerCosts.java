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
import dev.kirchhoff.mapper.evaluate.Evaluator;
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
import java.util.List;
import java.util.Optional;

/**
 * Costs of a network's layers on a priced chip before anything is mapped: by layer and option of
 * its precision the energy inside the tiles, and the stage that duplication sees; area and static
 * power by the number of crossbars that are taken. Of every design on that chip,
 *
 * <pre>
 *   energy &gt;= Σ_l energy(l, option) + input and output + static(crossbars) x interval
 *   area    = area(crossbars)</pre>
 *
 * <p>where traffic between tiles, maps that no buffer holds and refreshing are left out, so that
 * the energy is a lower bound. Within a PE ({@link Scope#PE}) the parts of tiles and of the chip
 * are left out too: a bound whatever these are.
 */
public final class LayerCosts {
  private static final Part[] PARTS = Part.values();
  private static final Action[] ACTIONS = Action.values();

  /** Parts whose costs are counted. */
  public enum Scope {
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
  private final double fixed_fJ;
  private final double port_ns;
  private final double macs;
  private final double[][] energy_fJ;
  private final Stage[][] stages;
  private final Dataflow flow;
  private final double input_ns;
  private final double fill_ns;

  private LayerCosts(
      Scope scope,
      Design design,
      PriceTable prices,
      double fixed_fJ,
      double port_ns,
      double macs,
      double[][] energy_fJ,
      Stage[][] stages,
      Dataflow flow,
      double input_ns) {
    this.scope = scope;
    this.prices = prices;
    interconnect = design.chip().uncore().interconnect();
    perPe = design.chip().crossbar().perPe();
    perTile = perPe * design.chip().pe().perTile();
    this.fixed_fJ = fixed_fJ;
    this.port_ns = port_ns;
    this.macs = macs;
    this.energy_fJ = energy_fJ;
    this.stages = stages;
    this.flow = flow;
    this.input_ns = input_ns;
    fill_ns = LayerTime.PIPELINE_DEPTH * prices.timing().pass().pass_ns();
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
    Job job = design.jobs().get(0);
    int layers = job.network().layers().size();
    double[][] energy_fJ = new double[layers][options.size()];
    Stage[][] stages = new Stage[layers][options.size()];
    double fixed_fJ = 0;
    double port_ns = 0;
    double macs = 0;
    double input_ns = 0;
    Dataflow flow = null;
    Interconnect interconnect = design.chip().uncore().interconnect();
    LeastHops hops = LeastHops.of(interconnect);
    double hop_fJ =
        prices.energy_fJ(Action.HOP_BIT)
            + Fabric.of(interconnect, 1).pitches().hop() * prices.energy_fJ(Action.PITCH_BIT);
    for (int o = 0; o < options.size(); o++) {
      ProgramCounts counts =
          evaluator.counts(design, new Job(job.network(), options.get(o), job.weight()));
      ProgramTimes times =
          ProgramTimes.of(counts, rates, prices.timing().pass(), false, use.perTile(), 1);
      for (int l = 0; l < layers; l++) {
        energy_fJ[l][o] = energy_fJ(prices, counts.actions(), l, scope);
        if (scope == Scope.CHIP) {
          energy_fJ[l][o] += bitHops(counts, l, use, hops) * hop_fJ;
        }
        Stage stage = times.stages().stage(counts.stage(l));
        // What a tile shares depends on the tile.
        stages[l][o] =
            scope == Scope.CHIP
                ? stage
                : new Stage(stage.vectors(), stage.interval_ns(), 0, stage.crossbars());
      }
      if (o == 0 && scope == Scope.CHIP) {
        NextLevel level = NextLevel.of(design.chip(), prices.timing());
        ActivationBits bits = counts.bits();
        double moved = bits.inputBits() + bits.map(layers - 1);
        fixed_fJ = network_fJ(prices, bits.inputBits(), moved, level.hasBuffer());
        port_ns = moved * level.port_nsPerBit();
        input_ns = bits.inputBits() * level.port_nsPerBit();
      }
      macs = counts.macs();
      flow = counts.flow();
    }
    return new LayerCosts(
        scope, design, prices, fixed_fJ, port_ns, macs, energy_fJ, stages, flow, input_ns);
  }

  private static double energy_fJ(PriceTable prices, ActionCounts counts, int layer, Scope scope) {
    double passes = counts.of(layer, Action.ARRAY_PASS);
    double sum = 0;
    for (Part part : PARTS) {
      sum += counts(part, scope) ? passes * prices.price(PriceLine.pass(part)) : 0;
    }
    for (Action action : ACTIONS) {
      PriceLine line = PriceLine.energy(action);
      sum += counts(line.part(), scope) ? counts.of(layer, action) * prices.price(line) : 0;
    }
    return sum;
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

  /** Energy of the network's input and output: buffers of its tiles, the chip's buffer, port. */
  private static double network_fJ(
      PriceTable prices, double input_bits, double moved_bits, boolean hasBuffer) {
    double sum = input_bits * prices.energy_fJ(Action.TILE_BUFFER_WRITE_BIT);
    sum += moved_bits * prices.energy_fJ(Action.IO_BIT);
    if (hasBuffer) {
      sum += moved_bits * prices.energy_fJ(Action.GLOBAL_BUFFER_WRITE_BIT);
      sum += moved_bits * prices.energy_fJ(Action.GLOBAL_BUFFER_READ_BIT);
    }
    return sum;
  }

  private static boolean counts(Part part, Scope scope) {
    return scope == Scope.CHIP || part.level() == Part.Level.PE;
  }

  /** True if parts of tiles are counted, and their times. */
  boolean hasTiles() {
    return scope == Scope.CHIP;
  }

  /** Number of layers. */
  public int layers() {
    return stages.length;
  }

  /** Number of options. */
  public int options() {
    return stages[0].length;
  }

  /** Energy of a layer inside the tiles. */
  public double energy_fJ(int layer, int option) {
    return energy_fJ[layer][option];
  }

  /** By layer and option the energy inside the tiles; nobody changes it. */
  double[][] energy_fJ() {
    return energy_fJ;
  }

  /** The stage that duplication sees. */
  public Stage stage(int layer, int option) {
    return stages[layer][option];
  }

  /** Crossbars of a tile. */
  public int perTile() {
    return perTile;
  }

  /** The least area of a chip for the fewest crossbars of every layer, one copy each. */
  public double leastArea_um2() {
    double crossbars = 0;
    for (Stage[] options : stages) {
      double fewest = Double.POSITIVE_INFINITY;
      for (Stage stage : options) {
        fewest = Math.min(fewest, stage.crossbars());
      }
      crossbars += fewest;
    }
    return area_um2(crossbars);
  }

  /** The least energy of the layers' actions, without static power. */
  public double leastEnergy_fJ() {
    double sum = fixed_fJ;
    for (double[] options : energy_fJ) {
      double least = Double.POSITIVE_INFINITY;
      for (double energy : options) {
        least = Math.min(least, energy);
      }
      sum += least;
    }
    return sum;
  }

  /** Energy of the network's input and output. */
  public double fixed_fJ() {
    return fixed_fJ;
  }

  /** Time of the network's input and output at the port. */
  public double port_ns() {
    return port_ns;
  }

  /** Multiply-accumulates of an inference. */
  public double macs() {
    return macs;
  }

  /** The least area of a chip whose layers take so many crossbars. */
  public double area_um2(double crossbars) {
    double sum = 0;
    PartInstances instances = instances(crossbars);
    for (Part part : PARTS) {
      sum +=
          counts(part, scope)
              ? instances.all(prices, part) * prices.price(PriceLine.area(part))
              : 0;
    }
    return sum;
  }

  /** The least static power of a chip whose layers take so many crossbars. */
  public double static_uW(double crossbars) {
    double sum = 0;
    PartInstances instances = instances(crossbars);
    for (Part part : PARTS) {
      sum +=
          counts(part, scope)
              ? instances.all(prices, part) * prices.price(PriceLine.standing(part))
              : 0;
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

  /** Tolerance of a sum of crossbars, which are whole. */
  private static final double WHOLE = 1e-6;

  private PartInstances instances(double crossbars) {
    if (scope == Scope.PE) {
      double pes = Math.max(1, Math.ceil(crossbars / perPe - WHOLE));
      return new PartInstances(pes, 0, 0, new Pitches(0, 1, 1));
    }
    double tiles = Math.max(1, Math.ceil(crossbars / perTile - WHOLE));
    Pitches pitches = Fabric.of(interconnect, (int) tiles).pitches();
    return new PartInstances(tiles * (perTile / perPe), tiles, 1, pitches);
  }
}
