package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.random.RandomKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Link matrix of PageRank with damping, d P + (1 − d) / n: each page links to as many others, drawn
 * without repetition.
 */
final class LinkMatrix {
  private LinkMatrix() {}

  /**
   * A link matrix.
   *
   * @param pages pages, n
   * @param links links of a page to others, fewer than pages
   * @param damping probability of following a link, d
   * @return elements by the page that is linked to, then the page that links
   */
  static double[][] of(int pages, int links, double damping, long seed) {
    double[][] a = new double[pages][pages];
    RandomKey key = RandomKey.of(seed);
    for (int from = 0; from < pages; from++) {
      List<Integer> others = new ArrayList<>();
      for (int to = 0; to < pages; to++) {
        a[to][from] = (1 - damping) / pages;
        others.add(to);
      }
      others.remove(from);
      for (int link = 0; link < links; link++) {
        int drawn = (int) (key.child(from).uniform(link) * others.size());
        a[others.remove(drawn)][from] += damping / links;
      }
    }
    return a;
  }
}
