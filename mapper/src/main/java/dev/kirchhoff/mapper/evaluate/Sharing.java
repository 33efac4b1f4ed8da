package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.LayerCounter;
import dev.kirchhoff.mapper.duplicate.Copies;
import dev.kirchhoff.mapper.duplicate.Stages;
import dev.kirchhoff.mapper.tile.SharedCrossbars;
import dev.kirchhoff.peripherals.Action;
import java.util.Arrays;

/**
 * Layers of a network that share crossbars, and what it costs them.
 *
 * <p>The blocks of each layer's first copy that do not fill a crossbar are packed together; further
 * copies have crossbars of their own. A crossbar reads its blocks one after another: of a pipeline
 * each of its layers takes as long as all its blocks together, and blocks are packed so that this
 * is no longer than the slowest stage; layer by layer a crossbar holds one block of a layer at
 * most, so that nothing waits. Only where the network would not fit the chip otherwise are both
 * rules dropped, and stages are as slow as their crossbars. While a block is read the cells of
 * others on its rows conduct as well, at the mean conductance of their layer instead of the
 * smallest: counted as full-cell reads.
 *
 * <p>Neglected: blocks with fewer row groups than the layer's longest are taken to be as slow;
 * switching between layers takes no time. Reused from design to design; not safe for several
 * threads.
 */
final class Sharing {
  private final SharedCrossbars crossbars = new SharedCrossbars();
  private boolean isOn;
  private boolean isPacked;
  private int stages;
  private double[] slices = new double[32];
  private double[] amplitude = new double[32];
  private double[] conductance = new double[32];
  private int[] row = new int[32];
  private double[] own = new double[32];
  private double[] waiting_ns = new double[32];

  /** Whether layers share crossbars: not where they have tiles or PEs of their own. */
  static boolean isWanted(MappingOptions mapping) {
    return mapping.ground().share()
        && mapping.floorplan() == MappingOptions.Floorplan.SHARED
        && mapping.ground().granularity() == MappingOptions.Granularity.CROSSBAR;
  }

  /** Forgets all layers. */
  void clear(boolean isOn, ArrayUse use) {
    this.isOn = isOn;
    isPacked = false;
    stages = 0;
    if (isOn) {
      crossbars.clear(use.side().rows(), use.side().columns());
    }
  }

  boolean isOn() {
    return isOn;
  }

  /** Takes the blocks of the next stage, as the counter has them. */
  void take(LayerCounter counter, ArrayUse use, int layer, double amplitude, double conductance) {
    if (!isOn) {
      return;
    }
    if (stages == slices.length) {
      slices = Arrays.copyOf(slices, 2 * stages);
      this.amplitude = Arrays.copyOf(this.amplitude, 2 * stages);
      this.conductance = Arrays.copyOf(this.conductance, 2 * stages);
      row = Arrays.copyOf(row, 2 * stages);
      own = Arrays.copyOf(own, 2 * stages);
      waiting_ns = Arrays.copyOf(waiting_ns, 2 * stages);
    }
    counter.tiling().addPartial(crossbars, stages, use.side());
    slices[stages] = counter.slices();
    this.amplitude[stages] = amplitude;
    this.conductance[stages] = conductance;
    row[stages] = layer;
    stages++;
  }

  /**
   * Packs the blocks.
   *
   * @param tight whether layers may wait for each other so that crossbars are fewer
   */
  void pack(Stages all, Copies copies, boolean pipelined, boolean tight) {
    double slowest = 0;
    for (int l = 0; l < stages; l++) {
      slowest = Math.max(slowest, all.time_ns(l, copies.of(l)));
    }
    for (int k = 0; k < crossbars.kinds(); k++) {
      int l = crossbars.layer(k);
      crossbars.setBusy_ns(k, all.reads_ns(l, copies.of(l)));
    }
    crossbars.pack(
        pipelined && !tight ? slowest * (1 + 1e-12) : Double.POSITIVE_INFINITY,
        !pipelined && !tight);
    isPacked = true;
    Arrays.fill(own, 0, stages, 0);
    for (int k = 0; k < crossbars.kinds(); k++) {
      own[crossbars.layer(k)] -= crossbars.number(k);
    }
    for (int b = 0; b < crossbars.classes(); b++) {
      own[crossbars.layer(crossbars.kind(b, 0))] += crossbars.count(b);
    }
    wait(pipelined);
  }

  /** Gives each layer crossbars of its own again. */
  void unpack() {
    isPacked = false;
  }

  /** Time that crossbars of a stage read for it and for others; 0 where it shares none. */
  double waiting_ns(int stage) {
    return isPacked ? waiting_ns[stage] : 0;
  }

  private void wait(boolean pipelined) {
    Arrays.fill(waiting_ns, 0, stages, 0);
    for (int b = 0; b < crossbars.classes(); b++) {
      for (int i = 0; i < crossbars.blocks(b); i++) {
        int l = crossbars.layer(crossbars.kind(b, i));
        double busy_ns = crossbars.sum_ns(b);
        if (!pipelined) {
          busy_ns = 0;
          for (int j = 0; j < crossbars.blocks(b); j++) {
            int k = crossbars.kind(b, j);
            busy_ns += crossbars.layer(k) == l ? crossbars.busy_ns(k) : 0;
          }
        }
        waiting_ns[l] = Math.max(waiting_ns[l], busy_ns);
      }
    }
  }

  /** Adds what cells of other layers conduct on the rows of a block that is read. */
  void count(ActionCounts counts, Stages all, Copies copies, double windowFloor) {
    for (int b = 0; b < crossbars.classes(); b++) {
      for (int i = 0; i < crossbars.blocks(b); i++) {
        for (int j = 0; j < crossbars.blocks(b); j++) {
          if (i != j) {
            count(counts, all, copies, windowFloor, b, i, j);
          }
        }
      }
    }
  }

  private void count(
      ActionCounts counts,
      Stages all,
      Copies copies,
      double windowFloor,
      int b,
      int read,
      int other) {
    int k = crossbars.kind(b, read);
    int o = crossbars.kind(b, other);
    int first = Math.max(crossbars.row(b, read), crossbars.row(b, other));
    int end =
        Math.min(
            crossbars.row(b, read) + crossbars.height(k),
            crossbars.row(b, other) + crossbars.height(o));
    if (end > first) {
      int l = crossbars.layer(k);
      double cells = (double) (end - first) * crossbars.width(o) * crossbars.count(b);
      double above = conductance[crossbars.layer(o)] - windowFloor;
      double vectors = all.vectors(l) / copies.of(l);
      counts.add(row[l], Action.CELL_READ, vectors * slices[l] * amplitude[l] * cells * above);
    }
  }

  /** Crossbars that a stage has beyond those of its copies; negative where it gives some up. */
  double more(int stage) {
    return isPacked ? own[stage] : 0;
  }

  /** Crossbars that sharing saves. */
  double saved() {
    double blocks = 0;
    for (int k = 0; k < crossbars.kinds(); k++) {
      blocks += crossbars.number(k);
    }
    return blocks - crossbars.crossbars();
  }

  /** Layers that take longer than they would on crossbars of their own. */
  int waiting(Stages all, Copies copies) {
    int number = 0;
    for (int l = 0; l < stages; l++) {
      number += waiting_ns(l) > all.time_ns(l, copies.of(l)) ? 1 : 0;
    }
    return number;
  }

  /** The shared crossbars. */
  SharedCrossbars crossbars() {
    return crossbars;
  }

  boolean isPacked() {
    return isPacked;
  }
}
