package dev.kirchhoff.mapper.mapping;

import dev.kirchhoff.arch.workload.Layer;
import dev.kirchhoff.arch.workload.MappingOptions.Dynamic;
import dev.kirchhoff.arch.workload.MappingOptions.Floorplan;
import dev.kirchhoff.arch.workload.MatrixShape;
import dev.kirchhoff.arch.workload.Precision;
import dev.kirchhoff.mapper.column.LayerDigits;
import dev.kirchhoff.mapper.count.ActionCounts;
import dev.kirchhoff.mapper.count.ArrayUse;
import dev.kirchhoff.mapper.count.CrossbarMapping;
import dev.kirchhoff.mapper.count.DigitalCounts;
import dev.kirchhoff.mapper.count.KernelCounts;
import dev.kirchhoff.mapper.tile.CopyReads;
import java.util.Optional;
import java.util.function.Function;

/**
 * One copy of a layer with its action counts: a row by layer and precision, which designs that use
 * crossbars alike share.
 *
 * @param layer shapes, statistics, digital work and dependences
 * @param precision bits of operands and outputs
 * @param operand operand that inputs are multiplied with
 * @param mapping its crossbars; empty on digital units
 * @param activity mean activity of a read of its cells
 * @param reads actions of its product and of the digital work behind it, one row
 * @param work actions of a kernel beside its reads, one row; without rows where there is none
 */
record LayerCounts(
    Layer layer,
    Precision precision,
    Operand operand,
    Optional<CrossbarMapping> mapping,
    ReadActivity activity,
    ActionCounts reads,
    ActionCounts work) {
  /** Operand that a layer multiplies its inputs with. */
  enum Operand {
    /** Matrix that stays in crossbars between inferences. */
    STORED,
    /** Matrix of activations that each inference writes into crossbars. */
    WRITTEN,
    /** Matrix of activations that digital units read from buffers. */
    BUFFERED;

    /** Operand of a layer. */
    static Operand of(Layer layer, Dynamic dynamic) {
      return !layer.dynamic() ? STORED : dynamic == Dynamic.DIGITAL ? BUFFERED : WRITTEN;
    }
  }

  /** Bytes of a row with its mapping and the digits that its table keeps, about. */
  static final long SIZE_B = 1_100;

  private static final ActionCounts NO_WORK = new ActionCounts.Builder(0).build();

  /**
   * Counts of a layer on crossbars.
   *
   * @param mapping crossbars of one copy, as if all rows were read
   * @param digits digits of inputs and weights
   * @param reads reads of layers whose rows are skipped
   */
  static LayerCounts onCrossbars(
      Layer layer,
      Precision precision,
      Operand operand,
      CrossbarMapping mapping,
      LayerDigits digits,
      ArrayUse use,
      Function<DrivenReads, CopyReads> reads) {
    CrossbarMapping whole = mapping;
    if (use.skipsZeroRows()) {
      int rowsPerWeight = mapping.operands().rowsPerWeight();
      DrivenReads driven =
          new DrivenReads(mapping.tiling(), rowsPerWeight, use.side(), digits.inputs());
      whole = mapping.with(reads.apply(driven));
    }
    ReadActivity activity =
        new ReadActivity(
            digits.pulses().meanShare(),
            digits.cells().cells().conductanceShare(use.windowFloor()));
    ActionCounts.Builder counts = new ActionCounts.Builder(1);
    whole.count(
        counts,
        0,
        digits.pulses().pulses(),
        activity.amplitude(),
        activity.conductance(),
        use.windowFloor());
    return of(layer, precision, operand, Optional.of(whole), activity, counts, use);
  }

  /** Counts of a layer on digital units. */
  static LayerCounts digital(Layer layer, Precision precision, ArrayUse use) {
    ActionCounts.Builder counts = new ActionCounts.Builder(1);
    DigitalCounts.countProduct(counts, 0, layer.shape(), precision);
    return of(layer, precision, Operand.BUFFERED, Optional.empty(), ReadActivity.NONE, counts, use);
  }

  private static LayerCounts of(
      Layer layer,
      Precision precision,
      Operand operand,
      Optional<CrossbarMapping> mapping,
      ReadActivity activity,
      ActionCounts.Builder counts,
      ArrayUse use) {
    DigitalCounts.count(counts, 0, layer.after(), precision.outputs());
    ActionCounts work = NO_WORK;
    if (!layer.kernel().isEmpty()) {
      ActionCounts.Builder beside = new ActionCounts.Builder(1);
      KernelCounts.count(
          beside,
          0,
          layer.kernel(),
          precision,
          layer.shape().inputsPerOutput(),
          cellsPerWeight(mapping, layer),
          use.weights());
      work = beside.build();
    }
    return new LayerCounts(layer, precision, operand, mapping, activity, counts.build(), work);
  }

  /** Crossbars of one copy of a layer with a matrix of its own. */
  static CrossbarMapping ownMatrix(
      Layer layer, Precision precision, ArrayUse use, ConvolutionSizes convolutions) {
    boolean hasOwn = hasOwnKernels(layer, use, convolutions);
    return CrossbarMapping.of(
        layer.shape(),
        layer.inputs().signed(),
        precision,
        use,
        hasOwn,
        convolutions.widest(hasOwn));
  }

  /**
   * Crossbars of a layer that uses a stored matrix the other way.
   *
   * @param stored the crossbars that store it
   */
  static CrossbarMapping otherWay(Layer layer, CrossbarMapping stored, ArrayUse use) {
    boolean signed = layer.inputs().signed();
    return switch (layer.matrix().otherWay().orElseThrow()) {
      case TRANSPOSE -> stored.transposed(layer.shape().vectors(), signed, use);
      case LINE -> stored.line(layer.shape().vectors(), signed, use);
    };
  }

  /**
   * True if the positions of a layer's kernel have row blocks of their own: all ungrouped kernels
   * if the mapping arranges them so; with PEs of their own those of the most frequent kernel.
   */
  private static boolean hasOwnKernels(Layer layer, ArrayUse use, ConvolutionSizes convolutions) {
    if (use.floorplan() == Floorplan.OWN_KERNELS) {
      return convolutions.isFrequent(layer);
    }
    MatrixShape shape = layer.shape();
    return use.packingRules().kernels()
        && shape.groups() == 1
        && shape.kernelHeight() * shape.kernelWidth() > 1;
  }

  /** True if it is done by crossbars. */
  boolean isOnCrossbars() {
    return operand != Operand.BUFFERED;
  }

  /** Cells of a weight; 1 on digital units. */
  double cellsPerWeight() {
    return cellsPerWeight(mapping, layer);
  }

  private static double cellsPerWeight(Optional<CrossbarMapping> mapping, Layer layer) {
    return mapping.isPresent() ? mapping.get().usedCells() / layer.shape().weights() : 1;
  }

  /** Cells of one copy that hold a weight; 0 on digital units. */
  double usedCells() {
    return mapping.isPresent() ? mapping.get().usedCells() : 0;
  }

  /** Tiles that share an input value. */
  double tileFan() {
    return mapping.isPresent() ? mapping.get().tileFan() : 1;
  }
}
