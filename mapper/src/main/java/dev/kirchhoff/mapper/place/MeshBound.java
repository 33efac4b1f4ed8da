package dev.kirchhoff.mapper.place;

import java.util.Arrays;

/**
 * An upper bound of the load of any link of a {@link Mesh}, row by row.
 *
 * <p>Routes go along the row of their source first, then along a column, and a transfer loads no
 * link twice. So a link within a row carries at most what sources in that row send; in the row
 * beside a short last one also what leaves that for other rows. A link between two rows carries at
 * most what crosses between them in its direction, the port what goes through it. The port is at
 * the first site.
 *
 * <p>Scratch, empty again after each bound; not safe for several threads.
 */
final class MeshBound {
  /** More than sums of differences lose by rounding. */
  private static final double ROUNDING = 1e-12;

  private Mesh mesh = new Mesh(1, 1, 1);

  /** By row: what its sources send. */
  private double[] along = new double[16];

  /** By row: change of what crosses to the next row, up and down. */
  private double[] up = new double[16];

  private double[] down = new double[16];
  private double in;
  private double out;

  /** Takes a mesh, without traffic. */
  void set(Mesh mesh) {
    this.mesh = mesh;
    if (along.length < mesh.rows) {
      along = new double[2 * mesh.rows];
      up = new double[2 * mesh.rows];
      down = new double[2 * mesh.rows];
    }
    in = 0;
    out = 0;
  }

  /** Adds a transfer from a site to consecutive ones. */
  void add(int from, int first, int count, double bits) {
    int row = row(from);
    int low = row(first);
    int high = count == 1 ? low : row(first + count - 1);
    along[row] += bits;
    // Both changes are of one row where nothing crosses.
    int top = Math.max(high, row);
    up[row] += bits;
    up[top] -= bits;
    int bottom = Math.min(low, row);
    down[bottom] += bits;
    down[row] -= bits;
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

  private int row(int site) {
    return mesh.row(mesh.router(site));
  }

  /** Most that a link carries. */
  double most() {
    int rows = mesh.rows;
    double most = Math.max(in, out);
    if (mesh.isLeftAlongTheColumn(rows - 1)) {
      along[rows - 2] += along[rows - 1];
    }
    double upwards = 0;
    double downwards = 0;
    for (int row = 0; row < rows; row++) {
      upwards += up[row];
      downwards += down[row];
      most = upwards > most ? upwards : most;
      most = downwards > most ? downwards : most;
      most = along[row] > most ? along[row] : most;
    }
    Arrays.fill(along, 0, rows, 0);
    Arrays.fill(up, 0, rows, 0);
    Arrays.fill(down, 0, rows, 0);
    return most * (1 + ROUNDING);
  }
}
