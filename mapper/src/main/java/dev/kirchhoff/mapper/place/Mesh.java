package dev.kirchhoff.mapper.place;

/**
 * A mesh, concentrated where tiles share a router; also the channels of a circuit-switched fabric,
 * in which a link is as wide as its tracks together.
 *
 * <p>Routes go along the row first, then along the column. The last row may be short: a route that
 * leaves it for another row goes one step along the column first, so that all of its routers exist.
 */
final class Mesh extends Grid {
  private static final int ROWS = 0;
  private static final int ROWS_TO = 1;
  private static final int COLUMNS = 2;
  private static final int COLUMNS_TO = 3;
  private static final int FIRST = 4;
  private static final int FIRST_TO = 5;
  private static final int LAST = 6;
  private static final int LAST_TO = 7;

  private final int tracks;

  Mesh(int sites, int perRouter, int tracks) {
    super(sites, perRouter);
    this.tracks = tracks;
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
  public boolean agrees(Fabric other, int sites) {
    if (sites() == other.sites()) {
      return true;
    }
    Mesh mesh = (Mesh) other;
    int last = row(router(Math.max(1, sites) - 1));
    return sites <= Math.min(sites(), mesh.sites())
        && columns == mesh.columns
        && isLeftAlongTheColumn(last) == mesh.isLeftAlongTheColumn(last);
  }

  @Override
  public int multicastHops(int from, int first, int count, int[] scratch) {
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
        cover(Math.max(begin, firstOfRow), end, scratch);
        links += along(column, scratch);
        end = firstOfRow - 1;
      }
      links += begin <= end ? 1 : 0;
      row--;
    }
    if (begin <= end) {
      cover(begin, end, scratch);
      links += along(column, scratch) + upAndDown(row, scratch);
    }
    return links;
  }

  @Override
  void trace(int from, int first, int count, double bits, GridLoads loads, int[] scratch) {
    int source = router(from);
    int row = row(source);
    int column = column(source, row);
    int begin = router(first);
    int end = router(first + count - 1);
    if (isLeftAlongTheColumn(row)) {
      int firstOfRow = row * columns;
      if (end >= firstOfRow) {
        cover(Math.max(begin, firstOfRow), end, scratch);
        traceAlong(row, column, bits, loads, scratch);
        end = firstOfRow - 1;
      }
      if (begin <= end) {
        loads.alongColumn(column, row, -1, bits);
      }
      row--;
    }
    if (begin > end) {
      return;
    }
    cover(begin, end, scratch);
    traceAlong(row, column, bits, loads, scratch);
    int low = scratch[COLUMNS];
    int high = scratch[COLUMNS_TO];
    int up = scratch[ROWS_TO] - row;
    if (up > 0) {
      loads.northward(low, scratch[LAST] - 1, row, up - 1, bits);
      loads.northward(scratch[LAST], scratch[LAST_TO], row, up, bits);
      loads.northward(scratch[LAST_TO] + 1, high, row, up - 1, bits);
    }
    int down = row - scratch[ROWS];
    if (down > 0) {
      loads.southward(low, scratch[FIRST] - 1, row, down - 1, bits);
      loads.southward(scratch[FIRST], scratch[FIRST_TO], row, down, bits);
      loads.southward(scratch[FIRST_TO] + 1, high, row, down - 1, bits);
    }
  }

  private static void traceAlong(int row, int column, double bits, GridLoads loads, int[] run) {
    if (run[COLUMNS_TO] > column) {
      loads.alongRow(row, column, run[COLUMNS_TO] - column, bits);
    }
    if (run[COLUMNS] < column) {
      loads.alongRow(row, column, run[COLUMNS] - column, bits);
    }
  }

  /**
   * Finds the rectangle that consecutive routers lie in, and the columns that they have in its
   * first and last row. In every column of the rectangle they have all rows but perhaps these two.
   */
  private void cover(int begin, int end, int[] run) {
    int rowOf = row(begin);
    int rowTo = row(end);
    int columnOf = column(begin, rowOf);
    int columnTo = column(end, rowTo);
    run[ROWS] = rowOf;
    run[ROWS_TO] = rowTo;
    if (rowOf == rowTo) {
      int low = Math.min(columnOf, columnTo);
      int high = Math.max(columnOf, columnTo);
      run[FIRST] = low;
      run[LAST] = low;
      run[COLUMNS] = low;
      run[FIRST_TO] = high;
      run[LAST_TO] = high;
      run[COLUMNS_TO] = high;
      return;
    }
    boolean eastward = (rowOf & 1) == 0;
    run[FIRST] = eastward ? columnOf : 0;
    run[FIRST_TO] = eastward ? columns - 1 : columnOf;
    eastward = (rowTo & 1) == 0;
    run[LAST] = eastward ? 0 : columnTo;
    run[LAST_TO] = eastward ? columnTo : columns - 1;
    // The first row's part ends where the next row begins, so that there is no gap between columns.
    boolean isFull = rowTo > rowOf + 1;
    run[COLUMNS] = isFull ? 0 : Math.min(run[FIRST], run[LAST]);
    run[COLUMNS_TO] = isFull ? columns - 1 : Math.max(run[FIRST_TO], run[LAST_TO]);
  }

  /** Links of a row from a column to all that are covered. */
  private static int along(int column, int[] run) {
    return Math.max(0, run[COLUMNS_TO] - column) + Math.max(0, column - run[COLUMNS]);
  }

  /** Links of all columns from a row to all rows that are covered. */
  private static int upAndDown(int row, int[] run) {
    int all = run[COLUMNS_TO] - run[COLUMNS] + 1;
    int inFirst = run[FIRST_TO] - run[FIRST] + 1;
    int inLast = run[LAST_TO] - run[LAST] + 1;
    int up = run[ROWS_TO] - row;
    int down = row - run[ROWS];
    return inLast * Math.max(0, up)
        + (all - inLast) * Math.max(0, up - 1)
        + inFirst * Math.max(0, down)
        + (all - inFirst) * Math.max(0, down - 1);
  }

  @Override
  public int farthest(int from, int first, int count, int[] scratch) {
    int source = router(from);
    int row = row(source);
    int column = column(source, row);
    cover(router(first), router(first + count - 1), scratch);
    int toFirst = Math.abs(scratch[ROWS] - row);
    int toLast = Math.abs(scratch[ROWS_TO] - row);
    int most =
        Math.max(
            toFirst + farther(column, scratch[FIRST], scratch[FIRST_TO]),
            toLast + farther(column, scratch[LAST], scratch[LAST_TO]));
    if (scratch[ROWS_TO] - scratch[ROWS] > 1) {
      int rowsOff =
          Math.max(Math.abs(scratch[ROWS] + 1 - row), Math.abs(scratch[ROWS_TO] - 1 - row));
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

  /** Whether a link joins two nodes; the others are the port. */
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
