package dev.kirchhoff.mapper.fabric;

/**
 * A mesh, concentrated where tiles share a router; also the channels of a circuit-switched fabric,
 * in which a link is as wide as its tracks together.
 *
 * <p>Routes go along the row first, then along the column. The last row may be short: a route that
 * leaves it for another row goes one step along the column first, so that all of its routers exist.
 */
final class Mesh extends Grid {
  private final int tracks;

  Mesh(int sites, int perRouter, int tracks) {
    super(sites, perRouter);
    this.tracks = tracks;
  }

  /**
   * The channels of a circuit-switched fabric.
   *
   * @throws IllegalArgumentException if the fabric has none
   */
  static Mesh channels(Fabric fabric) {
    if (fabric instanceof Mesh mesh) {
      return mesh;
    }
    throw new IllegalArgumentException("Only a mesh of channels has connections.");
  }

  @Override
  boolean isLeftAlongTheColumn(int row) {
    return row > 0 && row == rows - 1 && routers < rows * columns;
  }

  @Override
  int stepsEast(int from, int to) {
    return to - from;
  }

  @Override
  int stepsNorth(int from, int to) {
    return to - from;
  }

  @Override
  public int multicastHops(int from, int first, int count) {
    if (count == 1) {
      return hops(from, first);
    }
    int source = router(from);
    int row = row(source);
    int column = column(source, row);
    int begin = router(first);
    int end = router(first + count - 1);
    int links = 0;
    if (isLeftAlongTheColumn(row)) {
      int firstOfRow = row * columns;
      if (end >= firstOfRow) {
        links += cover(Math.max(begin, firstOfRow), end).along(column);
        end = firstOfRow - 1;
      }
      links += begin <= end ? 1 : 0;
      row--;
    }
    if (begin <= end) {
      RouterRectangle cover = cover(begin, end);
      links += cover.along(column) + cover.upAndDown(row);
    }
    return links;
  }

  @Override
  void trace(int from, int first, int count, double bits, LinkSegments stretches) {
    int source = router(from);
    int row = row(source);
    int column = column(source, row);
    int begin = router(first);
    int end = router(first + count - 1);
    if (isLeftAlongTheColumn(row)) {
      int firstOfRow = row * columns;
      if (end >= firstOfRow) {
        traceAlong(row, column, bits, stretches, cover(Math.max(begin, firstOfRow), end));
        end = firstOfRow - 1;
      }
      if (begin <= end) {
        alongColumn(column, row, -1, bits, stretches);
      }
      row--;
    }
    if (begin > end) {
      return;
    }
    RouterRectangle cover = cover(begin, end);
    traceAlong(row, column, bits, stretches, cover);
    int low = cover.columns();
    int high = cover.columnsTo();
    int up = cover.rowsTo() - row;
    if (up > 0) {
      alongColumns(low, cover.last() - 1, row, up - 1, bits, stretches);
      alongColumns(cover.last(), cover.lastTo(), row, up, bits, stretches);
      alongColumns(cover.lastTo() + 1, high, row, up - 1, bits, stretches);
    }
    int down = row - cover.rows();
    if (down > 0) {
      alongColumns(low, cover.first() - 1, row, 1 - down, bits, stretches);
      alongColumns(cover.first(), cover.firstTo(), row, -down, bits, stretches);
      alongColumns(cover.firstTo() + 1, high, row, 1 - down, bits, stretches);
    }
  }

  /** Equal stretches of columns from one to another. */
  private void alongColumns(
      int low, int high, int row, int steps, double bits, LinkSegments stretches) {
    for (int column = low; column <= high; column++) {
      alongColumn(column, row, steps, bits, stretches);
    }
  }

  private void traceAlong(
      int row, int column, double bits, LinkSegments stretches, RouterRectangle cover) {
    if (cover.columnsTo() > column) {
      alongRow(row, column, cover.columnsTo() - column, bits, stretches);
    }
    if (cover.columns() < column) {
      alongRow(row, column, cover.columns() - column, bits, stretches);
    }
  }

