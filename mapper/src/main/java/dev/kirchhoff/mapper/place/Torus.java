package dev.kirchhoff.mapper.place;

/**
 * A torus: a mesh whose rows and columns are closed to rings. Routes go along the row first, then
 * along the column, each the shorter way round, east and north where both are equal. The grid is a
 * full rectangle; routers behind the last site have no tile.
 */
final class Torus extends Grid {
  Torus(int sites) {
    super(sites, 1);
  }

  private static int shorter(int from, int to, int around) {
    int distance = Math.abs(from - to);
    return Math.min(distance, around - distance);
  }

  @Override
  int rowHops(int from, int to) {
    return shorter(from, to, rows);
  }

  @Override
  int columnHops(int from, int to) {
    return shorter(from, to, columns);
  }

  @Override
  boolean isLeftAlongTheColumn(int row) {
    return false;
  }

  private static int steps(int from, int to, int around) {
    int up = to >= from ? to - from : to - from + around;
    return 2 * up <= around ? up : up - around;
  }

  @Override
  int stepsEast(int from, int to) {
    return steps(from, to, columns);
  }

  @Override
  int stepsNorth(int from, int to) {
    return steps(from, to, rows);
  }

  @Override
  int walk(int from, int to, int[] route, int count) {
    int east = stepsEast(from % columns, to % columns);
    int along = Math.abs(east);
    int at = steps(from, east > 0 ? EAST : WEST, along, route, count);
    int north = stepsNorth(from / columns, to / columns);
    int up = Math.abs(north);
    steps(at, north > 0 ? NORTH : SOUTH, up, route, count + along);
    return count + along + up;
  }

  @Override
  public int diameter() {
    return rows / 2 + columns / 2 + 1;
  }

  @Override
  public double capacity(int link) {
    return 1;
  }
}
