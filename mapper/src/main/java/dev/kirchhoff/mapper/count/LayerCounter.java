package dev.kirchhoff.mapper.count;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.slice.Slicing;
import dev.kirchhoff.mapper.tile.OwnTiles;
import dev.kirchhoff.mapper.tile.Tiling;
import dev.kirchhoff.peripherals.Action;

/**
 * Counts the actions of one layer, everything but the fabric between tiles.
 *
 * <p>With N_v vectors, g groups, K inputs and M outputs, T input slices (twice for signed inputs),
 * n_a conversions, n_c × n_r cells a weight, n_K × n_M blocks: conversions N_v g T M n_a Σ⌈rows /
 * R_a⌉ over row blocks; row pulses N_v g T n_M n_r K P(digit ≠ 0); full-cell reads N_v g T n_r K
 * E[u] (n_c M ḡ + unused columns · G_min/G_max), because a cell driven with u V_r draws u G V_r
 * from a supply that does not change with u; reference columns are settled and converted with every
 * pass, their cells at mid conductance; partial sums N_v g M (n_K − 1). A buffer read feeds all
 * crossbars of a tile that share it, a register all of a PE. Partial sums have W + X + ⌈log2 K⌉
 * bits and cross the bus once for each PE that holds a part of a column: of the n_K of an output
 * those of one PE are merged by its shift-and-adds, those of the PEs of a tile by its adders, those
 * of other tiles come over the fabric ({@link #mergedInPe}, {@link #mergedInTile}, {@link
 * #mergedOverFabric}).
 *
 * <p>Neglected: reuse of inputs between neighbouring vectors of a convolution (each vector is read
 * in full), registers that shift-and-adds have inside (in their price), the second operand's way to
 * a dynamic matrix. A dynamic matrix reads its matrix operand once for every vector. Reused from
 * layer to layer; not safe for several threads.
 */
public final class LayerCounter {
  private final Tiling tiling = new Tiling();
  private final OwnTiles ground = new OwnTiles();

  private Layer taken;
  private Precision takenPrecision;
  private boolean takenKernels;
  private int takenWidest;
  private double vectors;
  private double groups;
  private double inputs;
  private double outputs;
  private int groundSize;
  private ArrayUse cutFor;
  private int weightBits;
  private int inputBits;
  private int outputBits;
  private int slices;
  private int slicesOfPass;
  private int signPasses;
  private int columnsPerWeight;
  private int rowsPerWeight;
  private int conversions;
  private double rowBlocks;
  private double columnBlocks;
  private double crossbars;
  private int copies;
  private double readsPerColumn;
  private double readsPerSlice;
  private double passes;
  private double usedCells;
  private int sumBits;
  private double columnsOfRow;
  private double referenceColumns;
  private double tileRows;
  private double tileFan;
  private double peRows;
  private double peFan;

  /** Takes a layer whose weights are in crossbars. */
  public void set(Layer layer, Precision precision, ArrayUse use) {
    set(layer, precision, use, false, Integer.MAX_VALUE);
  }

  /**
   * Takes a layer whose weights are in crossbars.
   *
   * @param kernels every position of the kernel has row blocks of its own
   * @param widest outputs of the network's widest layer that is laid like this one
   * @return whether anything has changed since the layer taken last; {@code layer} and {@code use}
   *     are known by identity
   */
  public boolean set(Layer layer, Precision precision, ArrayUse use, boolean kernels, int widest) {
    if (layer == taken
        && use == cutFor
        && kernels == takenKernels
        && widest == takenWidest
        && precision.equals(takenPrecision)) {
      return false;
    }
    taken = layer;
    takenPrecision = precision;
    takenKernels = kernels;
    takenWidest = widest;
    MatrixShape shape = layer.shape();
    setSlices(precision.weights(), precision.inputs(), precision.outputs(), use);
    if (Slicing.secondPass(use.weights(), use.input(), layer.inputs().signed())) {
      signPasses = 2;
      slices *= 2;
    }
    if (kernels) {
      tiling.setKernels(shape, rowsPerWeight, columnsPerWeight, use.side());
    } else {
      tiling.set(shape, rowsPerWeight, columnsPerWeight, use.side(), use.packed());
    }
    vectors = shape.vectors();
    groups = shape.groups();
    inputs = shape.inputsPerOutput();
    outputs = shape.outputsPerGroup();
    rowBlocks = tiling.rowBlocks();
    columnBlocks = tiling.columnBlocks();
    crossbars = tiling.crossbars();
    copies = 1;
    if (use.floorplan() != Floorplan.SHARED) {
      settle(shape, use, kernels, widest);
    }
    readsPerColumn = tiling.readsPerColumn();
    readsPerSlice = tiling.readsPerSlice();
    passes = (double) slices * tiling.rowGroupsLongest();
    usedCells = tiling.usedCells();
    setSpread(precision.weights(), use);
    return true;
  }

