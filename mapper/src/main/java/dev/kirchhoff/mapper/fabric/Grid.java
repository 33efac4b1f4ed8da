package dev.kirchhoff.mapper.fabric;

import java.util.OptionalInt;

/**
 * Routers in rows and columns, numbered row by row: the geometry common to mesh and torus. Routers
 * stand on the smallest square, less the rows that would be empty. Sites are numbered along a
 * snake, every second row backwards, so that sites that follow each other are neighbours. The port
 * is at the router of the first site.
 */
abstract sealed class Grid implements Fabric permits Mesh, Torus {
  static final int EAST = 0;
  static final int WEST = 1;
  static final int NORTH = 2;
  static final int SOUTH = 3;
  static final int DIRECTIONS = 4;

  /** A place is its row and, in the lower half, its column: more than 2^15 of each are too many. */
  private static final int ROW_SHIFT = 16;

  private static final int COLUMN_MASK = (1 << ROW_SHIFT) - 1;

  private final int sites;
  final int perRouter;

  /** Routers that have a tile. */
  final int routers;

  final int columns;
  final int rows;
  private final double perColumn;
  private final double perSharer;

  Grid(int sites, int perRouter) {
    this.sites = sites;
    this.perRouter = perRouter;
    routers = (sites + perRouter - 1) / perRouter;
    columns = Math.max(1, (int) Math.ceil(Math.sqrt(routers)));
    rows = Math.max(1, (routers + columns - 1) / columns);
    perColumn = 1.0 / columns;
    perSharer = 1.0 / perRouter;
  }

  /** Row of a router: a division of small whole numbers, by a product that is never near one. */
  final int row(int router) {
    return (int) ((router + 0.5) * perColumn);
  }

  final int router(int site) {
    return perRouter == 1 ? site : (int) ((site + 0.5) * perSharer);
  }

  @Override
  public final int sites() {
    return sites;
  }

  @Override
  public final int links() {
    return DIRECTIONS * rows * columns + 2;
  }

  private int portIn() {
    return DIRECTIONS * rows * columns;
  }

  @Override
  public final int node(int site) {
    int router = router(site);
    int row = row(router);
    return row * columns + column(router, row);
  }

  @Override
  public final int columns() {
    return columns;
  }

  /** Column of a router in the order of sites: even rows run forwards, odd rows backwards. */
  final int column(int router, int row) {
    int column = router - row * columns;
    return (row & 1) == 0 ? column : columns - 1 - column;
  }

  @Override
  public final int hops(int from, int to) {
    return hopsBetween(place(from), place(to));
  }

  /** Row and column of a site's router. */
  private int place(int site) {
    int router = router(site);
    int row = row(router);
    return row << ROW_SHIFT | column(router, row);
  }

  private int hopsBetween(int from, int to) {
    return Math.abs(stepsNorth(from >> ROW_SHIFT, to >> ROW_SHIFT))
        + Math.abs(stepsEast(from & COLUMN_MASK, to & COLUMN_MASK));
  }

  @Override
  public int multicastHops(int from, int first, int count) {
    return count == 1 ? hops(from, first) : reach(from, first, count).links();
  }

  /**
   * Reach of a multicast: east and west as far as the furthest column of each side, and in every
   * column north and south as far as its furthest row; the row that is left along the column on its
   * own.
   *
   * @param north by column, links to the north
   * @param south by column, links to the south
   * @param leavesRow whether the source's row is left along its column
   * @param eastInRow links to the east within the row that is left
   * @param westInRow links to the west within the row that is left
   */
  private record MulticastExtent(
      int[] north,
      int[] south,
      int east,
      int west,
      boolean leavesRow,
      int eastInRow,
      int westInRow) {
    int links() {
      int sum = east + west + eastInRow + westInRow + (leavesRow ? 1 : 0);
      for (int column = 0; column < north.length; column++) {
        sum += north[column] + south[column];
      }
      return sum;
    }
  }

  private MulticastExtent reach(int from, int first, int count) {
    int source = router(from);
    int row = row(source);
    int column = column(source, row);
    int lastRouter = router(first + count - 1);
    boolean left = isLeftAlongTheColumn(row);
    int start = left ? row - 1 : row;
    int[] north = new int[columns];
    int[] south = new int[columns];
    int farEast = 0;
    int farWest = 0;
    int eastInRow = 0;
    int westInRow = 0;
    boolean leavesRow = false;
    for (int router = router(first); router <= lastRouter; router++) {
      int rowTo = row(router);
      int columnTo = column(router, rowTo);
      int east = stepsEast(column, columnTo);
      if (left && rowTo == row) {
        eastInRow = Math.max(eastInRow, east);
        westInRow = Math.max(westInRow, -east);
        continue;
      }
      farEast = Math.max(farEast, east);
      farWest = Math.max(farWest, -east);
      leavesRow = left;
      int steps = stepsNorth(start, rowTo);
      north[columnTo] = Math.max(north[columnTo], steps);
      south[columnTo] = Math.max(south[columnTo], -steps);
    }
    return new MulticastExtent(north, south, farEast, farWest, leavesRow, eastInRow, westInRow);
  }

