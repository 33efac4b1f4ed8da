package dev.kirchhoff.mapper.fabric;

/**
 * An upper bound of the load of any link of a {@link Mesh}, row by row.
 *
 * <p>Routes go along the row of their source first, then along a column, and a transfer loads no
 * link twice. So a link within a row carries at most what sources in that row send; in the row
 * beside a short last one also what leaves that for other rows. A link between two rows carries at
 * most what crosses between them in its direction, the port what goes through it. The port is at
 * the first site.
 */
final class MeshBound {
  /** More than sums of differences lose by rounding. */
  private static final double ROUNDING = 1e-12;

  private MeshBound() {}

  /** Most that a link carries of the transfers from {@code begin} to before {@code end}. */
  static double of(Mesh mesh, Transfers transfers, int begin, int end) {
    double[] along = new double[mesh.rows];
    double[] up = new double[mesh.rows];
    double[] down = new double[mesh.rows];
    double in = 0;
    double out = 0;
    for (int i = begin; i < end; i++) {
      double bits = transfers.bits(i);
      boolean isIn = transfers.isFromPort(i);
      boolean isOut = transfers.isToPort(i);
      in += isIn ? bits : 0;
      out += isOut ? bits : 0;
      int row = row(mesh, isIn ? 0 : transfers.from(i));
      int first = isOut ? 0 : transfers.to(i);
      if (transfers.isChain(i)) {
        // Each step of a chain has a link of its own.
        up[row] += bits;
        up[row(mesh, first)] -= bits;
        for (int r = row; r <= row(mesh, first); r++) {
          along[r] += bits;
        }
        continue;
      }
      int low = row(mesh, first);
      int high = transfers.count(i) == 1 ? low : row(mesh, first + transfers.count(i) - 1);
      along[row] += bits;
      // Both changes are of one row where nothing crosses.
      int top = Math.max(high, row);
      up[row] += bits;
      up[top] -= bits;
      int bottom = Math.min(low, row);
      down[bottom] += bits;
      down[row] -= bits;
    }
    if (mesh.isLeftAlongTheColumn(mesh.rows - 1)) {
      along[mesh.rows - 2] += along[mesh.rows - 1];
    }
    double most = Math.max(in, out);
    double upwards = 0;
    double downwards = 0;
    for (int row = 0; row < mesh.rows; row++) {
      upwards += up[row];
      downwards += down[row];
      most = upwards > most ? upwards : most;
      most = downwards > most ? downwards : most;
      most = along[row] > most ? along[row] : most;
    }
    return most * (1 + ROUNDING);
  }

  private static int row(Mesh mesh, int site) {
    return mesh.row(mesh.router(site));
  }
}
