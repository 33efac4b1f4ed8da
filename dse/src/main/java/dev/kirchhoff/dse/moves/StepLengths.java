package dev.kirchhoff.dse.moves;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Discrete power law of distances between values of a knob: P(d) ∝ d^−β for d = 1, 2, …, cut at the
 * knob's first and last value.
 *
 * <p>β = 1.5, with which a heavy-tailed mutation keeps frequent short steps and leaves a valley of
 * any width in polynomially many tries: Doerr, Le, Makhmara, Nguyen, "Fast Genetic Algorithms",
 * GECCO 2017, doi:10.1145/3071178.3071301, where it is the law of the number of bits flipped.
 */
final class StepLengths {
  private static final double EXPONENT = 1.5;

  /** Sum of d^−β up to a distance; 0 for distance 0. */
  private final double[] cumulative;

  /** Distances up to {@code farthest}. */
  StepLengths(int farthest) {
    cumulative = new double[farthest + 1];
    for (int d = 1; d <= farthest; d++) {
      cumulative[d] = cumulative[d - 1] + StrictMath.pow(d, -EXPONENT);
    }
  }

  /**
   * Draws another value, P ∝ distance^−β on both sides.
   *
   * @param value a value, 0..values − 1
   * @param values number of values, at least 2
   */
  int other(int value, int values, RandomGenerator random) {
    double below = cumulative[value];
    double above = cumulative[values - 1 - value];
    double drawn = random.nextDouble() * (below + above);
    return drawn < below
        ? value - distance(drawn, value)
        : value + distance(drawn - below, values - 1 - value);
  }

  /** Smallest distance whose cumulative sum exceeds {@code drawn}, at most {@code farthest}. */
  private int distance(double drawn, int farthest) {
    int found = Arrays.binarySearch(cumulative, 1, farthest + 1, drawn);
    return Math.min(farthest, found < 0 ? -found - 1 : found + 1);
  }
}
