package dev.kirchhoff.mapper.place;

import java.util.Arrays;

/**
 * A closer upper bound of the load of any link of a {@link Mesh} than {@link MeshBound}, line by
 * line and direction by direction.
 *
 * <p>Rows are added up link by link, those of which no link can be the most loaded left out. A link
 * of a column carries at most what goes to sites of that column its way, and at most what crosses
 * between any two rows its way; below a short last row, where routes go down before they go along
 * the row, what leaves that row. Consecutive sites of more than two rows are taken to lie in all
 * columns.
 *
 * <p>Scratch, empty again after each bound; not safe for several threads.
 */
final class MeshLines {
  /** More than sums of differences lose by rounding. */
  private static final double ROUNDING = 1e-12;

  private Mesh mesh = new Mesh(1, 1, 1);

  /** By row: what goes along it to the east and to the west. */
  private double[] east = new double[16];

  private double[] west = new double[16];

  /** Row by row, by column: change of that. */
  private double[] eastward = new double[0];

  private double[] westward = new double[0];

  /** By row: change of what crosses to the next row, up and down. */
  private double[] up = new double[16];

  private double[] down = new double[16];

  /** By column: change of what goes to its sites, up and down. */
  private double[] upwards = new double[17];

  private double[] downwards = new double[17];

  private double in;
  private double out;

  /** Takes a mesh, without traffic. */
  void set(Mesh mesh) {
    this.mesh = mesh;
    int lines = Math.max(mesh.rows, mesh.columns);
    if (east.length < lines) {
      east = new double[2 * lines];
      west = new double[2 * lines];
      up = new double[2 * lines];
      down = new double[2 * lines];
      upwards = new double[2 * lines + 1];
      downwards = new double[2 * lines + 1];
    }
    int places = mesh.rows * (mesh.columns + 1);
    if (eastward.length < places) {
      eastward = new double[2 * places];
      westward = new double[2 * places];
    }
    in = 0;
    out = 0;
  }

  /** Adds a transfer from the port to consecutive sites. */
  void addFromPort(int first, int count, double bits) {
    in += bits;
    add(0, first, count, bits);
  }

  /** Adds a transfer from a site to the port. */
  void addToPort(int from, double bits) {
    out += bits;
    add(from, 0, 1, bits);
  }

  /** Adds a transfer from a site to consecutive ones. */
  void add(int from, int first, int count, double bits) {
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
      boolean eastward = (rowOf & 1) == 0;
      int least = Math.min(low, columnTo);
      int most = Math.max(low, columnTo);
      low = rowTo == rowOf || rowTo == rowOf + 1 && eastward ? least : 0;
      high = rowTo == rowOf || rowTo == rowOf + 1 && !eastward ? most : mesh.columns - 1;
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

  /** Adds what goes from a column of a row as far as to others. */
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

  /** Most that a link carries. */
  double most() {
    int rows = mesh.rows;
    int columns = mesh.columns;
    double leaves = mesh.isLeftAlongTheColumn(rows - 1) ? sum(down, rows - 1) : 0;
    double most = Math.max(Math.max(in, out), leaves);
    most = Math.max(most, Math.min(largest(up, 0, rows), largest(upwards, 0, columns)));
    most = Math.max(most, Math.min(largest(down, 0, rows), largest(downwards, 0, columns)));
    for (int row = 0; row < rows; row++) {
      int place = row * (columns + 1);
      most = east[row] > most ? Math.max(most, largest(eastward, place, columns)) : most;
      most = west[row] > most ? Math.max(most, largest(westward, place, columns)) : most;
    }
    Arrays.fill(eastward, 0, rows * (columns + 1), 0);
    Arrays.fill(westward, 0, rows * (columns + 1), 0);
    Arrays.fill(east, 0, rows, 0);
    Arrays.fill(west, 0, rows, 0);
    Arrays.fill(up, 0, rows, 0);
    Arrays.fill(down, 0, rows, 0);
    Arrays.fill(upwards, 0, columns + 1, 0);
    Arrays.fill(downwards, 0, columns + 1, 0);
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