  private void settle(MatrixShape shape, ArrayUse use, boolean kernels, int widest) {
    boolean onPes = kernels && use.floorplan() == Floorplan.OWN_KERNELS;
    int size = onPes ? use.perPe() : use.perTile();
    if (use.floorplan() == Floorplan.OWN_KERNELS) {
      int cells = (int) Math.min(Integer.MAX_VALUE, (long) columnsPerWeight * widest);
      size = OwnTiles.quartered(size, cells, use.side().columns());
    }
    groundSize = size;
    if (onPes) {
      ground.setKernels(tiling, shape.kernelHeight() * shape.kernelWidth(), size);
    } else {
      ground.set(tiling, shape.groups(), size);
    }
    copies = ground.copies();
    crossbars = ground.crossbars() / copies;
  }

  /**
   * Takes the peak state of one PE: one vector on one full row block whose columns fill every
   * crossbar of the PE.
   */
  public void setPeak(int weightBits, int inputBits, ArrayUse use) {
    taken = null;
    setSlices(weightBits, inputBits, inputBits, use);
    vectors = 1;
    groups = 1;
    inputs = (double) use.side().rows() / rowsPerWeight;
    outputs = fullOutputs(use);
    rowBlocks = 1;
    columnBlocks = use.perPe();
    crossbars = use.perPe();
    readsPerColumn = Math.ceil((double) use.side().rows() / use.side().rowsActive());
    readsPerSlice = readsPerColumn * use.perPe();
    passes = slices * readsPerColumn;
    usedCells = (double) use.side().rows() * use.side().columns() * use.perPe();
    setSpread(weightBits, use);
  }

  /**
   * Outputs of full crossbars. Carries of a chain of adders do not leave their array, so that it
   * holds whole words (Kim et al., Colonnade, JSSC 2021, figure 16: steps where a word more no
   * longer fits); cells of other weights may lie in two.
   */
  private double fullOutputs(ArrayUse use) {
    int columns = use.side().columns();
    if (use.weights().carryColumns() > 0 && columns >= columnsPerWeight) {
      return (double) (columns / columnsPerWeight) * use.perPe();
    }
    return (double) columns * use.perPe() / columnsPerWeight;
  }

  /** Layers of one precision on the same crossbars are cut alike. */
  private void setSlices(int weightBits, int inputBits, int outputBits, ArrayUse use) {
    this.outputBits = outputBits;
    if (use == cutFor && weightBits == this.weightBits && inputBits == this.inputBits) {
      slices = slicesOfPass;
      signPasses = 1;
      return;
    }
    cutFor = use;
    this.weightBits = weightBits;
    this.inputBits = inputBits;
    int digits = Slicing.weightSlices(use.weights(), use.cellBits(), weightBits);
    signPasses = 1;
    slices = Slicing.inputSlices(use.weights(), use.input(), inputBits);
    slicesOfPass = slices;
    columnsPerWeight = Slicing.columnsPerWeight(use.weights(), digits);
    rowsPerWeight = Slicing.rowsPerWeight(use.weights());
    conversions = Slicing.conversionsPerOutput(use.weights(), digits);
  }

  private void setSpread(int weightBits, ArrayUse use) {
    referenceColumns = use.side().referenceColumns();
    sumBits = sumBits(weightBits, inputBits, (long) inputs);
    columnsOfRow = columnBlocks * use.side().columns();
    peRows = Math.ceil(rowBlocks / Math.max(1, Math.floor(use.perPe() / columnBlocks)));
    peFan = Math.ceil(columnBlocks / use.perPe());
    tileRows = Math.ceil(rowBlocks / Math.max(1, Math.floor(use.perTile() / columnBlocks)));
    tileFan = Math.ceil(columnBlocks / use.perTile());
  }

  /** Bits of a partial sum of so many products: W + X + ⌈log2 K⌉. */
  public static int sumBits(int weightBits, int inputBits, long inputs) {
    return weightBits + inputBits + (64 - Long.numberOfLeadingZeros(inputs));
  }

  /** Multiply-accumulates. */
  public double macs() {
    return vectors * groups * inputs * outputs;
  }

  /** A, crossbars of one copy; with tiles of its own the layer's ground spread over its copies. */
  public double crossbars() {
    return crossbars;
  }

  /** Copies that fill the tiles of a layer that has its own; else 1. */
  public int copies() {
    return copies;
  }

  /** Passes of the crossbar that has most of them, for one vector. */
  public double passes() {
    return passes;
  }

  /** Cells of one copy that hold a weight. */
  public double usedCells() {
    return usedCells;
  }

  /** Tiles over which the rows of one copy spread, so that their sums meet over the fabric. */
  public int tileRows() {
    return (int) tileRows;
  }

  /** Partial-sum bits that cross from tile to tile, per inference. */
  public double sumBitsBetweenTiles() {
    return vectors * groups * outputs * (tileRows - 1) * sumBits;
  }

  /** Additions per inference that the tile's adders make; the others are inside a PE. */
  public double sumsInTile() {
    return vectors * groups * outputs * (peRows - 1);
  }

