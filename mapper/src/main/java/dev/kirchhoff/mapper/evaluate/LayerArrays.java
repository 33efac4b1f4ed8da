package dev.kirchhoff.mapper.evaluate;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.column.NetworkDigits;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.LayerCounter;
import dev.kirchhoff.peripherals.Action;

/**
 * How the layers of a network lie on crossbars, and their digits: cut, tiled and counted layer by
 * layer, what is counted once staying until it is counted again. Scratch, reused from design to
 * design; not safe for several threads.
 */
final class LayerArrays {
  private final LayerCounter counter = new LayerCounter();
  private NetworkStatistics statistics;
  private double[] usedCells = new double[32];
  private double[] sumBits = new double[32];
  private double[] tileFan = new double[32];
  private int[] tileRows = new int[32];
  private NetworkDigits digits;
  private double[] crossbars = new double[32];
  private double[] passes = new double[32];
  private double[] sumsInPe = new double[32];
  private int[] copies = new int[32];

  /** Begins with a network. */
  void begin(NetworkStatistics statistics, NetworkDigits digits, int layers) {
    this.statistics = statistics;
    this.digits = digits;
    if (usedCells.length < layers) {
      room(layers);
    }
  }

  /** Counts what crossbars do for a layer; {@code sharing} takes its blocks. */
  void count(
      int l, Layer layer, Precision precision, ArrayUse use, ActionCounts counts, Sharing sharing) {
    take(layer, precision, use);
    double amplitude = digits.inputs(l).meanShare();
    double conductance = digits.cells(l).cells().conductanceShare(use.windowFloor());
    counter.countArrays(
        counts, l, digits.inputs(l).pulses(), amplitude, conductance, use.windowFloor());
    sharing.take(counter, use, l, amplitude, conductance);
    crossbars[l] = counter.crossbars();
    copies[l] = counter.copies();
    passes[l] = counter.passes();
    sumsInPe[l] = counts.of(l, Action.ADD) - counter.sumsInTile();
    usedCells[l] = counter.usedCells();
    sumBits[l] = counter.sumBitsBetweenTiles();
    tileFan[l] = counter.tileFan();
    tileRows[l] = counter.tileRows();
  }

  /** Takes for a layer what has been counted for one that is alike, and nothing else yet. */
  void copy(int l, int like, ActionCounts counts) {
    counts.copy(l, like);
    crossbars[l] = crossbars[like];
    copies[l] = copies[like];
    passes[l] = passes[like];
    sumsInPe[l] = sumsInPe[like];
    usedCells[l] = usedCells[like];
    sumBits[l] = sumBits[like];
    tileFan[l] = tileFan[like];
    tileRows[l] = tileRows[like];
  }

  /** Sets the counter to a layer. */
  private void take(Layer layer, Precision precision, ArrayUse use) {
    boolean kernels = hasOwnKernels(layer, use);
    counter.set(layer, precision, use, kernels, statistics.widest(kernels));
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

  /** Says that a layer lies on no crossbars. */
  void setDigital(int l) {
    usedCells[l] = 0;
    sumBits[l] = 0;
    tileFan[l] = 1;
    tileRows[l] = 1;
  }

  /** The counter, set to a layer on crossbars again. */
  LayerCounter counter(Layer layer, Precision precision, ArrayUse use) {
    take(layer, precision, use);
    return counter;
  }

  /** Crossbars of one copy of a layer. */
  double crossbars(int l) {
    return crossbars[l];
  }

  /** Copies that a layer must have. */
  int copies(int l) {
    return copies[l];
  }

  /** Passes of a vector. */
  double passes(int l) {
    return passes[l];
  }

  /** Additions that the shift-and-adds of PEs make. */
  double sumsInPe(int l) {
    return sumsInPe[l];
  }

  /** Cells of one copy of a layer that hold a weight. */
  double usedCells(int l) {
    return usedCells[l];
  }

  /** Bits of partial sums that a layer sends from tile to tile. */
  double sumBits(int l) {
    return sumBits[l];
  }

  /** Tiles that want the same input value of a layer. */
  double tileFan(int l) {
    return tileFan[l];
  }

  /** Tiles that hold rows of the same column of a layer. */
  int tileRows(int l) {
    return tileRows[l];
  }

  private void room(int layers) {
    usedCells = new double[layers];
    sumBits = new double[layers];
    tileFan = new double[layers];
    tileRows = new int[layers];
    crossbars = new double[layers];
    passes = new double[layers];
    sumsInPe = new double[layers];
    copies = new int[layers];
  }
}
