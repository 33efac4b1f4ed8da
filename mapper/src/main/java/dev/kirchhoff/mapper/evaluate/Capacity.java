package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.MappingOptions;
import dev.kirchhoff.mapper.schedule.ChipCut;
import dev.kirchhoff.mapper.schedule.PhasePlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Workload that one chip may not hold at once: loaded in phases ({@link PhasePlan}), or cut onto
 * several chips ({@link ChipCut}).
 */
final class Capacity {
  ChipCut cut;
  PhasePlan phases;

  private double[] crossbars = new double[32];
  private double[] stored = new double[32];
  private double[] alive = new double[32];
  private int[] network = new int[32];
  private int[] first = new int[1];
  private int layers;

  /** Takes the layers of all networks, with their copies. */
  void take(DesignMapping mapping) {
    int jobCount = mapping.jobs();
    layers = 0;
    if (first.length < jobCount) {
      first = new int[jobCount];
    }
    for (int j = 0; j < jobCount; j++) {
      first[j] = layers;
      layers += mapping.job(j).layers();
    }
    if (crossbars.length < layers) {
      crossbars = new double[layers];
      stored = new double[layers];
      alive = new double[layers];
      network = new int[layers];
    }
    for (int j = 0; j < jobCount; j++) {
      mapping.job(j).describe(first[j], crossbars, stored, alive);
      for (int l = 0; l < mapping.job(j).layers(); l++) {
        network[first[j] + l] = j;
      }
    }
  }

  /** Index of a network's first layer among those of all. */
  int first(int j) {
    return first[j];
  }

  /** Layers of all networks. */
  int layers() {
    return layers;
  }

  /** Crossbars of a layer with its copies. */
  double crossbars(int layer) {
    return crossbars[layer];
  }

  /** Lays them on chips of so many crossbars, at most {@code most} of them, 0 = as needed. */
  void cut(double perChip, int most) {
    List<ChipCut.Demand> demands = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      demands.add(new ChipCut.Demand(crossbars[l], alive[l]));
    }
    cut =
        most == MappingOptions.Running.FIT
            ? ChipCut.onFewest(demands, perChip)
            : ChipCut.onAtMost(demands, perChip, most);
  }

  /**
   * Plans phases for batches.
   *
   * @param available crossbars of the chip
   * @param crossbar_ns time of writing a crossbar
   * @param room_bits what the buffers of all tiles hold
   * @param spill where maps go that they do not hold
   */
  void plan(
      double available,
      double tiles,
      double crossbar_ns,
      int batch,
      double room_bits,
      Spill spill) {
    phases =
        PhasePlan.of(
            loads(batch, room_bits, spill), new PhasePlan.Writing(available, tiles, crossbar_ns));
  }

  /** Gives the layers in the phases the copies that they have now. */
  void copy(int batch, double room_bits, Spill spill) {
    phases = phases.withCopies(loads(batch, room_bits, spill));
  }

  private List<PhasePlan.Load> loads(int batch, double room_bits, Spill spill) {
    List<PhasePlan.Load> loads = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      double cut_ns = spill.putAway_ns(putAway_bits(l, batch, room_bits));
      loads.add(new PhasePlan.Load(crossbars[l], stored[l], network[l], cut_ns));
    }
    return loads;
  }

  /**
   * Bits of a batch that tiles cannot hold if a phase ends before a layer; those of one inference
   * are counted with its layers.
   */
  double putAway_bits(int layer, int batch, double room_bits) {
    double others = (batch - 1) * alive[layer];
    return Math.max(0, Math.min(others, batch * alive[layer] - room_bits));
  }
}
