package dev.kirchhoff.mapper.place;

/**
 * Routers in rows and columns, numbered row by row: what mesh and torus share. Routers stand on the
 * smallest square, less the rows that would be empty. Sites are numbered along a snake, every
 * second row backwards, so that sites that follow each other are neighbours. The port is at the
 * router of the first site.
 */
abstract class Grid implements Fabric {
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
  @Override
  public final int place(int site) {
    int router = router(site);
    int row = row(router);
    return row << ROW_SHIFT | column(router, row);
  }

  @Override
  public final int hopsBetween(int from, int to) {
    return Math.abs(stepsNorth(from >> ROW_SHIFT, to >> ROW_SHIFT))
        + Math.abs(stepsEast(from & COLUMN_MASK, to & COLUMN_MASK));
  }

  @Override
  public int multicastHops(int from, int first, int count, int[] scratch) {
    return count == 1 ? hops(from, first) : spread(from, first, count, scratch);
  }

  /**
   * How far a multicast goes: east and west as far as the furthest column of each side, and in
   * every column north and south as far as its furthest row; the row that is left along the column
   * on its own.
   *
   * @param scratch receives north and south of every column, then east, west, the same within the
   *     row that is left, and whether it is left
   * @return links
   */
  private int spread(int from, int first, int count, int[] scratch) {
    int source = router(from);
    int row = row(source);
    int column = column(source, row);
    int lastRouter = router(first + count - 1);
    int along = 2 * columns;
    for (int i = 0; i < along + 5; i++) {
      scratch[i] = 0;
    }
    boolean left = isLeftAlongTheColumn(row);
    int start = left ? row - 1 : row;
    int upAndDown = 0;
    for (int router = router(first); router <= lastRouter; router++) {
      int rowTo = row(router);
      int columnTo = column(router, rowTo);
      int east = stepsEast(column, columnTo);
      int own = left && rowTo == row ? along + 2 : along;
      scratch[own] = Math.max(scratch[own], east);
      scratch[own + 1] = Math.max(scratch[own + 1], -east);
      if (own != along) {
        continue;
      }
      scratch[along + 4] = left ? 1 : 0;
      int north = stepsNorth(start, rowTo);
      int index = 2 * columnTo + (north > 0 ? 0 : 1);
      int far = Math.abs(north);
      if (far > scratch[index]) {
        upAndDown += far - scratch[index];
        scratch[index] = far;
      }
    }
    return upAndDown
        + scratch[along]
        + scratch[along + 1]
        + scratch[along + 2]
        + scratch[along + 3]
        + scratch[along + 4];
  }

  @Override
  public final int multicast(int from, int first, int count, int[] links, int[] scratch) {
    return grow(from, first, count, links, scratch, 0);
  }

  @Override
  public final int multicastFromPort(int first, int count, int[] links, int[] scratch) {
    links[0] = portIn();
    return grow(0, first, count, links, scratch, 1);
  }

  private int grow(int from, int first, int count, int[] links, int[] scratch, int start) {
    spread(from, first, count, scratch);
    int along = 2 * columns;
    int at = node(from);
    int n = start;
    n = row(at, scratch[along + 2], scratch[along + 3], links, n);
    if (scratch[along + 4] == 1) {
      at = steps(at, SOUTH, 1, links, n++);
    }
    n = row(at, scratch[along], scratch[along + 1], links, n);
    int firstOfRow = at / columns * columns;
    for (int column = 0; column < columns; column++) {
      steps(firstOfRow + column, NORTH, scratch[2 * column], links, n);
      n += scratch[2 * column];
      steps(firstOfRow + column, SOUTH, scratch[2 * column + 1], links, n);
      n += scratch[2 * column + 1];
    }
    return n;
  }

  private int row(int from, int east, int west, int[] links, int start) {
    steps(from, EAST, east, links, start);
    steps(from, WEST, west, links, start + east);
    return start + east + west;
  }

  /** Whether routes that leave a row begin with a step to the row before. */
  abstract boolean isLeftAlongTheColumn(int row);

  /** Steps from a column to another, negative to the west. */
  abstract int stepsEast(int from, int to);

  /** Steps from a row to another, negative to the south. */
  abstract int stepsNorth(int from, int to);

  @Override
  public final int multicastHopsFromPort(int first, int count, int[] scratch) {
    return multicastHops(0, first, count, scratch) + 1;
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
    int at = from;
    int n = count;
    int row = from / columns;
    int rowTo = to / columns;
    if (rowTo < row && isLeftAlongTheColumn(row)) {
      at = steps(at, SOUTH, 1, route, n);
      row--;
      n++;
    }
    int east = stepsEast(from % columns, to % columns);
    at = steps(at, east > 0 ? EAST : WEST, Math.abs(east), route, n);
    n += Math.abs(east);
    int north = stepsNorth(row, rowTo);
    steps(at, north > 0 ? NORTH : SOUTH, Math.abs(north), route, n);
    return n + Math.abs(north);
  }

  /** Adds the links of a route to {@code loads}, stretch by stretch. */
  final void trace(int from, int to, double bits, GridLoads loads) {
    int source = router(from);
    int target = router(to);
    int row = row(source);
    int rowTo = row(target);
    int column = column(source, row);
    int columnTo = column(target, rowTo);
    if (rowTo < row && isLeftAlongTheColumn(row)) {
      loads.alongColumn(column, row, -1, bits);
      row--;
    }
    loads.alongRow(row, column, stepsEast(column, columnTo), bits);
    loads.alongColumn(columnTo, row, stepsNorth(row, rowTo), bits);
  }

  /** The same of a multicast to consecutive sites. */
  void trace(int from, int first, int count, double bits, GridLoads loads, int[] scratch) {
    spread(from, first, count, scratch);
    int along = 2 * columns;
    int source = router(from);
    int row = row(source);
    int column = column(source, row);
    if (scratch[along + 4] == 1) {
      loads.alongRow(row, column, scratch[along + 2], bits);
      loads.alongRow(row, column, -scratch[along + 3], bits);
      loads.alongColumn(column, row, -1, bits);
      row--;
    }
    loads.alongRow(row, column, scratch[along], bits);
    loads.alongRow(row, column, -scratch[along + 1], bits);
    for (int c = 0; c < columns; c++) {
      loads.alongColumn(c, row, scratch[2 * c], bits);
      loads.alongColumn(c, row, -scratch[2 * c + 1], bits);
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
  public final int tail(int link) {
    if (link >= portIn()) {
      return link == portIn() ? OUTSIDE : 0;
    }
    return link / DIRECTIONS;
  }

  @Override
  public final int head(int link) {
    if (link >= portIn()) {
      return link == portIn() ? 0 : OUTSIDE;
    }
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
    int at = from;
    for (int i = 0; i < steps; i++) {
      route[count + i] = DIRECTIONS * at + direction;
      if (position == turn) {
        position = last - turn;
        at -= forwards * last * stride;
      } else {
        position += forwards;
        at += forwards * stride;
      }
    }
    return at;
  }
}
