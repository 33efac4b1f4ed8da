package dev.kirchhoff.mapper.tile;

import dev.kirchhoff.arch.workload.MatrixShape;

/**
 * Blocks of one copy of a matrix on crossbars (docs/mapping.md, eq. 1 and 2).
 *
 * <p>A matrix of K inputs and M outputs takes n_r K rows and n_c M columns, cut into n_K = ⌈n_r K /
 * R⌉ row blocks and n_M = ⌈n_c M / C⌉ column blocks: A = g n_K n_M crossbars for g groups. With
 * block-diagonal packing k = min(⌊R / (n_r K)⌋, ⌊C / (n_c M)⌋) groups stand in one crossbar and A =
 * ⌈g / k⌉. Row blocks are full but for the last one.
 *
 * <p>A crossbar reads its rows in row groups of at most R_a. Packed groups are never torn between
 * two row groups if one fits. Blocks that do not fill a crossbar may share one with others ({@link
 * SharedCrossbars}). Neglected: where R or C is odd, a pair of cells may be torn between two
 * crossbars. Reused from layer to layer; not safe for several threads.
 */
public final class Tiling {
  private int rowBlocks;
  private int columnBlocks;
  private int groupsPerCrossbar;
  private long crossbars;
  private int rowGroups;
  private int rowGroupsLongest;
  private int conversionsPerGroup;
  private long usedCells;
  private int parts;
  private int partHeight;
  private int partWidth;

  /** The tiling of one matrix. */
  public static Tiling of(
      MatrixShape shape, int rowsPerWeight, int columnsPerWeight, Side side, boolean packed) {
    Tiling tiling = new Tiling();
    tiling.set(shape, rowsPerWeight, columnsPerWeight, side, packed);
    return tiling;
  }

  /**
   * Size of a crossbar.
   *
   * @param rows wordlines
   * @param columns bitlines
   * @param rowsActive rows read at once
   * @param referenceColumns columns beside {@code columns} that hold no weights
   */
  public record Side(int rows, int columns, int rowsActive, int referenceColumns) {
    /** A crossbar without reference columns. */
    public Side(int rows, int columns, int rowsActive) {
      this(rows, columns, rowsActive, 0);
    }
  }

  /** Tiles another matrix. */
  public void set(
      MatrixShape shape, int rowsPerWeight, int columnsPerWeight, Side side, boolean packed) {
    int k = shape.inputsPerOutput();
    int groups = shape.groups();
    int height = rowsPerWeight * k;
    int width = columnsPerWeight * shape.outputsPerGroup();
    usedCells = (long) height * width * groups;
    parts = groups;
    partHeight = height;
    partWidth = width;
    groupsPerCrossbar = 1;
    if (packed && groups > 1 && height <= side.rows() && width <= side.columns()) {
      groupsPerCrossbar = Math.min(groups, Math.min(side.rows() / height, side.columns() / width));
    }
    if (groupsPerCrossbar > 1) {
      setPacked(height, groups, side.rowsActive());
      return;
    }
    rowBlocks = ceil(height, side.rows());
    columnBlocks = ceil(width, side.columns());
    crossbars = (long) groups * rowBlocks * columnBlocks;
    int full = ceil(Math.min(height, side.rows()), side.rowsActive());
    int last = ceil(height - (rowBlocks - 1) * side.rows(), side.rowsActive());
    rowGroupsLongest = full;
    rowGroups = (rowBlocks - 1) * full + last;
    conversionsPerGroup = rowGroups;
  }

  /**
   * Tiles a matrix of which every position of the kernel has crossbars of its own: n_K = k_h k_w
   * ⌈n_r C / R⌉ row blocks.
   */
  public void setKernels(MatrixShape shape, int rowsPerWeight, int columnsPerWeight, Side side) {
    int positions = shape.kernelHeight() * shape.kernelWidth();
    int height = rowsPerWeight * shape.inputsPerGroup();
    int width = columnsPerWeight * shape.outputsPerGroup();
    int blocks = ceil(height, side.rows());
    usedCells = (long) positions * height * width * shape.groups();
    parts = positions * shape.groups();
    partHeight = height;
    partWidth = width;
    groupsPerCrossbar = 1;
    rowBlocks = positions * blocks;
    columnBlocks = ceil(width, side.columns());
    crossbars = (long) shape.groups() * rowBlocks * columnBlocks;
    int full = ceil(Math.min(height, side.rows()), side.rowsActive());
    int last = ceil(height - (blocks - 1) * side.rows(), side.rowsActive());
    rowGroupsLongest = full;
    rowGroups = positions * ((blocks - 1) * full + last);
    conversionsPerGroup = rowGroups;
  }

  private void setPacked(int height, int groups, int rowsActive) {
    rowBlocks = 1;
    columnBlocks = 1;
    crossbars = ceil(groups, groupsPerCrossbar);
    if (height <= rowsActive) {
      int together = Math.min(groupsPerCrossbar, rowsActive / height);
      rowGroups = ceil(groupsPerCrossbar, together);
      conversionsPerGroup = 1;
    } else {
      conversionsPerGroup = ceil(height, rowsActive);
      rowGroups = groupsPerCrossbar * conversionsPerGroup;
    }
    rowGroupsLongest = rowGroups;
  }

  /** n_K, crossbars that share an output. */
  public int rowBlocks() {
    return rowBlocks;
  }

  /** n_M, crossbars that share an input. */
  public int columnBlocks() {
    return columnBlocks;
  }

  /** Groups that stand block-diagonally in one crossbar; 1 = not packed. */
  public int groupsPerCrossbar() {
    return groupsPerCrossbar;
  }

  /** A, crossbars of one copy. */
  public long crossbars() {
    return crossbars;
  }

  /** Row groups read one after another in the crossbar that has most of them. */
  public int rowGroupsLongest() {
    return rowGroupsLongest;
  }

  /**
   * Row groups of all row blocks together: reads of a column block's crossbars for one input slice.
   */
  public int rowGroups() {
    return rowGroups;
  }

  /** How often one column of one group is read for an input slice, over all row blocks. */
  public int readsPerColumn() {
    return conversionsPerGroup;
  }

  /** Cells that hold a weight. */
  public long usedCells() {
    return usedCells;
  }

  /**
   * Parts of the matrix that are cut into blocks each by itself: groups, and of each the positions
   * of the kernel if they have row blocks of their own.
   */
  public int parts() {
    return parts;
  }

  /** Rows of cells of a part. */
  public int partHeight() {
    return partHeight;
  }

  /** Columns of cells of a part. */
  public int partWidth() {
    return partWidth;
  }

  /** Adds the blocks of one copy that do not fill a crossbar. */
  public void addPartial(SharedCrossbars shared, int layer, Side side) {
    int k = groupsPerCrossbar;
    if (k > 1) {
      int whole = parts / k;
      int rest = parts - whole * k;
      if (k * partHeight < side.rows() || k * partWidth < side.columns()) {
        shared.add(layer, k * partHeight, k * partWidth, whole);
      }
      shared.add(layer, rest * partHeight, rest * partWidth, rest > 0 ? 1 : 0);
      return;
    }
    int down = partHeight / side.rows();
    int across = partWidth / side.columns();
    int height = partHeight - down * side.rows();
    int width = partWidth - across * side.columns();
    shared.add(layer, side.rows(), width, width > 0 ? parts * down : 0);
    shared.add(layer, height, side.columns(), height > 0 ? parts * across : 0);
    shared.add(layer, height, width, height > 0 && width > 0 ? parts : 0);
  }

  /** Used cells / cells of the crossbars. */
  public double utilization(Side side) {
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
