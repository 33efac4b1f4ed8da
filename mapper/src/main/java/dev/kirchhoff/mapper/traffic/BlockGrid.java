package dev.kirchhoff.mapper.traffic;

import dev.kirchhoff.mapper.tile.BlockShape;
import dev.kirchhoff.mapper.tile.BlockShape.Squares;

/**
 * Blocks of all copies of a layer on tiles in order.
 *
 * <p>A value of a map has a position p and a channel c, both as shares 0..1 of their range. Copy ⌊p
 * · copies⌋ takes the strip of p; the row blocks of the group of c receive it as an input, and the
 * last row block of the column of c completes it as an output.
 */
public final class BlockGrid {
  /** Middle of a crossbar, so that a product by 1 / perTile falls into its tile. */
  private static final double MIDDLE = 0.5;

  private final BlockShape shape;
  private final SpreadBlocks spread;
  private final double first;
  private final double taken;
  private final int copies;
  private final double perTile;
  private final double tilesPerCrossbar;

  /** Crossbars of a copy and of a block: less than one where blocks lie on others' crossbars. */
  private final double ofCopy;

  private final double ofBlock;
  private final double groups;
  private final int lastGroup;
  private final int rows;
  private final int down;
  private final int across;
  private final double rowsPerGroup;
  private final double columnsPerGroup;
  private final boolean inOrder;
  private final int firstTile;
  private final int lastTile;

  /** True if all blocks are known to lie on the first tile. */
  private final boolean isOnOneTile;

  private final boolean isWritten;
  private final double sum_bits;

  /** Tiles of blocks that follow no order: those of a layer that shares crossbars with others. */
  @FunctionalInterface
  public interface SpreadBlocks {
    /** Tile of a block. */
    int tile(int copy, int group, int row, int column);

    /** No layer shares crossbars. */
    SpreadBlocks NONE = (copy, group, row, column) -> 0;
  }

  /**
   * Blocks in the order of crossbars, in squares as their shape says, or spread.
   *
   * @param shape blocks of a copy
   * @param first first crossbar
   * @param taken crossbars of all copies
   * @param copies copies of the layer
   * @param perTile crossbars of a tile
   * @param isWritten whether its second operand is written into its blocks
   * @param sum_bits bits of all its outputs as partial sums
   * @param spread tiles of blocks on crossbars of others
   */
  public BlockGrid(
      BlockShape shape,
      double first,
      double taken,
      int copies,
      double perTile,
      boolean isWritten,
      double sum_bits,
      SpreadBlocks spread) {
    this.shape = shape;
    this.spread = spread;
    this.first = first;
    this.taken = taken;
    this.copies = copies;
    this.perTile = perTile;
    tilesPerCrossbar = 1 / perTile;
    ofBlock = Math.min(1, taken / (copies * shape.crossbars()));
    ofCopy = shape.crossbars() * ofBlock;
    groups = shape.groups();
    lastGroup = (int) Math.ceil(groups) - 1;
    rows = shape.rows();
    down = shape.down();
    across = shape.across();
    rowsPerGroup = 1 / shape.rowShare();
    columnsPerGroup = 1 / shape.columnShare();
    inOrder = spread == SpreadBlocks.NONE && shape.squares().isEmpty();
    firstTile = (int) ((first + MIDDLE) * tilesPerCrossbar);
    lastTile = (int) ((first + Math.max(1, taken) - MIDDLE) * tilesPerCrossbar);
    isOnOneTile = inOrder && ofBlock == 1 && firstTile == lastTile;
    this.isWritten = isWritten;
    this.sum_bits = sum_bits;
  }

  /** True if the layer's second operand is written into its blocks. */
  boolean isWritten() {
    return isWritten;
  }

  /** Bits of all outputs of the layer as partial sums. */
  double sum_bits() {
    return sum_bits;
  }

  /** Number of the first tile of the layer's own crossbars. */
  int firstTile() {
    return firstTile;
  }

  /** Number of the last tile of the layer's own crossbars. */
  int lastTile() {
    return lastTile;
  }

  /** Number of tiles from the first to the last. */
  int tiles() {
    return lastTile() - firstTile() + 1;
  }

  /** Tiles that values may go to: more than anyone counts where blocks follow no order. */
  int reach() {
    return spread == SpreadBlocks.NONE ? tiles() : Lattice.MOST;
  }

  int copies() {
    return copies;
  }

  /** Column blocks of all groups. */
  int columns() {
    return (lastGroup + 1) * across;
  }

  /** Row blocks of all groups, those of one position of the kernel. */
  int rows() {
    return (lastGroup + 1) * down;
  }

  /** True if blocks follow each other on the layer's own crossbars. */
  boolean isInOrder() {
    return inOrder;
  }

  /** Tile of a block. */
  int tile(int copy, int group, int row, int column) {
    if (inOrder) {
      long block = ((long) group * rows + row) * across + column;
      return (int) ((first + copy * ofCopy + block * ofBlock + MIDDLE) * tilesPerCrossbar);
    }
    return spread == SpreadBlocks.NONE
        ? (int) ((first + inSquares(shape.squares().get(), copy, row, column)) / perTile)
        : spread.tile(copy, group, row, column);
  }

  private long inSquares(Squares squares, int copy, int row, int column) {
    int side = squares.side();
    int abreast = Math.max(1, side / across);
    int stacked = squares.isStacked() ? shape.positions() : 1;
    int position = squares.isStacked() ? 0 : row / down;
    int y = copy / abreast * down * stacked + row - position * down;
    int x = copy % abreast * across + column;
    long wide = ceil(across, side);
    long ofPosition = ceil(down * stacked, side) * wide * squares.size();
    long square = y / side * wide + x / side;
    return position * ofPosition + square * squares.size() + (long) (y % side) * side + x % side;
  }

