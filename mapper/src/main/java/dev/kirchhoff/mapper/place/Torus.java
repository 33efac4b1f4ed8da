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
  int walk(int from, int to, int[] route, int count) {
    int east = Math.floorMod(to % columns - from % columns, columns);
    boolean goesEast = 2 * east <= columns;
    int along = goesEast ? east : columns - east;
    int at = steps(from, goesEast ? EAST : WEST, along, route, count);
    int north = Math.floorMod(to / columns - from / columns, rows);
    boolean goesNorth = 2 * north <= rows;
    int up = goesNorth ? north : rows - north;
    steps(at, goesNorth ? NORTH : SOUTH, up, route, count + along);
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