  /** Partial sums per inference that are added where their crossbars are, in the PE. */
  public double mergedInPe() {
    return vectors * groups * outputs * (rowBlocks - peRows);
  }

  /** Partial sums per inference that PEs of one tile send to its adders over the bus. */
  public double mergedInTile() {
    return vectors * groups * outputs * (peRows - tileRows);
  }

  /** Partial sums per inference that come from another tile over the fabric. */
  public double mergedOverFabric() {
    return vectors * groups * outputs * (tileRows - 1);
  }

  /** How the layer taken last lies on crossbars. */
  public Tiling tiling() {
    return tiling;
  }

  /** Cells of a weight side by side. */
  public int columnsPerWeight() {
    return columnsPerWeight;
  }

  /** Cells of a weight stacked on rows. */
  public int rowsPerWeight() {
    return rowsPerWeight;
  }

  /** Whether positions of the kernel have row blocks of their own. */
  public boolean kernels() {
    return takenKernels;
  }

  /** Crossbars of the tiles or PEs that a layer of its own ground lies on. */
  public int groundSize() {
    return groundSize;
  }

  /** Input slices of a vector, those of both signs. */
  public int slices() {
    return slices;
  }

  /** Tiles that want the same input value. */
  public double tileFan() {
    return tileFan;
  }

  /**
   * Adds the counts of crossbars and PEs.
   *
   * @param pulses P(digit ≠ 0)
   * @param amplitude E[u] of the input amplitude
   * @param conductance ḡ, mean conductance of a used cell / largest
   * @param windowFloor smallest conductance / largest
   */
  public void countArrays(
      ActionCounts counts,
      int row,
      double pulses,
      double amplitude,
      double conductance,
      double windowFloor) {
    double sliceVectors = vectors * groups * slices;
    double columnReads = sliceVectors * outputs * readsPerColumn;
    double converted = columnReads * conversions;
    double settled = columnReads * columnsPerWeight;
    double rows = sliceVectors * rowsPerWeight * inputs;
    double used = columnsPerWeight * outputs;
    double arrayPasses = vectors * slices * readsPerSlice;
    double references = arrayPasses * referenceColumns;
    converted += references;
    settled += references;
    counts.add(row, Action.ARRAY_PASS, arrayPasses);
    counts.add(
        row,
        Action.CELL_READ,
        rows
            * amplitude
            * (used * conductance
                + (columnsOfRow - used) * windowFloor
                + columnBlocks * referenceColumns * (1 + windowFloor) / 2));
    counts.add(
        row,
        Action.PRODUCT,
        rows * amplitude * used * (conductance - windowFloor) / (1 - windowFloor));
    counts.add(row, Action.COLUMN_SETTLE, settled);
    counts.add(row, Action.ROW_CONVERT, rows * columnBlocks);
    counts.add(row, Action.ROW_PULSE, rows * columnBlocks * pulses);
    counts.add(row, Action.WORDLINE, rows * columnBlocks);
    counts.add(row, Action.AMPLIFY, settled);
    counts.add(row, Action.SAMPLE, converted);
    counts.add(row, Action.SELECT, converted);
    counts.add(row, Action.CONVERSION, converted);
    counts.add(row, Action.SHIFT_ADD, converted);
    double vectorBits = vectors * groups * inputs * inputBits;
    counts.add(row, Action.INPUT_REGISTER_WRITE_BIT, vectorBits * peFan);
    counts.add(row, Action.INPUT_REGISTER_READ_BIT, vectorBits * peFan * signPasses);
    double sums = vectors * groups * outputs;
    counts.add(row, Action.OUTPUT_REGISTER_WRITE_BIT, sums * rowBlocks * sumBits);
    counts.add(row, Action.OUTPUT_REGISTER_READ_BIT, sums * rowBlocks * sumBits);
    counts.add(row, Action.TILE_BUFFER_READ_BIT, vectorBits * tileFan);
    counts.add(row, Action.BUS_BIT, vectorBits * tileFan + sums * peRows * sumBits);
    counts.add(row, Action.ADD, sums * (rowBlocks - 1));
    counts.add(row, Action.TILE_OUTPUT_REGISTER_BIT, sums * outputBits);
    counts.add(row, Action.TILE_BUFFER_WRITE_BIT, sums * outputBits);
  }

  /** Adds the counts of a dynamic matrix, done on the digital vector units. */
  public static void countDynamic(ActionCounts counts, int row, Layer layer, Precision precision) {
    MatrixShape shape = layer.shape();
    double vectorBits =
        (double) shape.vectors() * shape.groups() * shape.inputsPerOutput() * precision.inputs();
    counts.add(row, Action.MULTIPLY_ACCUMULATE, shape.macs());
    counts.add(
        row, Action.TILE_BUFFER_READ_BIT, vectorBits + (double) shape.macs() * precision.inputs());
    counts.add(row, Action.TILE_BUFFER_WRITE_BIT, (double) shape.outputs() * precision.outputs());
  }
}
