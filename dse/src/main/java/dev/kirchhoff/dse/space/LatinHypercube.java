package dev.kirchhoff.dse.space;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Latin-hypercube sample of a space: of n designs each value of a knob that always exists is taken
 * n / cardinality times, rounded up or down. Values of a parent knob are spread evenly, however
 * unequal the sub-spaces below them.
 *
 * <p>Source: McKay, Beckman, Conover, Technometrics 21 (1979) 239, DOI
 * 10.1080/00401706.1979.10489755.
 */
public final class LatinHypercube {
  private LatinHypercube() {}

  /**
   * Spreads designs.
   *
   * @param space the space
   * @param count number of designs; in a small space some may be equal
   * @param seed seed of the permutations
   */
  public static List<int[]> designs(DesignSpace space, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<int[]> designs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      designs.add(new int[space.dimension()]);
    }
    int[] stratum = new int[count];
    for (int k = 0; k < space.dimension(); k++) {
      shuffle(stratum, random);
      for (int i = 0; i < count; i++) {
        long ordinal = (2L * stratum[i] + 1) * space.cardinality(k) / (2L * count);
        designs.get(i)[k] = (int) ordinal;
      }
    }
    designs.forEach(space::normalise);
    return designs;
  }

  /**
   * Probability of a design, of each of the sample alone: the product over the knobs that exist in
   * it of 1 / cardinality.
   *
   * @param design the design
   * @param values number of values of each knob
   */
  public static double probability(int[] design, int[] values) {
    double product = 1;
    for (int k = 0; k < design.length; k++) {
      product /= design[k] < 0 ? 1 : values[k];
    }
    return product;
  }

  private static void shuffle(int[] permutation, SplittableRandom random) {
    for (int i = 0; i < permutation.length; i++) {
      int j = random.nextInt(i + 1);
      permutation[i] = permutation[j];
      permutation[j] = i;
    }
  }
}
