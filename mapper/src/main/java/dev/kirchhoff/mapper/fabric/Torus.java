package dev.kirchhoff.mapper.fabric;

/**
 * A torus: a mesh whose rows and columns are closed to rings. Routes go along the row first, then
 * along the column, each the shorter way round, east and north where both are equal. The grid is a
 * full rectangle; routers behind the last site have no tile.
 */
final class Torus extends Grid {
  Torus(int sites) {
    super(sites, 1);
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
  public int diameter() {
    return rows / 2 + columns / 2 + 1;
  }

  @Override
  public double capacity(int link) {
    return 1;
  }
}
