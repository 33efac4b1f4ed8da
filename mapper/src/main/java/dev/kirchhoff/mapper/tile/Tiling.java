package dev.kirchhoff.mapper.tile;

import dev.kirchhoff.arch.workload.MatrixShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiling of one copy of a matrix over crossbars.
 *
 * <p>A matrix of K inputs and M outputs takes n_r K rows and n_c M columns, cut into n_K = ⌈n_r K /
 * R⌉ row blocks and n_M = ⌈n_c M / C⌉ column blocks: A = g n_K n_M crossbars for g groups. With
 * block-diagonal packing k = min(⌊R / (n_r K)⌋, ⌊C / (n_c M)⌋) groups stand in one crossbar and A =
 * ⌈g / k⌉. Row blocks are full but for the last one.
 *
 * <p>A crossbar reads its rows in row groups of at most R_a. Packed groups are never torn between
 * two row groups if one fits. Blocks that do not fill a crossbar may share one with others ({@link
 * SharedCrossbars}). Neglected: where R or C is odd, a pair of cells may be torn between two
 * crossbars.
 *
 * @param rowBlocks n_K, crossbars that share an output
 * @param columnBlocks n_M, crossbars that share an input
 * @param groupsPerCrossbar k, groups that stand block-diagonally in one crossbar; 1 = not packed
 * @param crossbars A, crossbars of one copy
 * @param rowGroups row groups of all row blocks together: reads of a column block's crossbars for
 *     one input slice
 * @param rowGroupsLongest row groups read one after another in the crossbar that has most of them
 * @param readsPerColumn reads of one column of one group for an input slice, over all row blocks
 * @param usedCells cells that hold a weight
 * @param parts parts of the matrix, each cut into blocks by itself
 */
