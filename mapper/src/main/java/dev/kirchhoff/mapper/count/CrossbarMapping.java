package dev.kirchhoff.mapper.count;

import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.slice.Slicing;
import dev.kirchhoff.mapper.tile.BlockShape;
import dev.kirchhoff.mapper.tile.CopyReads;
import dev.kirchhoff.mapper.tile.DedicatedTiles;
import dev.kirchhoff.mapper.tile.Tiling;
import dev.kirchhoff.peripherals.Action;
import java.util.Optional;

/**
 * Mapping of one copy of a layer's matrix to crossbars, with its actions except those on the fabric
 * between tiles. Where a conversion combines pulses of an input, T counts what is converted; rows,
 * cells, columns and samples act once per pulse.
 *
 * <p>With N_v vectors, g groups, K inputs and M outputs, T input slices (twice for signed inputs),
 * n_a conversions, n_c × n_r cells a weight, n_K × n_M blocks: conversions N_v g T M n_a Σ⌈rows /
 * R_a⌉ over row blocks; row pulses N_v g T n_M n_r K P(digit ≠ 0); full-cell reads N_v g T n_r K
 * E[u] (n_c M ḡ + unused columns · G_min/G_max), because a cell driven with u V_r draws u G V_r
 * from a supply that does not change with u; reference columns are settled and converted with every
 * pass, their cells at mid conductance; partial sums N_v g M (n_K − 1). A buffer read feeds all
 * crossbars of a tile that share it, a register all of a PE. Partial sums have W + X + ⌈log2 K⌉
 * bits ({@link #sumBits}) and cross the bus once for each PE that holds a part of a column: of the
 * n_K of an output those of one PE are merged by its shift-and-adds, those of the PEs of a tile by
 * its adders, those of other tiles come over the fabric ({@link #mergedInPe}, {@link
 * #mergedInTile}, {@link #mergedOverFabric}).
 *
 * <p>Rows of zero digits that are skipped ({@link CopyReads}) are not presented, and Σ⌈rows / R_a⌉
 * is the expected number of reads of the others; each crossbar loads its row selector once a digit,
 * N_v T A, and picks the rows that are driven.
 *
 * <p>Neglected: reuse of inputs between neighbouring vectors of a convolution (each vector is read
 * in full), registers that shift-and-adds have inside (in their price).
 *
 * @param vectors N_v, input vectors of an inference
 * @param groups g
 * @param inputs K, inputs of an output
 * @param outputs M, outputs of a group
 * @param operands slices of weights and inputs
 * @param tiling tiling of the matrix
 * @param kernels whether positions of the kernel have row blocks of their own
 * @param region crossbars that the copy occupies
 * @param spread spread over PEs and tiles
 * @param reads reads of a digit
 */
