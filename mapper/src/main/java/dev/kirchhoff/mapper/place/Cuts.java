package dev.kirchhoff.mapper.place;

/**
 * An upper bound of the load of any link of a {@link Tree}, from what crosses the cuts between a
 * site and the next.
 *
 * <p>F and B are the most bits that cross any cut towards higher and lower sites; a transfer
 * crosses the cuts between the first and the last of its sites, and loads no link twice. Who uses a
 * link has sites on both sides of one of the two cuts beside its branch, the upper one upwards, the
 * lower one downwards: at most F + B, and what goes through the port.
 *
 * <p>Scratch, empty again after each bound; not safe for several threads.
 */
final class Cuts {
  private double[] forth = new double[64];
  private double[] back = new double[64];
  private int low;
  private int high;
  private double in;
  private double out;
  private double mostForth;
  private double mostBack;

  /** Takes so many sites. */
  void set(int sites) {
    if (forth.length <= sites) {
      forth = new double[2 * sites];
      back = new double[2 * sites];
    }
    low = sites;
    high = 0;
    in = 0;
    out = 0;
  }

  /** Adds a transfer from a site to consecutive ones. */
  void add(int from, int first, int count, double bits) {
    int last = first + count - 1;
    if (last > from) {
      forth[from] += bits;
      forth[last] -= bits;
      low = from < low ? from : low;
      high = last > high ? last : high;
    }
    if (first < from) {
      back[first] += bits;
      back[from] -= bits;
      low = first < low ? first : low;
      high = from > high ? from : high;
    }
  }

  /** Adds what comes in through the port. */
  void in(double bits) {
    in += bits;
  }

  /** Adds what leaves through the port. */
  void out(double bits) {
    out += bits;
  }

  /** Most that a link carries. */
  double most() {
    sweep();
    return mostForth + mostBack + Math.max(in, out);
  }

  private void sweep() {
    mostForth = 0;
    mostBack = 0;
    double up = 0;
    double down = 0;
    for (int site = low; site <= high; site++) {
      up += forth[site];
      down += back[site];
      mostForth = up > mostForth ? up : mostForth;
      mostBack = down > mostBack ? down : mostBack;
      forth[site] = 0;
      back[site] = 0;
    }
  }
}
