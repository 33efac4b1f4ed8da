package dev.kirchhoff.mapper.kernel;

import dev.kirchhoff.arch.kernel.KernelKind.Settings;
import dev.kirchhoff.arch.kernel.KernelKind.Unfit;
import dev.kirchhoff.arch.random.RandomKey;
import dev.kirchhoff.mapper.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.Optional;

/**
 * Random patterns of ±1 and the weights of the memory that stores them, without self-coupling:
 *
 * <pre>
 * Hebb:            W = Ξᵀ Ξ / n            (1)
 * pseudo-inverse:  W = Ξᵀ (Ξ Ξᵀ)⁻¹ Ξ       (2)
 * </pre>
 *
 * <p>for the patterns as rows of Ξ. By (2) every pattern of independent ones has field 1 before the
 * diagonal is taken out; by (1) the field of a pattern is 1 on average.
 *
 * @param count patterns
 * @param neurons bits of a pattern, n
 * @param isPseudoInverse rule (2) instead of (1)
 * @param seed seed of patterns and probes
 */
record Patterns(int count, int neurons, boolean isPseudoInverse, long seed) {
  private static final double SINGULAR = 1e-10;

  /**
   * Patterns by the settings of their keys.
   *
   * @throws Unfit if rule (2) is asked of patterns that depend on each other
   */
  static Patterns of(Settings settings) throws Unfit {
    boolean isPseudoInverse = settings.word("rule").equals("pseudoInverse");
    Patterns patterns =
        new Patterns(
            settings.whole("patterns"),
            settings.whole("neurons"),
            isPseudoInverse,
            settings.whole("seed"));
    if (isPseudoInverse && patterns.inverseOverlaps().isEmpty()) {
      throw new Unfit(
          "patterns",
          "is "
              + patterns.count
              + ", which depend on each other at "
              + patterns.neurons
              + " neurons; take fewer, or rule: hebb");
    }
    return patterns;
  }

  /** The patterns, row after row. */
  double[][] bits() {
    RandomKey key = RandomKey.of(seed).child(0);
    double[][] bits = new double[count][neurons];
    for (int p = 0; p < count; p++) {
      for (int i = 0; i < neurons; i++) {
        bits[p][i] = key.uniform((long) p * neurons + i) < 0.5 ? -1 : 1;
      }
    }
    return bits;
  }

  /** (Ξ Ξᵀ)⁻¹; empty if patterns depend on each other. */
  Optional<double[][]> inverseOverlaps() {
    double[][] bits = bits();
    double[][] overlaps = new double[count][];
    Arrays.setAll(overlaps, p -> LinearAlgebra.product(bits, bits[p]));
    return LinearAlgebra.inverse(overlaps, SINGULAR);
  }

  /** The weights, symmetric. */
  double[][] weights() {
    double[][] bits = bits();
    double[][] weights = new double[neurons][neurons];
    double[][] inverse = isPseudoInverse ? inverseOverlaps().orElseThrow() : new double[0][];
    for (int p = 0; p < count; p++) {
      double[] dual = new double[neurons];
      if (isPseudoInverse) {
        for (int q = 0; q < count; q++) {
          LinearAlgebra.add(dual, inverse[p][q], bits[q]);
        }
      } else {
        LinearAlgebra.add(dual, 1.0 / neurons, bits[p]);
      }
      for (int i = 0; i < neurons; i++) {
        LinearAlgebra.add(weights[i], bits[p][i], dual);
      }
    }
    for (int i = 0; i < neurons; i++) {
      weights[i][i] = 0;
    }
    return weights;
  }

  /** Probes: the patterns in turn, each bit flipped with a probability. */
  double[][] probes(int number, double flips) {
    double[][] bits = bits();
    double[][] probes = new double[number][];
    for (int p = 0; p < number; p++) {
      probes[p] = bits[p % count].clone();
      RandomKey key = RandomKey.of(seed).child(1).child(p);
      for (int i = 0; i < neurons; i++) {
        probes[p][i] *= key.uniform(i) < flips ? -1 : 1;
      }
    }
    return probes;
  }

  /** Shares of bits that states have in common with the patterns of their probes. */
  double[] overlaps(double[][] states) {
    double[][] bits = bits();
    double[] overlaps = new double[states.length];
    Arrays.setAll(overlaps, p -> (1 + LinearAlgebra.dot(bits[p % count], states[p]) / neurons) / 2);
    return overlaps;
  }
}
