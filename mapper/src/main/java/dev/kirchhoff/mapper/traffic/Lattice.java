package dev.kirchhoff.mapper.traffic;

/**
 * Fibonacci lattices, the best rules of integration over a square with so many points: for N = F_n
 * points k = 0..N − 1
 *
 * <pre>p_k = (k + 1/2) / N,   c_k = {k F_(n−1) / N + 1 / (2N)}</pre>
 *
 * <p>Source: Niederreiter, Random Number Generation and Quasi-Monte Carlo Methods, SIAM 1992,
 * chapter 5, DOI 10.1137/1.9781611970081.
 */
final class Lattice {
  /** Points of the largest lattice. */
  static final int MOST = 34;

  private static final int[] FIBONACCI = {1, 1, 2, 3, 5, 8, 13, 21, MOST};

  /** Fewest points of a lattice, enough to resolve a quarter of a tile. */
  private static final int LEAST = 13;

  private static final Lattice[] LATTICES = new Lattice[MOST + 1];

  static {
    int before = 1;
    for (int points : FIBONACCI) {
      LATTICES[points] = new Lattice(points, points == 1 ? 1 : before);
      before = points;
    }
  }

  private final double[] positions;
  private final double[] channels;

  /**
   * A lattice of F_n points.
   *
   * @param step F_(n−1)
   */
  private Lattice(int points, int step) {
    positions = new double[points];
    channels = new double[points];
    for (int k = 0; k < points; k++) {
      positions[k] = (k + 0.5) / points;
      channels[k] = (k * step % points + 0.5) / points;
    }
  }

  /** The lattice of a number of points that {@link #samples} gives. */
  static Lattice of(int samples) {
    return LATTICES[samples];
  }

  /** Points for a map that goes between so many tiles, those of both ends. */
  static int samples(int tiles) {
    if (tiles <= 2) {
      return 1;
    }
    int needed = Math.max(LEAST, tiles);
    int i = 1;
    while (i < FIBONACCI.length - 1 && FIBONACCI[i] < needed) {
      i++;
    }
    return FIBONACCI[i];
  }

  /** Position of a point. */
  double position(int k) {
    return positions[k];
  }

  /** Channel of a point. */
  double channel(int k) {
    return channels[k];
  }
}
