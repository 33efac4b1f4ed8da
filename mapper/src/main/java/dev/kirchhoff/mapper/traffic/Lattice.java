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

  /** Points for a map between few tiles: halves, thirds and quarters of a tile tell apart. */
  private static final int LEAST = 13;

  private Lattice() {}

  /** Points for a map that goes between so many tiles, those of both ends. */
  static int samples(int tiles) {
    if (tiles <= 2) {
      return 1;
    }
    int wanted = Math.max(LEAST, tiles);
    int i = 1;
    while (i < FIBONACCI.length - 1 && FIBONACCI[i] < wanted) {
      i++;
    }
    return FIBONACCI[i];
  }

  /** Position of a point. */
  static double position(int k, int samples) {
    return (k + 0.5) / samples;
  }

  /** Channel of a point. */
  static double channel(int k, int samples) {
    return (k * step(samples) % samples + 0.5) / samples;
  }

  private static int step(int samples) {
    return switch (samples) {
      case 34 -> 21;
      case 21 -> 13;
      case 13 -> 8;
      case 8 -> 5;
      case 5 -> 3;
      case 3 -> 2;
      default -> 1;
    };
  }
}
