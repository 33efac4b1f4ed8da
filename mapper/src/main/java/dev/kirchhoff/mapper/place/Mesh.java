package dev.kirchhoff.mapper.place;

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

  @Override
  int rowHops(int from, int to) {
    return Math.abs(from - to);
  }

  @Override
  int columnHops(int from, int to) {
    return Math.abs(from - to);
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
  int walk(int from, int to, int[] route, int count) {
    int at = from;
    int n = count;
    int row = from / columns;
    int rowTo = to / columns;
    if (rowTo < row && isLeftAlongTheColumn(row)) {
      at = steps(at, SOUTH, 1, route, n);
      row--;
      n++;
    }
    int east = to % columns - from % columns;
    at = steps(at, east > 0 ? EAST : WEST, Math.abs(east), route, n);
    n += Math.abs(east);
    int north = rowTo - row;
    steps(at, north > 0 ? NORTH : SOUTH, Math.abs(north), route, n);
    return n + Math.abs(north);
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
