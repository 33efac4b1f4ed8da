package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.duplicate.Copies;
import dev.kirchhoff.mapper.duplicate.Stages;
import dev.kirchhoff.mapper.tile.SharedCrossbars;
import dev.kirchhoff.mapper.tile.SharedCrossbars.Blocks;
import dev.kirchhoff.mapper.tile.SharedCrossbars.CrossbarClass;
import dev.kirchhoff.mapper.tile.SharedCrossbars.PlacedBlock;
import dev.kirchhoff.mapper.tile.Tiling;
import dev.kirchhoff.peripherals.Action;
import java.util.ArrayList;
import java.util.List;

/**
 * Crossbars that layers of a program share, and the cost of sharing.
 *
 * <p>The blocks of each layer's first copy that do not fill a crossbar are packed together; further
 * copies have crossbars of their own. A crossbar reads its blocks one after another: of a pipeline
 * each of its layers takes as long as all its blocks together, and blocks are packed so that this
 * is no longer than the slowest stage; layer by layer a crossbar holds one block of a layer at
 * most, so that nothing waits. Only where the program would not fit the chip otherwise are both
 * rules dropped, and stages are as slow as their crossbars. While a block is read the cells of
 * others on its rows conduct as well, at the mean conductance of their layer instead of the
 * smallest: counted as full-cell reads.
 *
 * <p>Neglected: blocks with fewer row groups than the layer's longest are taken to be as slow;
 * switching between layers takes no time; reads of a matrix that several layers use drive the cells
 * of others as those of the first of these layers do.
 */
public final class CrossbarSharing {
  private final SharedCrossbars crossbars;
  private final double[] extra;
  private final double[] waiting_ns;

  private CrossbarSharing(SharedCrossbars crossbars, int stages, boolean pipelined) {
    this.crossbars = crossbars;
    extra = new double[stages];
    for (Blocks blocks : crossbars.kinds()) {
      extra[blocks.layer()] -= blocks.number();
    }
    for (CrossbarClass each : crossbars.classes()) {
      extra[layer(each.blocks().get(0))] += each.count();
    }
    waiting_ns = new double[stages];
    for (CrossbarClass each : crossbars.classes()) {
      for (PlacedBlock block : each.blocks()) {
        int l = layer(block);
        double busy_ns = pipelined ? each.busy_ns() : ownBusy_ns(each, l);
        waiting_ns[l] = Math.max(waiting_ns[l], busy_ns);
      }
    }
  }

  /** True if layers share crossbars: not where they have tiles or PEs of their own. */
  public static boolean isWanted(MappingOptions mapping) {
    return mapping.allocation().share()
        && mapping.floorplan() == MappingOptions.Floorplan.SHARED
        && mapping.allocation().granularity() == MappingOptions.Granularity.CROSSBAR;
  }

  /**
   * Packs the partial blocks of a program.
   *
   * @param tight whether layers may wait for each other so that crossbars are fewer
   */
  static CrossbarSharing of(
      ProgramCounts counts,
      ProgramTimes times,
      Copies copies,
      Tiling.CrossbarSize side,
      boolean pipelined,
      boolean tight) {
    Stages stages = times.stages();
    List<Blocks> blocks = new ArrayList<>();
    for (int l = 0; l < counts.layers(); l++) {
      if (counts.stores(l)) {
        int s = counts.stage(l);
        double reads_ns =
            pipelined ? stages.reads_ns(s, copies.of(s)) : longest_ns(counts, times, copies, l);
        CrossbarMapping mapping = counts.mapping(l).orElseThrow();
        for (Blocks partial : mapping.tiling().partialBlocks(s, side)) {
          blocks.add(partial.busy(reads_ns));
        }
      }
    }
    double slowest = 0;
    for (int s = 0; s < stages.count(); s++) {
      slowest = Math.max(slowest, stages.time_ns(s, copies.of(s)));
    }
    SharedCrossbars packed =
        SharedCrossbars.pack(
            side.rows(),
            side.columns(),
            blocks,
            pipelined && !tight ? slowest * (1 + 1e-12) : Double.POSITIVE_INFINITY,
            !pipelined && !tight);
    return new CrossbarSharing(packed, stages.count(), pipelined);
  }