  @Override
  public final int multicast(int from, int first, int count, int[] links) {
    return grow(from, first, count, links, 0);
  }

  @Override
  public final int multicastFromPort(int first, int count, int[] links) {
    links[0] = portIn();
    return grow(0, first, count, links, 1);
  }

  private int grow(int from, int first, int count, int[] links, int start) {
    MulticastExtent reach = reach(from, first, count);
    int node = node(from);
    int n = row(node, reach.eastInRow(), reach.westInRow(), links, start);
    if (reach.leavesRow()) {
      node = steps(node, SOUTH, 1, links, n++);
    }
    n = row(node, reach.east(), reach.west(), links, n);
    int firstOfRow = node / columns * columns;
    for (int column = 0; column < columns; column++) {
      steps(firstOfRow + column, NORTH, reach.north()[column], links, n);
      n += reach.north()[column];
      steps(firstOfRow + column, SOUTH, reach.south()[column], links, n);
      n += reach.south()[column];
    }
    return n;
  }

  private int row(int from, int east, int west, int[] links, int start) {
    steps(from, EAST, east, links, start);
    steps(from, WEST, west, links, start + east);
    return start + east + west;
  }

  /** True if routes that leave a row begin with a step to the row before. */
  abstract boolean isLeftAlongTheColumn(int row);

  /** Steps from a column to another, negative to the west. */
  abstract int stepsEast(int from, int to);

  /** Steps from a row to another, negative to the south. */
  abstract int stepsNorth(int from, int to);

  @Override
  public final int multicastHopsFromPort(int first, int count) {
    return multicastHops(0, first, count) + 1;
  }

  @Override
  public final int hopsToPort(int site) {
    return hops(0, site) + 1;
  }

  @Override
  public final int route(int from, int to, int[] route) {
    return walk(node(from), node(to), route, 0);
  }

  /** Adds the links between two nodes: along the row first, then along the column. */
  final int walk(int from, int to, int[] route, int count) {
    int node = from;
    int n = count;
    int row = from / columns;
    int rowTo = to / columns;
    if (rowTo < row && isLeftAlongTheColumn(row)) {
      node = steps(node, SOUTH, 1, route, n);
      row--;
      n++;
    }
    int east = stepsEast(from % columns, to % columns);
    node = steps(node, east > 0 ? EAST : WEST, Math.abs(east), route, n);
    n += Math.abs(east);
    int north = stepsNorth(row, rowTo);
    steps(node, north > 0 ? NORTH : SOUTH, Math.abs(north), route, n);
    return n + Math.abs(north);
  }

  /** Hands over the links of a route, stretch by stretch. */
  final void trace(int from, int to, double bits, LinkSegments stretches) {
    int source = router(from);
    int target = router(to);
    int row = row(source);
    int rowTo = row(target);
    int column = column(source, row);
    int columnTo = column(target, rowTo);
    if (rowTo < row && isLeftAlongTheColumn(row)) {
      alongColumn(column, row, -1, bits, stretches);
      row--;
    }
    alongRow(row, column, stepsEast(column, columnTo), bits, stretches);
    alongColumn(columnTo, row, stepsNorth(row, rowTo), bits, stretches);
  }

  /** Hands over the links of a chain, row by row. */
  final void traceChain(int first, int last, double bits, LinkSegments stretches) {
    int end = router(last);
    for (int router = router(first); router <= end; ) {
      int row = row(router);
      int lastOfRow = Math.min(end, (row + 1) * columns - 1);
      int column = column(router, row);
      int columnTo = column(lastOfRow, row);
      alongRow(row, column, columnTo - column, bits, stretches);
      if (lastOfRow < end) {
        alongColumn(columnTo, row, 1, bits, stretches);
      }
      router = lastOfRow + 1;
    }
  }

  /** Hands over the links of a multicast to consecutive sites. */
  void trace(int from, int first, int count, double bits, LinkSegments stretches) {
    MulticastExtent reach = reach(from, first, count);
    int source = router(from);
    int row = row(source);
    int column = column(source, row);
    if (reach.leavesRow()) {
      alongRow(row, column, reach.eastInRow(), bits, stretches);
      alongRow(row, column, -reach.westInRow(), bits, stretches);
      alongColumn(column, row, -1, bits, stretches);
      row--;
    }
    alongRow(row, column, reach.east(), bits, stretches);
    alongRow(row, column, -reach.west(), bits, stretches);
    for (int c = 0; c < columns; c++) {
      alongColumn(c, row, reach.north()[c], bits, stretches);
      alongColumn(c, row, -reach.south()[c], bits, stretches);
    }
  }

