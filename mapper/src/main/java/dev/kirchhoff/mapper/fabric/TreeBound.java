package dev.kirchhoff.mapper.fabric;

/**
 * An upper bound of the load of any link of a {@link Tree}, from what crosses the cuts between a
 * site and the next.
 *
 * <p>F and B are the most bits that cross any cut towards higher and lower sites; a transfer
 * crosses the cuts between the first and the last of its sites, and loads no link twice. Who uses a
 * link has sites on both sides of one of the two cuts beside its branch, the upper one upwards, the
 * lower one downwards: at most F + B, and what goes through the port.
 */
final class TreeBound {
  private TreeBound() {}

  /** Most that a link carries of the transfers from {@code begin} to before {@code end}. */
  static double of(Tree tree, Transfers transfers, int begin, int end) {
    double[] forth = new double[tree.sites()];
    double[] back = new double[tree.sites()];
    double in = 0;
    double out = 0;
    for (int i = begin; i < end; i++) {
      double bits = transfers.bits(i);
      int from = transfers.from(i);
      int first = transfers.to(i);
      if (transfers.isFromPort(i)) {
        in += bits;
      } else if (transfers.isToPort(i)) {
        out += bits;
      } else {
        int last = transfers.isChain(i) ? first : first + transfers.count(i) - 1;
        if (last > from) {
          forth[from] += bits;
          forth[last] -= bits;
        }
        if (first < from) {
          back[first] += bits;
          back[from] -= bits;
        }
      }
    }
    return largest(forth) + largest(back) + Math.max(in, out);
  }

  /** Largest sum of changes up to any site. */
  private static double largest(double[] changes) {
    double largest = 0;
    double sum = 0;
    for (double change : changes) {
      sum += change;
      largest = sum > largest ? sum : largest;
    }
    return largest;
  }
}