  /** Longest time in which a layer of those that use the matrix of one reads its vectors. */
  private static double longest_ns(
      ProgramCounts counts, ProgramTimes times, Copies copies, int storing) {
    double longest_ns = 0;
    for (int l = storing; l < counts.layers(); l++) {
      if (counts.isOnCrossbars(l) && counts.storing(l) == storing) {
        longest_ns = Math.max(longest_ns, times.reads_ns(l, copies.of(counts.stage(storing))));
      }
    }
    return longest_ns;
  }

  private int layer(PlacedBlock block) {
    return crossbars.kinds().get(block.kind()).layer();
  }

  /** Time in which a crossbar's blocks of one layer are read. */
  private double ownBusy_ns(CrossbarClass shared, int l) {
    double busy_ns = 0;
    for (PlacedBlock block : shared.blocks()) {
      busy_ns += layer(block) == l ? crossbars.kinds().get(block.kind()).busy_ns() : 0;
    }
    return busy_ns;
  }

  /** The shared crossbars. */
  public SharedCrossbars crossbars() {
    return crossbars;
  }

  /** Time that crossbars of a stage read for it and for others. */
  double waiting_ns(int stage) {
    return waiting_ns[stage];
  }

  /** Crossbars that a stage has beyond those of its copies; negative where it gives some up. */
  double extra(int stage) {
    return extra[stage];
  }

  /** Crossbars that sharing saves. */
  public double saved() {
    return (double) crossbars.blocks() - crossbars.crossbars();
  }

  /** Stages that take longer than they would on crossbars of their own. */
  public int waiting(Stages stages, Copies copies) {
    int number = 0;
    for (int s = 0; s < stages.count(); s++) {
      number += waiting_ns[s] > stages.time_ns(s, copies.of(s)) ? 1 : 0;
    }
    return number;
  }

  /** Adds reads of the cells of other layers on the rows of blocks that are read. */
  public void count(
      ActionCounts.Builder actions,
      ProgramCounts counts,
      Stages stages,
      Copies copies,
      double windowFloor) {
    int[] layerOf = new int[stages.count()];
    for (int l = 0; l < counts.layers(); l++) {
      if (counts.stores(l)) {
        layerOf[counts.stage(l)] = l;
      }
    }
    for (CrossbarClass each : crossbars.classes()) {
      for (int i = 0; i < each.blocks().size(); i++) {
        for (int j = 0; j < each.blocks().size(); j++) {
          PlacedBlock read = each.blocks().get(i);
          PlacedBlock other = each.blocks().get(j);
          int common = i == j ? 0 : commonRows(read, other);
          if (common > 0) {
            int s = layer(read);
            int l = layerOf[s];
            int width = crossbars.kinds().get(other.kind()).width();
            double cells = (double) common * width * each.count();
            ReadActivity conducting = counts.activity(layerOf[layer(other)]);
            double above = conducting.conductance() - windowFloor;
            double vectors = stages.vectors(s) / copies.of(s);
            double pulses = counts.mapping(l).orElseThrow().operands().pulses();
            double amplitude = counts.activity(l).amplitude();
            actions.add(l, Action.CELL_READ, vectors * pulses * amplitude * cells * above);
          }
        }
      }
    }
  }

  private int commonRows(PlacedBlock a, PlacedBlock b) {
    int first = Math.max(a.row(), b.row());
    int end =
        Math.min(
            a.row() + crossbars.kinds().get(a.kind()).height(),
            b.row() + crossbars.kinds().get(b.kind()).height());
    return end - first;
  }
}