  // Places of links for sums along lines: rows eastward, rows westward, columns northward, columns
  // southward, one place more in each line than it has links; then the port, inwards and outwards.

  final int westward() {
    return rows * (columns + 1);
  }

  final int northward() {
    return 2 * westward();
  }

  final int southward() {
    return northward() + columns * (rows + 1);
  }

  final int portPlace() {
    return southward() + columns * (rows + 1);
  }

  /** Position of a link's place within its line. */
  final int placeInLine(int line, int place) {
    if (line < rows) {
      return (place >= westward() ? place - westward() : place) - line * (columns + 1);
    }
    int column = place >= southward() ? place - southward() : place - northward();
    return column - (line - rows) * (rows + 1);
  }

  /** A stretch along a row, so many links to the east, or to the west if below 0. */
  final void alongRow(int row, int column, int steps, double bits, LinkSegments stretches) {
    if (steps != 0) {
      int begin = steps > 0 ? column : column + steps + 1;
      int place = (steps > 0 ? 0 : westward()) + row * (columns + 1);
      wrapped(row, place, begin, begin + Math.abs(steps), columns, bits, stretches);
    }
  }

  /** A stretch along a column, so many links to the north, or to the south if below 0. */
  final void alongColumn(int column, int row, int steps, double bits, LinkSegments stretches) {
    if (steps != 0) {
      int begin = steps > 0 ? row : row + steps + 1;
      int place = (steps > 0 ? northward() : southward()) + column * (rows + 1);
      wrapped(rows + column, place, begin, begin + Math.abs(steps), rows, bits, stretches);
    }
  }

  /**
   * A stretch of a line from one link to before another, in a ring where it goes beyond.
   *
   * @param place of the line's first link
   * @param around links of the ring
   */
  private static void wrapped(
      int line, int place, int begin, int end, int around, double bits, LinkSegments stretches) {
    if (begin >= 0 && end <= around) {
      stretches.add(line, place + begin, place + end, bits);
    } else {
      int turned = begin < 0 ? begin + around : begin;
      stretches.add(line, place + turned, place + around, bits);
      stretches.add(line, place, place + turned + end - begin - around, bits);
    }
  }

  @Override
  public final int routeFromPort(int site, int[] route) {
    route[0] = portIn();
    return walk(0, node(site), route, 1);
  }

  @Override
  public final int routeToPort(int site, int[] route) {
    int n = walk(node(site), 0, route, 0);
    route[n] = portIn() + 1;
    return n + 1;
  }

  @Override
  public final OptionalInt tail(int link) {
    if (link >= portIn()) {
      return link == portIn() ? OptionalInt.empty() : OptionalInt.of(0);
    }
    return OptionalInt.of(innerTail(link));
  }

  /** The node that a link between two nodes leaves. */
  final int innerTail(int link) {
    return link / DIRECTIONS;
  }

  @Override
  public final OptionalInt head(int link) {
    if (link >= portIn()) {
      return link == portIn() ? OptionalInt.of(0) : OptionalInt.empty();
    }
    return OptionalInt.of(innerHead(link));
  }

  /** The node that a link between two nodes enters. */
  final int innerHead(int link) {
    return next(link / DIRECTIONS, link % DIRECTIONS);
  }

  /** The node a step further; the grid is taken as closed. */
  final int next(int node, int direction) {
    int row = node / columns;
    int column = node - row * columns;
    return switch (direction) {
      case EAST -> row * columns + (column + 1 == columns ? 0 : column + 1);
      case WEST -> row * columns + (column == 0 ? columns - 1 : column - 1);
      case NORTH -> (row + 1 == rows ? 0 : row + 1) * columns + column;
      default -> (row == 0 ? rows - 1 : row - 1) * columns + column;
    };
  }

  /** Goes some steps in a direction. */
  final int steps(int from, int direction, int steps, int[] route, int count) {
    if (steps == 0) {
      return from;
    }
    int row = from / columns;
    boolean isAlongTheRow = direction == EAST || direction == WEST;
    int stride = isAlongTheRow ? 1 : columns;
    int last = (isAlongTheRow ? columns : rows) - 1;
    int position = isAlongTheRow ? from - row * columns : row;
    int forwards = direction == EAST || direction == NORTH ? 1 : -1;
    int turn = forwards > 0 ? last : 0;
    int node = from;
    for (int i = 0; i < steps; i++) {
      route[count + i] = DIRECTIONS * node + direction;
      if (position == turn) {
        position = last - turn;
        node -= forwards * last * stride;
      } else {
        position += forwards;
        node += forwards * stride;
      }
    }
    return node;
  }
}
