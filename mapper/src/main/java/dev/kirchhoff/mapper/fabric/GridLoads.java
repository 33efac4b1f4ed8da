package dev.kirchhoff.mapper.fabric;

import java.util.Arrays;

/**
 * The most loaded link of a {@link Grid}, from whole stretches of links instead of single ones.
 *
 * <p>A route runs along one row and one column, a multicast along one row and the columns of its
 * sites. A stretch adds its bits where it begins and takes them away where it ends; the load of a
 * link is the sum of what has been added up to it on its line (a row or a column in one direction).
 * The cost is that of the stretches and of the lines between the first and the last of them,
 * whatever the length of the routes. Loads are those of {@link LinkLoads} but for rounding.
 */
final class GridLoads {
  /** More than sums of differences lose by rounding. */
  private static final double ROUNDING = 1e-9;

  private final Grid grid;
  private final double most;

  /** Most that a link of a line carries: rows, columns, the port. */
  private final double[] mostOf;

  private GridLoads(Grid grid, double most, double[] mostOf) {
    this.grid = grid;
    this.most = most;
    this.mostOf = mostOf;
  }

  /** Loads by the transfers from {@code begin} to before {@code end}, of one chip. */
  static GridLoads of(Grid grid, Transfers transfers, int begin, int end) {
    int lines = grid.rows + grid.columns;
    double[] changes = new double[grid.portPlace()];
    int[] from = new int[lines];
    int[] behind = new int[lines];
    Arrays.fill(from, Integer.MAX_VALUE);
    LinkSegments sums =
        (line, first, last, bits) -> {
          changes[first] += bits;
          changes[last] -= bits;
          int place = grid.placeInLine(line, first);
          from[line] = Math.min(from[line], place);
          behind[line] = Math.max(behind[line], place + last - first);
        };
    double in = 0;
    double out = 0;
    for (int i = begin; i < end; i++) {
      in += transfers.isFromPort(i) ? transfers.bits(i) : 0;
      out += transfers.isToPort(i) ? transfers.bits(i) : 0;
      trace(grid, transfers, i, sums);
    }
    double[] mostOf = new double[lines + 1];
    double most = Math.max(in, out);
    mostOf[lines] = most;
    for (int line = 0; line < lines; line++) {
      boolean isRow = line < grid.rows;
      int column = line - grid.rows;
      int place = isRow ? line * (grid.columns + 1) : grid.northward() + column * (grid.rows + 1);
      int apart = isRow ? grid.westward() : grid.southward() - grid.northward();
      if (behind[line] > 0) {
        mostOf[line] = largest(changes, place + from[line], place + behind[line], apart);
      }
      most = Math.max(most, mostOf[line]);
    }
    return new GridLoads(grid, most, mostOf);
  }

  /** Most loaded link of a line, both directions of which begin so many places apart. */
  private static double largest(double[] changes, int first, int behind, int apart) {
    double most = 0;
    double one = 0;
    double other = 0;
    for (int i = first; i < behind; i++) {
      one += changes[i];
      other += changes[i + apart];
      double more = one > other ? one : other;
      most = more > most ? more : most;
    }
    return most;
  }

  /** Hands over the links of a transfer within the grid. */
  private static void trace(Grid grid, Transfers transfers, int i, LinkSegments stretches) {
    int source = transfers.isFromPort(i) ? 0 : transfers.from(i);
    if (transfers.isChain(i)) {
      grid.traceChain(source, transfers.to(i), transfers.bits(i), stretches);
    } else if (transfers.isToPort(i)) {
      grid.trace(source, 0, transfers.bits(i), stretches);
    } else if (transfers.count(i) > 1) {
      grid.trace(source, transfers.to(i), transfers.count(i), transfers.bits(i), stretches);
    } else {
      grid.trace(source, transfers.to(i), transfers.bits(i), stretches);
    }
  }

  /** Hands over the links of a transfer, that of the port first. */
  private static void traceAll(Grid grid, Transfers transfers, int i, LinkSegments stretches) {
    int port = grid.portPlace();
    int line = grid.rows + grid.columns;
    if (transfers.isFromPort(i)) {
      stretches.add(line, port, port + 1, transfers.bits(i));
    } else if (transfers.isToPort(i)) {
      stretches.add(line, port + 1, port + 2, transfers.bits(i));
    }
    trace(grid, transfers, i, stretches);
  }

  /** Bits on the most loaded link. */
  double most() {
    return most;
  }

  /**
   * Bundles of the links of lines on which a link carries more than one of the layers there has
   * enough with.
   *
   * @param transfers those of all layers, which gave these loads
   * @param enough bits by layer
   */
  LinkBundles bundles(Transfers transfers, double[] enough) {
    double[] leastOf = new double[mostOf.length];
    Arrays.fill(leastOf, Double.POSITIVE_INFINITY);
    for (int l = 0; l < transfers.layers(); l++) {
      double ofLayer = enough[l];
      LinkSegments least =
          (line, first, behind, bits) -> leastOf[line] = Math.min(leastOf[line], ofLayer);
      for (int i = transfers.first(l); i < transfers.first(l + 1); i++) {
        traceAll(grid, transfers, i, least);
      }
    }
    LinkBundles.Builder bundles = new LinkBundles.Builder(grid.portPlace() + 2);
    LinkSegments loads =
        (line, first, behind, bits) -> {
          if (mostOf[line] * (1 + ROUNDING) > leastOf[line]) {
            for (int link = first; link < behind; link++) {
              bundles.load(link);
            }
          }
        };
    for (int l = 0; l < transfers.layers(); l++) {
      for (int i = transfers.first(l); i < transfers.first(l + 1); i++) {
        bundles.begin(l, transfers.bits(i));
        traceAll(grid, transfers, i, loads);
      }
    }
    return bundles.build(1);
  }
}
