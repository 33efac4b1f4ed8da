package dev.kirchhoff.mapper.fabric;

/**
 * An upper bound of the load of any link of a {@link Mesh}, closer than {@link MeshBound}: line by
 * line and direction by direction.
 *
 * <p>Rows are added up link by link, except those that cannot hold the most loaded link. A link of
 * a column carries at most the bits that go in its direction to sites of that column, and at most
 * those that cross in its direction between any two rows; between a short last row and the row
 * before it, where routes go along the column before they go along the row, those that leave that
 * row. Consecutive sites of more than two rows are taken to lie in all columns.
 */
final class MeshLines {
  /** Relative margin, larger than the rounding error of sums of differences. */
  private static final double ROUNDING = 1e-12;

  private final Mesh mesh;

  /** By row: bits that go along it to the east and to the west. */
  private final double[] east;

  private final double[] west;

  /** Row by row: change of these bits from column to column. */
  private final double[] eastward;

  private final double[] westward;

  /** By row: change of the bits that cross to the next row, up and down. */
  private final double[] up;

  private final double[] down;

  /** By column: change of the bits that go to its sites, up and down. */
  private final double[] upwards;

  private final double[] downwards;

  private MeshLines(Mesh mesh) {
    this.mesh = mesh;
    east = new double[mesh.rows];
    west = new double[mesh.rows];
    up = new double[mesh.rows];
    down = new double[mesh.rows];
    upwards = new double[mesh.columns + 1];
    downwards = new double[mesh.columns + 1];
    eastward = new double[mesh.rows * (mesh.columns + 1)];
    westward = new double[mesh.rows * (mesh.columns + 1)];
  }

  /** Most that a link carries of the transfers from {@code begin} to before {@code end}. */
  static double of(Mesh mesh, Transfers transfers, int begin, int end) {
    MeshLines lines = new MeshLines(mesh);
    double in = 0;
    double out = 0;
    for (int i = begin; i < end; i++) {
      boolean isIn = transfers.isFromPort(i);
      boolean isOut = transfers.isToPort(i);
      in += isIn ? transfers.bits(i) : 0;
      out += isOut ? transfers.bits(i) : 0;
      int from = isIn ? 0 : transfers.from(i);
      if (transfers.isChain(i)) {
        lines.addChain(from, transfers.to(i), transfers.bits(i));
        continue;
      }
      lines.add(from, isOut ? 0 : transfers.to(i), transfers.count(i), transfers.bits(i));
    }
    return lines.most(Math.max(in, out));
  }

  private void addChain(int first, int last, double bits) {
    int end = mesh.router(last);
    for (int router = mesh.router(first); router <= end; ) {
      int row = mesh.row(router);
      int lastOfRow = Math.min(end, (row + 1) * mesh.columns - 1);
      int column = mesh.column(router, row);
      int columnTo = mesh.column(lastOfRow, row);
      along(row, column, Math.min(column, columnTo), Math.max(column, columnTo), bits);
      if (lastOfRow < end) {
        up[row] += bits;
        up[row + 1] -= bits;
        upwards[columnTo] += bits;
        upwards[columnTo + 1] -= bits;
      }
      router = lastOfRow + 1;
    }
  }

  private void add(int from, int first, int count, double bits) {
    int source = mesh.router(from);
    int row = mesh.row(source);
    int column = mesh.column(source, row);
    int begin = mesh.router(first);
    int rowOf = mesh.row(begin);
    int low = mesh.column(begin, rowOf);
    int high = low;
    int rowTo = rowOf;
    if (count > 1) {
      int end = mesh.router(first + count - 1);
      rowTo = mesh.row(end);
      int columnTo = mesh.column(end, rowTo);
      // Two rows meet at the end of the first.
      boolean isEastward = (rowOf & 1) == 0;
      int least = Math.min(low, columnTo);
      int most = Math.max(low, columnTo);
      low = rowTo == rowOf || rowTo == rowOf + 1 && isEastward ? least : 0;
      high = rowTo == rowOf || rowTo == rowOf + 1 && !isEastward ? most : mesh.columns - 1;
    }
    boolean isLeft = rowOf < row && mesh.isLeftAlongTheColumn(row);
    if (!isLeft || rowTo == row) {
      along(row, column, low, high, bits);
    }
    if (isLeft) {
      along(row - 1, column, low, high, bits);
    }
    if (rowTo > row) {
      up[row] += bits;
      up[rowTo] -= bits;
      upwards[low] += bits;
      upwards[high + 1] -= bits;
    }
    if (rowOf < row) {
      down[rowOf] += bits;
      down[row] -= bits;
      downwards[low] += bits;
      downwards[high + 1] -= bits;
    }
  }

  /** Adds bits that go along a row from one column to all from {@code low} to {@code high}. */
  private void along(int row, int column, int low, int high, double bits) {
    int place = row * (mesh.columns + 1);
    if (high > column) {
      east[row] += bits;
      eastward[place + column] += bits;
      eastward[place + high] -= bits;
    }
    if (low < column) {
      west[row] += bits;
      westward[place + low] += bits;
      westward[place + column] -= bits;
    }
  }

  private double most(double port) {
    int rows = mesh.rows;
    int columns = mesh.columns;
    double leaves = mesh.isLeftAlongTheColumn(rows - 1) ? sum(down, rows - 1) : 0;
    double most = Math.max(port, leaves);
    most = Math.max(most, Math.min(largest(up, 0, rows), largest(upwards, 0, columns)));
    most = Math.max(most, Math.min(largest(down, 0, rows), largest(downwards, 0, columns)));
    for (int row = 0; row < rows; row++) {
      int place = row * (columns + 1);
      most = east[row] > most ? Math.max(most, largest(eastward, place, columns)) : most;
      most = west[row] > most ? Math.max(most, largest(westward, place, columns)) : most;
    }
    return most * (1 + ROUNDING);
  }

  private static double sum(double[] changes, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += changes[i];
    }
    return sum;
  }

  private static double largest(double[] changes, int first, int count) {
    double largest = 0;
    double sum = 0;
    for (int i = first; i < first + count; i++) {
      sum += changes[i];
      largest = sum > largest ? sum : largest;
    }
    return largest;
  }
}