public record Tiling(
    int rowBlocks,
    int columnBlocks,
    int groupsPerCrossbar,
    long crossbars,
    int rowGroups,
    int rowGroupsLongest,
    int readsPerColumn,
    long usedCells,
    Parts parts) {

  /**
   * Equal parts of a matrix: groups, and of each the positions of the kernel if they have row
   * blocks of their own.
   *
   * @param count number of parts
   * @param height rows of cells of a part
   * @param width columns of cells of a part
   */
  public record Parts(int count, int height, int width) {}

  /**
   * Size of a crossbar.
   *
   * @param rows wordlines
   * @param columns bitlines
   * @param rowsActive rows read at once
   * @param referenceColumns columns beside {@code columns} that hold no weights
   */
  public record CrossbarSize(int rows, int columns, int rowsActive, int referenceColumns) {
    /** A crossbar without reference columns. */
    public CrossbarSize(int rows, int columns, int rowsActive) {
      this(rows, columns, rowsActive, 0);
    }

    /** Cells of a crossbar that may hold weights. */
    public double cells() {
      return (double) rows * columns;
    }
  }

  /**
   * Tiling of a matrix whose kernel is unrolled.
   *
   * @param packed whether groups that fit stand block-diagonally in one crossbar
   */
  public static Tiling of(
      MatrixShape shape,
      int rowsPerWeight,
      int columnsPerWeight,
      CrossbarSize side,
      boolean packed) {
    int groups = shape.groups();
    int height = rowsPerWeight * shape.inputsPerOutput();
    int width = columnsPerWeight * shape.outputsPerGroup();
    Parts parts = new Parts(groups, height, width);
    if (packed && groups > 1 && height <= side.rows() && width <= side.columns()) {
      int together = Math.min(groups, Math.min(side.rows() / height, side.columns() / width));
      if (together > 1) {
        return packed(parts, together, side.rowsActive());
      }
    }
    return cut(parts, 1, groups, side);
  }

  /**
   * Tiling of a matrix of which every position of the kernel has crossbars of its own: n_K = k_h
   * k_w ⌈n_r C / R⌉ row blocks.
   */
  public static Tiling byKernelPosition(
      MatrixShape shape, int rowsPerWeight, int columnsPerWeight, CrossbarSize side) {
    int positions = shape.kernelHeight() * shape.kernelWidth();
    int height = rowsPerWeight * shape.inputsPerGroup();
    int width = columnsPerWeight * shape.outputsPerGroup();
    Parts parts = new Parts(positions * shape.groups(), height, width);
    return cut(parts, positions, shape.groups(), side);
  }

  /** Tiling of a matrix that fills a row of crossbars: one row block. */
  public static Tiling full(int crossbars, CrossbarSize side) {
    int rowGroups = ceil(side.rows(), side.rowsActive());
    return new Tiling(
        1,
        crossbars,
        1,
        crossbars,
        rowGroups,
        rowGroups,
        rowGroups,
        (long) side.rows() * side.columns() * crossbars,
        new Parts(1, side.rows(), side.columns() * crossbars));
  }

  /**
   * This tiling as a transpose read sees it: columns are driven, rows add up.
   *
   * @param slices slices of a weight, whose columns are driven one slice after another
   */
  public Tiling transposed(CrossbarSize side, int slices) {
    int lines = side.columns();
    int full = ceil(ceil(Math.min(parts.width(), lines), slices), side.rowsActive());
    int rest = parts.width() - (columnBlocks - 1) * lines;
    int last = ceil(ceil(rest, slices), side.rowsActive());
    int groups = (columnBlocks - 1) * full + last;
    return new Tiling(
        columnBlocks,
        rowBlocks,
        1,
        crossbars,
        groups,
        full,
        groups,
        usedCells,
        new Parts(parts.count(), parts.width(), parts.height()));
  }

  private static Tiling cut(Parts parts, int positions, int groups, CrossbarSize side) {
    int down = ceil(parts.height(), side.rows());
    int rowBlocks = positions * down;
    int columnBlocks = ceil(parts.width(), side.columns());
    int full = ceil(Math.min(parts.height(), side.rows()), side.rowsActive());
    int last = ceil(parts.height() - (down - 1) * side.rows(), side.rowsActive());
    int rowGroups = positions * ((down - 1) * full + last);
    return new Tiling(
        rowBlocks,
        columnBlocks,
        1,
        (long) groups * rowBlocks * columnBlocks,
        rowGroups,
        full,
        rowGroups,
        (long) parts.count() * parts.height() * parts.width(),
        parts);
  }

  private static Tiling packed(Parts parts, int together, int rowsActive) {
    int reads = 1;
    int rowGroups;
    if (parts.height() <= rowsActive) {
      rowGroups = ceil(together, Math.min(together, rowsActive / parts.height()));
    } else {
      reads = ceil(parts.height(), rowsActive);
      rowGroups = together * reads;
    }
    return new Tiling(
        1,
        1,
        together,
        ceil(parts.count(), together),
        rowGroups,
        rowGroups,
        reads,
        (long) parts.count() * parts.height() * parts.width(),
        parts);
  }

  /** Blocks of one copy that do not fill a crossbar, by size. */
  public List<SharedCrossbars.Blocks> partialBlocks(int layer, CrossbarSize side) {
    List<SharedCrossbars.Blocks> blocks = new ArrayList<>();
    int k = groupsPerCrossbar;
    if (k > 1) {
      int whole = parts.count() / k;
      int rest = parts.count() - whole * k;
      if (k * parts.height() < side.rows() || k * parts.width() < side.columns()) {
        add(blocks, layer, k * parts.height(), k * parts.width(), whole);
      }
      add(blocks, layer, rest * parts.height(), rest * parts.width(), rest > 0 ? 1 : 0);
      return blocks;
    }
    int down = parts.height() / side.rows();
    int across = parts.width() / side.columns();
    int height = parts.height() - down * side.rows();
    int width = parts.width() - across * side.columns();
    add(blocks, layer, side.rows(), width, width > 0 ? parts.count() * down : 0);
    add(blocks, layer, height, side.columns(), height > 0 ? parts.count() * across : 0);
    add(blocks, layer, height, width, height > 0 && width > 0 ? parts.count() : 0);
    return blocks;
  }

  private static void add(
      List<SharedCrossbars.Blocks> blocks, int layer, int height, int width, int number) {
    if (number > 0) {
      blocks.add(new SharedCrossbars.Blocks(layer, height, width, number, 0));
    }
  }

  /** Used cells / cells of the crossbars. */
  public double utilization(CrossbarSize side) {
    return (double) usedCells / ((double) crossbars * side.rows() * side.columns());
  }

  /** Crossbar reads of one copy for one input slice of one vector, over all its crossbars. */
  public double readsPerSlice() {
    return groupsPerCrossbar > 1
        ? (double) crossbars * rowGroups
        : (double) crossbars / rowBlocks * rowGroups;
  }

  private static int ceil(int a, int b) {
    return (a + b - 1) / b;
  }
}