  private static long ceil(int a, int b) {
    return (a + b - 1) / b;
  }

  /** The copy whose strip contains a position. */
  int copyOf(double position) {
    return Math.min(copies - 1, (int) (position * copies));
  }

  /** The group that has a channel. */
  int groupOf(double channel) {
    return Math.min(lastGroup, (int) (channel * groups));
  }

  /** Row block, of the first position of the kernel, that receives a channel of a group. */
  int rowOf(double channel, int group) {
    return Math.min(down - 1, (int) ((channel * groups - group) * rowsPerGroup));
  }

  private int columnOf(double channel, int group) {
    return Math.min(across - 1, (int) ((channel * groups - group) * columnsPerGroup));
  }

  /** Channel of the input at which the row block of a channel ends. */
  double rowEnd(double channel) {
    int group = groupOf(channel);
    int row = rowOf(channel, group);
    double inGroup = row == down - 1 ? 1 : (row + 1) / rowsPerGroup;
    return Math.min(1, (group + inGroup) / groups);
  }

  /** Channel of the output at which the column block of a channel ends. */
  double columnEnd(double channel) {
    int group = groupOf(channel);
    int column = columnOf(channel, group);
    double inGroup = column == across - 1 ? 1 : (column + 1) / columnsPerGroup;
    return Math.min(1, (group + inGroup) / groups);
  }

  /** The tile that completes a value of the output. */
  int producer(double position, double channel) {
    if (isOnOneTile) {
      return firstTile;
    }
    int group = groupOf(channel);
    return tile(copyOf(position), group, rows - 1, columnOf(channel, group));
  }

  /** The first of the tiles that receive an input of a row block, that of its first position. */
  int firstReceiver(int copy, int group, int row) {
    return tile(copy, group, row, 0);
  }

  /** True if a value of the input goes to one block of a copy. */
  boolean isReceivedOnce() {
    return rows == down && across == 1;
  }

  /** The last of the tiles that receive it, at any position of the kernel. */
  int lastReceiver(int copy, int group, int row) {
    return tile(copy, group, row + rows - down, across - 1);
  }

  /** A tile of a copy at a share of its rows and a channel of its outputs. */
  int weight(int copy, double row, double channel) {
    int group = groupOf(channel);
    return tile(copy, group, (int) (row * rows), columnOf(channel, group));
  }

  /** True if partial sums go from each tile to the next one alone. */
  boolean isChain() {
    return isInOrder() && across <= perTile;
  }

  /**
   * Share of all outputs whose sums cross the border before a tile, where blocks follow each other:
   * sums of the columns behind it, from the row block before, and of those before it, to the row
   * block behind.
   */
  double crossing(int border) {
    double ofGroup = (double) rows * across;
    double block = (border * perTile - first) / ofBlock;
    double inGroup = block - Math.floor(block / ofGroup) * ofGroup;
    int row = (int) (inGroup / across);
    double before = Math.min(1, (inGroup - (double) row * across) / columnsPerGroup);
    double crossing = (row >= 1 ? 1 - before : 0) + (row < rows - 1 ? before : 0);
    return crossing / ofAllGroups();
  }

  private double ofAllGroups() {
    return (double) copies * (lastGroup + 1);
  }

  /** Receiver of partial sums. */
  @FunctionalInterface
  interface Sums {
    /** Share of all outputs whose sums go from a tile to another. */
    void add(int from, int to, double share);
  }

  /** Steps of all partial sums from row block to row block, where these lie on several tiles. */
  private long steps() {
    boolean isInside = spread == SpreadBlocks.NONE && tiles() == 1;
    return isInside ? 0 : (long) copies * (lastGroup + 1) * (rows - 1) * across;
  }

  /** Number of transfers of the layer, about: those of its inputs and of so many sums at most. */
  int transfers(int mostSums) {
    int inputs = Math.min(2 * tiles(), Lattice.MOST);
    return inputs + (isChain() ? tiles() : (int) Math.min(steps(), mostSums));
  }

  /**
   * Hands over the partial sums that go from the tile of a row block to that of the next, along the
   * chain of row blocks of an output: of at most so many blocks, evenly spread.
   */
  void sums(int most, Sums sums) {
    long steps = steps();
    int number = (int) Math.min(steps, most);
    for (int k = 0; k < number; k++) {
      long step = number == steps ? k : (long) ((k + 0.5) * steps / number);
      int column = (int) (step % across);
      long above = step / across;
      int row = (int) (above % (rows - 1));
      int group = (int) (above / (rows - 1) % (lastGroup + 1));
      int copy = (int) (above / (rows - 1) / (lastGroup + 1));
      double width =
          Math.min(1, (column + 1) / columnsPerGroup) - Math.min(1, column / columnsPerGroup);
      double share = number == steps ? width / ofAllGroups() : (rows - 1.0) / number;
      sums.add(tile(copy, group, row, column), tile(copy, group, row + 1, column), share);
    }
  }

  /** True if another layer has blocks of the same shape and sums on the same crossbars. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof BlockGrid grid
            && first == grid.first
            && taken == grid.taken
            && copies == grid.copies
            && perTile == grid.perTile
            && spread == grid.spread
            && isWritten == grid.isWritten
            && sum_bits == grid.sum_bits
            && shape.equals(grid.shape);
  }

  @Override
  public int hashCode() {
    int hash = 31 * Double.hashCode(first) + Double.hashCode(taken);
    return 31 * (31 * hash + copies) + Double.hashCode(perTile);
  }
}
