package dev.kirchhoff.mapper.place;

import java.util.Arrays;

/**
 * The most loaded link of a {@link Grid}, from whole stretches of links instead of single ones.
 *
 * <p>A route runs along one row and one column, a multicast along one row and the columns of its
 * sites. A stretch adds its bits where it begins and takes them away where it ends; the load of a
 * link is the sum of what has been added up to it on its line (a row or a column in one direction).
 * The cost is that of the stretches and of the lines between the first and the last of them,
 * whatever the length of the routes. Loads are those of {@link LinkLoads} but for rounding.
 * Scratch, empty again after {@link #most}; not safe for several threads.
 */
final class GridLoads {
  private Grid grid = new Mesh(1, 1, 1);
  private int columns;
  private int rows;

  /** Changes of load along the rows eastward, a place more in each than there are links. */
  private double[] east = new double[0];

  private double[] west = new double[0];
  private double[] north = new double[0];
  private double[] south = new double[0];

  /** First place of a row that changes; that behind the last. */
  private int[] rowFrom = new int[0];

  private int[] rowTo = new int[0];
  private int[] columnFrom = new int[0];
  private int[] columnTo = new int[0];
  private double in;
  private double out;

  /** Takes a grid, without traffic. */
  void set(Grid grid) {
    if (grid == this.grid) {
      return;
    }
    this.grid = grid;
    columns = grid.columns;
    rows = grid.rows;
    int alongRows = rows * (columns + 1);
    int alongColumns = columns * (rows + 1);
    if (east.length < alongRows) {
      east = new double[2 * alongRows];
      west = new double[2 * alongRows];
    }
    if (north.length < alongColumns) {
      north = new double[2 * alongColumns];
      south = new double[2 * alongColumns];
    }
    if (rowFrom.length < rows) {
      rowFrom = filled(2 * rows);
      rowTo = new int[2 * rows];
    }
    if (columnFrom.length < columns) {
      columnFrom = filled(2 * columns);
      columnTo = new int[2 * columns];
    }
  }

  private static int[] filled(int size) {
    int[] empty = new int[size];
    Arrays.fill(empty, Integer.MAX_VALUE);
    return empty;
  }

  /** Adds a multicast from a site, or the port, to consecutive sites. */
  void multicast(int from, int first, int count, double bits, int[] scratch) {
    int source = from;
    if (from == Fabric.OUTSIDE) {
      in += bits;
      source = 0;
    }
    if (count > 1) {
      grid.trace(source, first, count, bits, this, scratch);
    } else {
      grid.trace(source, first, bits, this);
    }
  }

  /** Adds what goes from a site to the port. */
  void toPort(int from, double bits) {
    out += bits;
    grid.trace(from, 0, bits, this);
  }

  /** Adds a stretch along a row, so many links to the east, or to the west if below 0. */
  void alongRow(int row, int column, int steps, double bits) {
    if (steps == 0) {
      return;
    }
    int from = steps > 0 ? column : column + steps + 1;
    int to = from + Math.abs(steps);
    add(steps > 0 ? east : west, row * (columns + 1), from, to, columns, bits);
    boolean turns = from < 0 || to > columns;
    rowFrom[row] = Math.min(rowFrom[row], turns ? 0 : from);
    rowTo[row] = Math.max(rowTo[row], turns ? columns : to);
  }

  /** Adds a stretch along a column, so many links to the north, or to the south if below 0. */
  void alongColumn(int column, int row, int steps, double bits) {
    if (steps == 0) {
      return;
    }
    int from = steps > 0 ? row : row + steps + 1;
    int to = from + Math.abs(steps);
    add(steps > 0 ? north : south, column * (rows + 1), from, to, rows, bits);
    boolean turns = from < 0 || to > rows;
    columnFrom[column] = Math.min(columnFrom[column], turns ? 0 : from);
    columnTo[column] = Math.max(columnTo[column], turns ? rows : to);
  }

  /** Adds the same stretch to columns from one to another, so many links to the north. */
  void northward(int low, int high, int row, int steps, double bits) {
    if (steps > 0) {
      addToColumns(north, low, high, row, row + steps, bits);
    }
  }

  /** Adds the same stretch to columns from one to another, so many links to the south. */
  void southward(int low, int high, int row, int steps, double bits) {
    if (steps > 0) {
      addToColumns(south, low, high, row - steps + 1, row + 1, bits);
    }
  }

  /** Adds bits to the links of columns from one row to before another; none of them turns. */
  private void addToColumns(double[] changes, int low, int high, int from, int to, double bits) {
    for (int column = low; column <= high; column++) {
      int line = column * (rows + 1);
      changes[line + from] += bits;
      changes[line + to] -= bits;
      columnFrom[column] = Math.min(columnFrom[column], from);
      columnTo[column] = Math.max(columnTo[column], to);
    }
  }

  /** Adds bits to the links of a line from one to before another, in a ring if it is closed. */
  private static void add(double[] changes, int line, int from, int to, int around, double bits) {
    int begin = from < 0 ? from + around : from;
    int end = from < 0 ? to + around : to;
    changes[line + begin] += bits;
    if (end <= around) {
      changes[line + end] -= bits;
    } else {
      changes[line + around] -= bits;
      changes[line] += bits;
      changes[line + end - around] -= bits;
    }
  }

  /** Bits on the most loaded link; takes all traffic away. */
  double most() {
    double most = Math.max(in, out);
    in = 0;
    out = 0;
    for (int row = 0; row < rows; row++) {
      if (rowTo[row] > 0) {
        int line = row * (columns + 1);
        most = sweep(east, west, line + rowFrom[row], line + rowTo[row], most);
        rowFrom[row] = Integer.MAX_VALUE;
        rowTo[row] = 0;
      }
    }
    for (int column = 0; column < columns; column++) {
      if (columnTo[column] > 0) {
        int line = column * (rows + 1);
        most = sweep(north, south, line + columnFrom[column], line + columnTo[column], most);
        columnFrom[column] = Integer.MAX_VALUE;
        columnTo[column] = 0;
      }
    }
    return most;
  }

  private static double sweep(double[] forth, double[] back, int from, int to, double least) {
    double most = least;
    double one = 0;
    double other = 0;
    for (int i = from; i < to; i++) {
      one += forth[i];
      other += back[i];
      double more = one > other ? one : other;
      most = more > most ? more : most;
      forth[i] = 0;
      back[i] = 0;
    }
    forth[to] = 0;
    back[to] = 0;
    return most;
  }
}
