package dev.kirchhoff.mapper.simulate;

import dev.kirchhoff.arch.random.RandomKey;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors that the converters of a kernel's matrix are calibrated with, each scaled to the drivers'
 * full range. A kernel's vectors are not known before it runs:
 *
 * <ul>
 *   <li>those of the first read,
 *   <li>the same with their elements in another order: what a matrix makes of values of their kind
 *       where they are not in the place of its structure,
 *   <li>normal and uniform draws of their signs: dense vectors, where the first one is sparse,
 *   <li>some columns of the matrix: vectors that match it, as stored patterns, atoms of a
 *       dictionary and eigenvectors do.
 * </ul>
 *
 * <p>Against ranges of all vectors of a run, ratios of signal to converter error of 6 and 8 bits
 * fall by a median of 2 dB over conjugate gradient, Jacobi, cosine transform, associative memory,
 * spikes and sparse vectors, by 22 dB at most (associative memory, whose states of several patterns
 * have sums between those of a draw and of a match). With the first read alone, whose vector may be
 * sparse, it is up to 46 dB, and with draws alone up to 22 dB in image and grid problems.
 */
final class TypicalVectors {
  private static final int MOST_FIRST = 64;
  private static final int SHUFFLED = 64;
  private static final int DRAWN = 64;
  private static final int ORDER = 0;
  private static final int VALUES = 1;

  private TypicalVectors() {}

  /**
   * Typical vectors.
   *
   * @param first vectors of the first read
   * @param matching vectors that match the matrix
   * @param passes pulses of an input
   * @param key key of the draws
   * @return integers by input, then vector
   */
  static int[][] of(double[][] first, double[][] matching, InputPasses passes, RandomKey key) {
    List<double[]> vectors = new ArrayList<>();
    int taken = Math.min(MOST_FIRST, first.length);
    boolean isSigned = false;
    for (int v = 0; v < taken; v++) {
      double[] vector = first[(int) ((long) v * first.length / taken)];
      vectors.add(vector);
      for (double value : vector) {
        isSigned |= value < 0;
      }
    }
    for (int v = 0; v < SHUFFLED; v++) {
      vectors.add(shuffled(vectors.get(v % taken), key.child(ORDER).child(v)));
    }
    for (int v = 0; v < DRAWN; v++) {
      vectors.add(drawn(first[0].length, v % 2 == 0, isSigned, key.child(VALUES).child(v)));
    }
    vectors.addAll(List.of(matching));
    int[][] wholes = new int[first[0].length][vectors.size()];
    for (int v = 0; v < vectors.size(); v++) {
      passes.quantise(vectors.get(v), wholes, v);
    }
    return wholes;
  }

  private static double[] shuffled(double[] vector, RandomKey draws) {
    double[] other = vector.clone();
    for (int i = other.length - 1; i > 0; i--) {
      int j = (int) (draws.uniform(i) * (i + 1));
      double value = other[i];
      other[i] = other[j];
      other[j] = value;
    }
    return other;
  }

  private static double[] drawn(int inputs, boolean isNormal, boolean isSigned, RandomKey draws) {
    double[] vector = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      double value = isNormal ? draws.gaussian(i) : 2 * draws.uniform(i) - 1;
      vector[i] = isSigned ? value : Math.abs(value);
    }
    return vector;
  }
}