  /**
   * The rectangle that consecutive routers lie in, and the columns that they have in its first and
   * last row. In every column of the rectangle they have all rows but perhaps these two.
   *
   * @param rows first row
   * @param rowsTo last row
   * @param columns first column
   * @param columnsTo last column
   * @param first first column of the first row
   * @param firstTo last column of the first row
   * @param last first column of the last row
   * @param lastTo last column of the last row
   */
  private record RouterRectangle(
      int rows,
      int rowsTo,
      int columns,
      int columnsTo,
      int first,
      int firstTo,
      int last,
      int lastTo) {

    /** Links of a row from a column to all that are covered. */
    int along(int column) {
      return Math.max(0, columnsTo - column) + Math.max(0, column - columns);
    }

    /** Links of all columns from a row to all rows that are covered. */
    int upAndDown(int row) {
      int all = columnsTo - columns + 1;
      int inFirst = firstTo - first + 1;
      int inLast = lastTo - last + 1;
      int up = rowsTo - row;
      int down = row - rows;
      return inLast * Math.max(0, up)
          + (all - inLast) * Math.max(0, up - 1)
          + inFirst * Math.max(0, down)
          + (all - inFirst) * Math.max(0, down - 1);
    }
  }

  private RouterRectangle cover(int begin, int end) {
    int rowOf = row(begin);
    int rowTo = row(end);
    int columnOf = column(begin, rowOf);
    int columnTo = column(end, rowTo);
    if (rowOf == rowTo) {
      int low = Math.min(columnOf, columnTo);
      int high = Math.max(columnOf, columnTo);
      return new RouterRectangle(rowOf, rowTo, low, high, low, high, low, high);
    }
    boolean firstEastward = (rowOf & 1) == 0;
    int first = firstEastward ? columnOf : 0;
    int firstTo = firstEastward ? columns - 1 : columnOf;
    boolean lastEastward = (rowTo & 1) == 0;
    int last = lastEastward ? 0 : columnTo;
    int lastTo = lastEastward ? columnTo : columns - 1;
    // The first row's part ends where the next row begins, so that there is no gap between columns.
    boolean isFull = rowTo > rowOf + 1;
    int low = isFull ? 0 : Math.min(first, last);
    int high = isFull ? columns - 1 : Math.max(firstTo, lastTo);
    return new RouterRectangle(rowOf, rowTo, low, high, first, firstTo, last, lastTo);
  }

  @Override
  public int farthest(int from, int first, int count) {
    int source = router(from);
    int row = row(source);
    int column = column(source, row);
    RouterRectangle cover = cover(router(first), router(first + count - 1));
    int toFirst = Math.abs(cover.rows() - row);
    int toLast = Math.abs(cover.rowsTo() - row);
    int most =
        Math.max(
            toFirst + farther(column, cover.first(), cover.firstTo()),
            toLast + farther(column, cover.last(), cover.lastTo()));
    if (cover.rowsTo() - cover.rows() > 1) {
      int rowsOff = Math.max(Math.abs(cover.rows() + 1 - row), Math.abs(cover.rowsTo() - 1 - row));
      most = Math.max(most, rowsOff + farther(column, 0, columns - 1));
    }
    return most;
  }

  private static int farther(int column, int low, int high) {
    return Math.max(Math.abs(low - column), Math.abs(high - column));
  }

  @Override
  public int diameter() {
    return rows - 1 + columns - 1 + 1;
  }

  @Override
  public double capacity(int link) {
    return tracks;
  }

  /** True if a link joins two nodes; the others are the port. */
  boolean isChannel(int link) {
    return link < DIRECTIONS * rows * columns;
  }

  /** The channel of a link, the same in both directions. */
  int channel(int link) {
    int direction = link % DIRECTIONS;
    return direction == EAST || direction == NORTH
        ? link
        : DIRECTIONS * next(link / DIRECTIONS, direction) + (direction ^ 1);
  }
}