public record CrossbarMapping(
    double vectors,
    double groups,
    double inputs,
    double outputs,
    Operands operands,
    Tiling tiling,
    boolean kernels,
    Region region,
    Spread spread,
    CopyReads reads) {

  /**
   * Bits and slices of the operands.
   *
   * @param precision bits of weights, inputs and outputs
   * @param slices T, input slices of a vector that are converted, those of both signs
   * @param pulses pulses, or trains, of a vector; more than T where conversions combine them
   * @param signPasses passes over the magnitudes, 2 for signed inputs
   * @param columnsPerWeight n_c, cells of a weight side by side
   * @param rowsPerWeight n_r, cells of a weight stacked on rows
   * @param conversions n_a, conversions of an output in one pass
   */
  public record Operands(
      Precision precision,
      int slices,
      int pulses,
      int signPasses,
      int columnsPerWeight,
      int rowsPerWeight,
      int conversions) {

    static Operands of(Precision precision, boolean signedInputs, ArrayUse use) {
      Slicing slicing =
          Slicing.of(
              use.weights(), use.cellBits(), use.input(), precision.weights(), precision.inputs());
      int passes = Slicing.secondPass(use.weights(), use.input(), signedInputs) ? 2 : 1;
      return new Operands(
          precision,
          passes * slicing.inputSlices(),
          passes * Slicing.pulses(use.weights(), use.input(), precision.inputs()),
          passes,
          slicing.columnsPerWeight(),
          slicing.rowsPerWeight(),
          slicing.conversionsPerOutput());
    }
  }

  /**
   * Crossbars that a copy occupies.
   *
   * @param crossbars A, crossbars of one copy; with tiles of its own those of the layer's tiles
   *     over its copies
   * @param copies copies that fill the tiles of a layer that has its own; else 1
   * @param square crossbars of the tiles or PEs that such a layer lies on; 0 of a layer that shares
   *     tiles
   */
  public record Region(double crossbars, int copies, int square) {}

  /**
   * Spread of a copy over PEs and tiles.
   *
   * @param sumBits bits of a partial sum
   * @param columnsOfRow columns that a row drives, over all column blocks
   * @param referenceColumns reference columns of a crossbar
   * @param peRows PEs that hold rows of the same column
   * @param peFan PEs that share an input value
   * @param tileRows tiles that hold rows of the same column
   * @param tileFan tiles that share an input value
   */
  public record Spread(
      int sumBits,
      double columnsOfRow,
      double referenceColumns,
      double peRows,
      double peFan,
      double tileRows,
      double tileFan) {

    static Spread of(Precision precision, double inputs, Tiling tiling, ArrayUse use) {
      double rowBlocks = tiling.rowBlocks();
      double columnBlocks = tiling.columnBlocks();
      return new Spread(
          CrossbarMapping.sumBits(precision.weights(), precision.inputs(), (long) inputs),
          columnBlocks * use.side().columns(),
          use.side().referenceColumns(),
          Math.ceil(rowBlocks / Math.max(1, Math.floor(use.perPe() / columnBlocks))),
          Math.ceil(columnBlocks / use.perPe()),
          Math.ceil(rowBlocks / Math.max(1, Math.floor(use.perTile() / columnBlocks))),
          Math.ceil(columnBlocks / use.perTile()));
    }
  }

  /** A matrix with unrolled kernels whose layer shares tiles with others. */
  public static CrossbarMapping of(
      MatrixShape shape, boolean signedInputs, Precision precision, ArrayUse use) {
    return of(shape, signedInputs, precision, use, false, Integer.MAX_VALUE);
  }

  /**
   * A matrix on crossbars.
   *
   * @param kernels whether every position of the kernel has row blocks of its own
   * @param widest outputs of the network's widest layer that is laid like this one
   */
  public static CrossbarMapping of(
      MatrixShape shape,
      boolean signedInputs,
      Precision precision,
      ArrayUse use,
      boolean kernels,
      int widest) {
    Operands operands = Operands.of(precision, signedInputs, use);
    int n_r = operands.rowsPerWeight();
    int n_c = operands.columnsPerWeight();
    Tiling tiling =
        kernels
            ? Tiling.byKernelPosition(shape, n_r, n_c, use.side())
            : Tiling.of(shape, n_r, n_c, use.side(), use.packed());
    Region region =
        use.floorplan() == Floorplan.SHARED
            ? new Region(tiling.crossbars(), 1, 0)
            : ownRegion(shape, operands, tiling, use, kernels, widest);
    return new CrossbarMapping(
        shape.vectors(),
        shape.groups(),
        shape.inputsPerOutput(),
        shape.outputsPerGroup(),
        operands,
        tiling,
        kernels,
        region,
        Spread.of(precision, shape.inputsPerOutput(), tiling, use),
        CopyReads.ofAllRows(tiling));
  }

  /**
   * Transpose read of the matrix of this mapping: M columns are driven, K sums form on rows. The
   * slices of a weight differ in significance, so that their columns are driven one slice after
   * another and their codes are added with shifts; both columns of a pair are driven at once, with
   * opposite signs. Neglected: other encodings that combine slices before the converter, which a
   * transpose read cannot.
   *
   * @param vectors vectors of a task
   * @param signedInputs whether driven values have signs
   */
  public CrossbarMapping transposed(double vectors, boolean signedInputs, ArrayUse use) {
    Operands forward = Operands.of(operands.precision(), signedInputs, use);
    int together = use.weights().columnsPerDigit();
    int weightSlices = Math.max(1, forward.columnsPerWeight() / together);
    Operands back =
        new Operands(
            forward.precision(),
            forward.slices() * weightSlices,
            forward.pulses() * weightSlices,
            forward.signPasses(),
            forward.rowsPerWeight(),
            together,
            1);
    Tiling across = tiling.transposed(use.side(), weightSlices);
    Spread spread = Spread.of(back.precision(), outputs, across, use);
    Spread rows =
        new Spread(
            spread.sumBits(),
            (double) across.columnBlocks() * use.side().rows(),
            spread.referenceColumns(),
            spread.peRows(),
            spread.peFan(),
            spread.tileRows(),
            spread.tileFan());
    return new CrossbarMapping(
        vectors,
        1,
        outputs,
        inputs,
        back,
        across,
        false,
        region,
        rows,
        CopyReads.ofAllRows(across));
  }

  /**
   * Read of one column of the matrix of this mapping, the others floating.
   *
   * @param vectors vectors of a task
   * @param signedInputs whether driven values have signs
   */
  public CrossbarMapping line(double vectors, boolean signedInputs, ArrayUse use) {
    Operands written = Operands.of(operands.precision(), signedInputs, use);
    int rows = (int) inputs;
    MatrixShape column = new MatrixShape(rows, 1, 1, 1, 1, 1, 1, 1);
    Tiling down =
        Tiling.of(column, written.rowsPerWeight(), written.columnsPerWeight(), use.side(), false);
    Spread spread = Spread.of(written.precision(), inputs, down, use);
    Spread single =
        new Spread(
            spread.sumBits(),
            written.columnsPerWeight(),
            spread.referenceColumns(),
            spread.peRows(),
            spread.peFan(),
            spread.tileRows(),
            spread.tileFan());
    return new CrossbarMapping(
        vectors, 1, inputs, 1, written, down, false, region, single, CopyReads.ofAllRows(down));
  }

  /** This mapping with other reads, as where rows of zero digits are skipped. */
  public CrossbarMapping with(CopyReads others) {
    return new CrossbarMapping(
        vectors, groups, inputs, outputs, operands, tiling, kernels, region, spread, others);
  }

  private static Region ownRegion(
      MatrixShape shape,
      Operands operands,
      Tiling tiling,
      ArrayUse use,
      boolean kernels,
      int widest) {
    boolean onPes = kernels && use.floorplan() == Floorplan.OWN_KERNELS;
    int size = onPes ? use.perPe() : use.perTile();
    if (use.floorplan() == Floorplan.OWN_KERNELS) {
      long columns = (long) operands.columnsPerWeight() * widest;
      size =
          DedicatedTiles.quartered(
              size, (int) Math.min(Integer.MAX_VALUE, columns), use.side().columns());
    }
    DedicatedTiles dedicated =
        onPes
            ? DedicatedTiles.byKernelPosition(
                tiling, shape.kernelHeight() * shape.kernelWidth(), size)
            : DedicatedTiles.of(tiling, shape.groups(), size);
    return new Region(dedicated.crossbars() / dedicated.copies(), dedicated.copies(), size);
  }

  /**
   * Peak state of one PE: one vector on one full row block whose columns fill the crossbars that
   * work at once.
   */
  public static CrossbarMapping peak(
      int weightBits, int inputBits, boolean signedInputs, ArrayUse use) {
    Precision precision = new Precision(weightBits, inputBits, inputBits);
    Operands operands = Operands.of(precision, signedInputs, use);
    double inputs = (double) use.side().rows() / operands.rowsPerWeight();
    Tiling tiling = Tiling.full(use.working(), use.side());
    return new CrossbarMapping(
        1,
        1,
        inputs,
        fullOutputs(operands.columnsPerWeight(), use),
        operands,
        tiling,
        false,
        new Region(use.working(), 1, 0),
        Spread.of(precision, inputs, tiling, use),
        CopyReads.ofAllRows(tiling));
  }

  /**
   * Outputs of full crossbars. Carries of a chain of adders do not leave their array, so that it
   * holds whole words (Kim et al., Colonnade, JSSC 2021, figure 16: steps where a word more no
   * longer fits); cells of other weights may lie in two.
   */
  private static double fullOutputs(int columnsPerWeight, ArrayUse use) {
    int columns = use.side().columns();
    if (use.weights().carryColumns() > 0 && columns >= columnsPerWeight) {
      return (double) (columns / columnsPerWeight) * use.working();
    }
    return (double) columns * use.working() / columnsPerWeight;
  }

  /**
   * Bits of a partial sum, W + X + ⌈log2 K⌉: K products are at most K (2^W − 1)(2^X − 1) &lt; K
   * 2^(W + X) without signs; two's complement takes no more, because a product of signs has a bit
   * less.
   *
   * @param inputs K, products of the sum, at least 1
   */
  public static int sumBits(int weightBits, int inputBits, long inputs) {
    return weightBits + inputBits + (Long.SIZE - Long.numberOfLeadingZeros(inputs - 1));
  }

  /** Multiply-accumulates of an inference. */
  public double macs() {
    return vectors * groups * inputs * outputs;
  }

  /** A, crossbars of one copy. */
  public double crossbars() {
    return region.crossbars();
  }

  /** True if another mapping has its weights in the same cells. */
  public boolean isStoredAs(CrossbarMapping other) {
    return operands.rowsPerWeight() == other.operands.rowsPerWeight()
        && operands.columnsPerWeight() == other.operands.columnsPerWeight()
        && kernels == other.kernels
        && tiling.equals(other.tiling)
        && region.equals(other.region);
  }

  /** Passes of the crossbar that has most of them, for one vector. */
  public double passes() {
    return operands.slices() * reads.longest();
  }

  /**
   * Conversions that the columns of the matrix take in a pass, those of reference columns among
   * them: as many as one converter makes at most. Unbounded where columns fill crossbars.
   */
  public int conversionsOfPass() {
    return tiling.columnBlocks() > 1
        ? Integer.MAX_VALUE
        : (int) (outputs * operands.conversions() + spread.referenceColumns());
  }

  /** Cells of one copy that hold a weight. */
  public double usedCells() {
    return tiling.usedCells();
  }

  /** Tiles over which the rows of one copy spread, so that their sums meet over the fabric. */
  public int tileRows() {
    return (int) spread.tileRows();
  }

  /** Tiles that share an input value. */
  public double tileFan() {
    return spread.tileFan();
  }

  /** Blocks of one copy of the matrix, of a layer of this shape. */
  public BlockShape blocks(MatrixShape shape, ArrayUse use) {
    int together = tiling.groupsPerCrossbar();
    int positions = kernels ? shape.kernelHeight() * shape.kernelWidth() : 1;
    boolean isApart = kernels && use.floorplan() == Floorplan.OWN_KERNELS;
    boolean isOwn = use.floorplan() != Floorplan.SHARED && shape.groups() == 1;
    return new BlockShape(
        groups / together,
        positions,
        tiling.rowBlocks() / positions,
        tiling.columnBlocks(),
        together > 1 ? 1 : (double) use.side().rows() / tiling.parts().height(),
        together > 1 ? 1 : (double) use.side().columns() / tiling.parts().width(),
        isOwn ? Optional.of(new BlockShape.Squares(region.square(), !isApart)) : Optional.empty());
  }

  /** Bits of all outputs as partial sums, per inference. */
  public double outputSumBits() {
    return sums() * spread.sumBits();
  }

  /** Partial-sum bits that cross from tile to tile, per inference. */
  public double sumBitsBetweenTiles() {
    return sums() * (spread.tileRows() - 1) * spread.sumBits();
  }

  /** Partial sums per inference that are added where their crossbars are, in the PE. */
  public double mergedInPe() {
    return sums() * (tiling.rowBlocks() - spread.peRows());
  }

  /** Partial sums per inference that PEs of one tile send to its adders over the bus. */
  public double mergedInTile() {
    return sums() * (spread.peRows() - spread.tileRows());
  }

  /** Partial sums per inference that come from another tile over the fabric. */
  public double mergedOverFabric() {
    return sums() * (spread.tileRows() - 1);
  }

  /** Additions per inference that shift-and-adds inside PEs make; the tile's adders the others. */
  public double sumsInPe() {
    return sums() * (tiling.rowBlocks() - 1) - sums() * (spread.peRows() - 1);
  }

  private double sums() {
    return vectors * groups * outputs;
  }

  /**
   * Adds the actions of crossbars and PEs. Neither bits of a converter nor columns that share one
   * change a count: they act on energy, time and number of converters.
   *
   * @param layer layer that the actions are of
   * @param pulses P(digit ≠ 0)
   * @param amplitude E[u] of the input amplitude
   * @param conductance ḡ, mean conductance of a used cell / largest
   * @param windowFloor smallest conductance / largest
   */
  public void count(
      ActionCounts.Builder counts,
      int layer,
      double pulses,
      double amplitude,
      double conductance,
      double windowFloor) {
    double columnBlocks = tiling.columnBlocks();
    double rowBlocks = tiling.rowBlocks();
    double references = spread.referenceColumns();
    double sliceVectors = vectors * groups * operands.slices();
    double outputReads = sliceVectors * outputs * reads.perColumn();
    double converted = outputReads * operands.conversions();
    double pulseVectors = vectors * groups * operands.pulses();
    double pulseReads = pulseVectors * outputs * reads.perColumn();
    double settled = pulseReads * operands.columnsPerWeight();
    double sampled = pulseReads * operands.conversions();
    double rows = pulseVectors * operands.rowsPerWeight() * inputs;
    double used = operands.columnsPerWeight() * outputs;
    double arrayPasses = vectors * operands.slices() * reads.perCopy();
    converted += arrayPasses * references;
    double pulsePasses = vectors * operands.pulses() * reads.perCopy();
    settled += pulsePasses * references;
    sampled += pulsePasses * references;
    counts.add(layer, Action.ARRAY_PASS, arrayPasses);
    counts.add(
        layer,
        Action.CELL_READ,
        rows
            * amplitude
            * (used * conductance
                + (spread.columnsOfRow() - used) * windowFloor
                + columnBlocks * references * (1 + windowFloor) / 2));
    counts.add(
        layer,
        Action.PRODUCT,
        rows * amplitude * used * (conductance - windowFloor) / (1 - windowFloor));
    counts.add(layer, Action.COLUMN_SETTLE, settled);
    double driven = rows * columnBlocks * pulses;
    double presented = reads.skips() ? driven : rows * columnBlocks;
    counts.add(layer, Action.ROW_CONVERT, presented);
    counts.add(layer, Action.ROW_PULSE, driven);
    counts.add(layer, Action.ROW_BIAS, driven);
    counts.add(layer, Action.WORDLINE, presented);
    if (reads.skips()) {
      double loads = vectors * operands.slices() * (double) tiling.crossbars();
      counts.add(layer, Action.ROW_LOAD, loads);
      counts.add(layer, Action.ROW_PICK, driven);
    }
    counts.add(layer, Action.AMPLIFY, settled);
    counts.add(layer, Action.SAMPLE, sampled);
    counts.add(layer, Action.SELECT, converted);
    counts.add(layer, Action.CONVERSION, converted);
    counts.add(layer, Action.CONVERTER_BIAS, converted);
    counts.add(layer, Action.SHIFT_ADD, converted);
    double vectorBits = vectors * groups * inputs * operands.precision().inputs();
    counts.add(layer, Action.INPUT_REGISTER_WRITE_BIT, vectorBits * spread.peFan());
    counts.add(
        layer, Action.INPUT_REGISTER_READ_BIT, vectorBits * spread.peFan() * operands.signPasses());
    double sumBits = spread.sumBits();
    counts.add(layer, Action.OUTPUT_REGISTER_WRITE_BIT, sums() * rowBlocks * sumBits);
    counts.add(layer, Action.OUTPUT_REGISTER_READ_BIT, sums() * rowBlocks * sumBits);
    counts.add(layer, Action.TILE_BUFFER_READ_BIT, vectorBits * spread.tileFan());
    counts.add(
        layer, Action.BUS_BIT, vectorBits * spread.tileFan() + sums() * spread.peRows() * sumBits);
    counts.add(layer, Action.ADD, sums() * (rowBlocks - 1));
    double outputBits = operands.precision().outputs();
    counts.add(layer, Action.TILE_OUTPUT_REGISTER_BIT, sums() * outputBits);
    counts.add(layer, Action.TILE_BUFFER_WRITE_BIT, sums() * outputBits);
  }
}
