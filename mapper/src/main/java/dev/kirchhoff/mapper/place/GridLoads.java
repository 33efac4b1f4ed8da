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
 *
 * <p>Stretches are kept, so that it can be found which layers load the links of the lines that are
 * loaded most. Scratch; not safe for several threads.
 */
final class GridLoads {
  /** More than sums of differences lose by rounding. */
  private static final double ROUNDING = 1e-9;

  private Grid grid = new Mesh(1, 1, 1);
  private int columns;
  private int rows;

  /**
   * Changes of load along lines, a place more in each than there are links: rows eastward, rows
   * westward, columns northward, columns southward. A link has the number of its place.
   */
  private double[] changes = new double[0];

  private int west;
  private int north;
  private int south;

  /** Number of the link from the port; that to it is the next. */
  private int port;

  /** First place of a line that changes, and that behind the last: rows, then columns. */
  private int[] from = new int[0];

  private int[] to = new int[0];
  private double in;
  private double out;

  /** Most that a link of a line carries: rows, columns, the port. */
  private double[] mostOf = new double[1];

  /** The least that a layer on a line has enough with. */
  private double[] leastOf = new double[1];

  /** By stretch: its line, its first link, that behind its last, and the part that it is of. */
  private int[] line = new int[256];

  private int[] first = new int[256];
  private int[] behind = new int[256];
  private int[] partOf = new int[256];
  private int stretches;
  private int part;

  /** Takes a grid, without traffic. */
  void set(Grid grid) {
    stretches = 0;
    if (grid == this.grid) {
      return;
    }
    this.grid = grid;
    columns = grid.columns;
    rows = grid.rows;
    west = rows * (columns + 1);
    north = 2 * west;
    south = north + columns * (rows + 1);
    port = south + columns * (rows + 1);
    if (changes.length < port) {
      changes = new double[2 * port];
    }
    int lines = rows + columns;
    if (from.length < lines) {
      from = new int[2 * lines];
      Arrays.fill(from, Integer.MAX_VALUE);
      to = new int[2 * lines];
      mostOf = new double[2 * lines + 1];
      leastOf = new double[2 * lines + 1];
    }
  }

  /**
   * Adds a multicast from a site, or the port, to consecutive sites.
   *
   * @param ofPart number of the part of the traffic; they come in their order
   */
  void multicast(int ofPart, int source, int first, int count, double bits, int[] scratch) {
    part = ofPart;
    int site = source;
    if (source == Fabric.OUTSIDE) {
      in += bits;
      keep(rows + columns, port, port + 1);
      site = 0;
    }
    if (count > 1) {
      grid.trace(site, first, count, bits, this, scratch);
    } else {
      grid.trace(site, first, bits, this);
    }
  }

  /** Adds what goes from a site to the port. */
  void toPort(int ofPart, int site, double bits) {
    part = ofPart;
    out += bits;
    keep(rows + columns, port + 1, port + 2);
    grid.trace(site, 0, bits, this);
  }

  /** Adds a stretch along a row, so many links to the east, or to the west if below 0. */
  void alongRow(int row, int column, int steps, double bits) {
    if (steps != 0) {
      int begin = steps > 0 ? column : column + steps + 1;
      int place = (steps > 0 ? 0 : west) + row * (columns + 1);
      add(row, place, begin, begin + Math.abs(steps), columns, bits);
    }
  }

  /** Adds a stretch along a column, so many links to the north, or to the south if below 0. */
  void alongColumn(int column, int row, int steps, double bits) {
    if (steps != 0) {
      int begin = steps > 0 ? row : row + steps + 1;
      int place = (steps > 0 ? north : south) + column * (rows + 1);
      add(rows + column, place, begin, begin + Math.abs(steps), rows, bits);
    }
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
  private void addToColumns(int direction, int low, int high, int begin, int end, double bits) {
    for (int column = low; column <= high; column++) {
      add(rows + column, direction + column * (rows + 1), begin, end, bits);
    }
  }

  /**
   * Adds bits to the links of a line from one to before another, in a ring where they go beyond.
   *
   * @param place of the line's first link
   * @param around links of the ring
   */
  private void add(int ofLine, int place, int begin, int end, int around, double bits) {
    if (begin >= 0 && end <= around) {
      add(ofLine, place, begin, end, bits);
    } else {
      int turned = begin < 0 ? begin + around : begin;
      add(ofLine, place, turned, around, bits);
      add(ofLine, place, 0, turned + end - begin - around, bits);
    }
  }

  private void add(int ofLine, int place, int begin, int end, double bits) {
    changes[place + begin] += bits;
    changes[place + end] -= bits;
    from[ofLine] = Math.min(from[ofLine], begin);
    to[ofLine] = Math.max(to[ofLine], end);
    keep(ofLine, place + begin, place + end);
  }

  private void keep(int ofLine, int firstLink, int behindLast) {
    if (stretches == line.length) {
      line = Arrays.copyOf(line, 2 * stretches);
      first = Arrays.copyOf(first, 2 * stretches);
      behind = Arrays.copyOf(behind, 2 * stretches);
      partOf = Arrays.copyOf(partOf, 2 * stretches);
    }
    line[stretches] = ofLine;
    first[stretches] = firstLink;
    behind[stretches] = behindLast;
    partOf[stretches] = part;
    stretches++;
  }

  /** Bits on the most loaded link; takes all traffic away but for the stretches. */
  double most() {
    double most = Math.max(in, out);
    mostOf[rows + columns] = most;
    in = 0;
    out = 0;
    for (int row = 0; row < rows; row++) {
      most = Math.max(most, sweep(row, row * (columns + 1), west));
    }
    for (int column = 0; column < columns; column++) {
      most = Math.max(most, sweep(rows + column, north + column * (rows + 1), south - north));
    }
    return most;
  }

  /** The most loaded link of a line, both directions of which begin so many places apart. */
  private double sweep(int ofLine, int place, int apart) {
    double most = 0;
    if (to[ofLine] > 0) {
      double one = 0;
      double other = 0;
      int end = place + to[ofLine];
      for (int i = place + from[ofLine]; i < end; i++) {
        one += changes[i];
        other += changes[i + apart];
        double more = one > other ? one : other;
        most = more > most ? more : most;
        changes[i] = 0;
        changes[i + apart] = 0;
      }
      changes[end] = 0;
      changes[end + apart] = 0;
      from[ofLine] = Integer.MAX_VALUE;
      to[ofLine] = 0;
    }
    mostOf[ofLine] = most;
    return most;
  }

  /**
   * Bundles the links of lines on which a link carries more than one of the layers there has enough
   * with, from the stretches that led to {@link #most}.
   */
  void bundle(Parts parts, int layers, double[] enough, LinkBundles bundles) {
    Arrays.fill(leastOf, 0, rows + columns + 1, Double.POSITIVE_INFINITY);
    int s = 0;
    for (int l = 0; l < layers; l++) {
      for (int end = parts.first(l + 1); s < stretches && partOf[s] < end; s++) {
        leastOf[line[s]] = Math.min(leastOf[line[s]], enough[l]);
      }
    }
    bundles.clear(port + 2);
    s = 0;
    for (int l = 0; l < layers; l++) {
      for (int i = parts.first(l); i < parts.first(l + 1); i++) {
        bundles.begin(l, parts.bits[i]);
        for (; s < stretches && partOf[s] == i; s++) {
          if (mostOf[line[s]] * (1 + ROUNDING) > leastOf[line[s]]) {
            bundles.load(first[s], behind[s]);
          }
        }
      }
    }
    bundles.settle(1);
  }
}
