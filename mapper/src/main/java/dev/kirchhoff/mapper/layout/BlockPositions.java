package dev.kirchhoff.mapper.layout;

import java.util.List;

/** Positions of a layer's blocks, by copy, part and place in the part's grid of blocks. */
sealed interface BlockPositions {

  /** Crossbar, and the row and column on it, of the first cell of a block. */
  record Position(long crossbar, int row, int column) {}

  /** The position of a block: of a copy and part, so far down and across in the part's grid. */
  Position position(Grid grid, int copy, int part, int down, int across);

  /**
   * Blocks of a layer.
   *
   * @param down row blocks of a part
   * @param across column blocks of a part
   * @param rows rows of a crossbar
   * @param columns columns of a crossbar
   */
  record Grid(int down, int across, int rows, int columns) {
    long index(int part, int rowBlock, int columnBlock) {
      return ((long) part * down + rowBlock) * across + columnBlock;
    }
  }

  /**
   * Crossbar by crossbar, copy behind copy.
   *
   * @param first first crossbar
   * @param ofCopy crossbars of a copy
   */
  record Row(long first, long ofCopy) implements BlockPositions {
    @Override
    public Position position(Grid grid, int copy, int part, int down, int across) {
      return new Position(first + copy * ofCopy + grid.index(part, down, across), 0, 0);
    }
  }

  /**
   * Squares of crossbars that copies fill, as {@link dev.kirchhoff.mapper.tile.DedicatedTiles}
   * counts them.
   *
   * @param first first crossbar
   * @param side crossbars of a square side by side
   * @param size crossbars of a tile or PE, of which the square is part
   * @param across squares side by side
   * @param ofPart crossbars of a part
   * @param abreast copies side by side
   * @param stacked parts below each other in one place; 1 = each has its own
   */
  record Squares(long first, int side, int size, int across, long ofPart, int abreast, int stacked)
      implements BlockPositions {
    @Override
    public Position position(Grid grid, int copy, int part, int down, int column) {
      int y = copy / abreast * grid.down() * stacked + down;
      y += stacked > 1 ? part * grid.down() : 0;
      int x = copy % abreast * grid.across() + column;
      long square = (long) (y / side) * across + x / side;
      long inside = (long) (y % side) * side + x % side;
      return new Position(first + (stacked > 1 ? 0 : part * ofPart) + square * size + inside, 0, 0);
    }
  }

  /**
   * Block-diagonal groups.
   *
   * @param under positions of the crossbars, one part for each
   * @param together groups of a crossbar
   * @param height rows of a group
   * @param width columns of a group
   */
  record Diagonal(BlockPositions under, int together, int height, int width)
      implements BlockPositions {
    @Override
    public Position position(Grid grid, int copy, int part, int down, int across) {
      Position corner = under.position(grid, copy, part / together, 0, 0);
      int i = part % together;
      return new Position(
          corner.crossbar(), corner.row() + i * height, corner.column() + i * width);
    }
  }

  /**
   * The first copy's blocks that do not fill a crossbar stand on shared ones, the rest crossbar by
   * crossbar.
   *
   * @param first first crossbar of the full blocks
   * @param ofCopy crossbars of a further copy
   * @param full full blocks of the first copy
   * @param edges spots of the shared blocks
   */
  record Shared(long first, long ofCopy, long full, Edges edges) implements BlockPositions {
    @Override
    public Position position(Grid grid, int copy, int part, int down, int across) {
      if (copy > 0) {
        return new Position(
            first + full + (copy - 1) * ofCopy + grid.index(part, down, across), 0, 0);
      }
      Position shared = edges.position(part, down, across);
      return shared != null ? shared : new Position(first + edges.full(part, down, across), 0, 0);
    }
  }

  /**
   * Blocks of one copy that do not fill a crossbar.
   *
   * @param fullDown full row blocks of a part
   * @param fullAcross full column blocks of a part
   * @param right blocks of full height, by part, then row block; empty if all are full
   * @param bottom blocks of full width, by part, then column block
   * @param corner blocks neither high nor wide, by part
   */
  record Edges(
      int fullDown,
      int fullAcross,
      List<Position> right,
      List<Position> bottom,
      List<Position> corner) {
    Position position(int part, int down, int across) {
      boolean isLow = down == fullDown;
      boolean isNarrow = across == fullAcross;
      if (isLow && isNarrow) {
        return corner.get(part);
      }
      if (isNarrow) {
        return right.get(part * fullDown + down);
      }
      return isLow ? bottom.get(part * fullAcross + across) : null;
    }

    long full(int part, int down, int across) {
      return ((long) part * fullDown + down) * fullAcross + across;
    }
  }
}
