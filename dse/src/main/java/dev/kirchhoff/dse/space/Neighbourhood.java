package dev.kirchhoff.dse.space;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Distribution of designs around some others, the centres. A centre is drawn, each with the same
 * chance, and then each of its knobs is redrawn evenly with a chance of c = 15 % (chosen); so is a
 * knob that the centre lacks. A design d is drawn with the probability
 *
 * <pre>
 *   g(d) = 1/M Σ Π ( c/v + (1 − c) [d = e] )                                                (1)
 * </pre>
 *
 * with the sum over the M centres e and the product over the knobs that exist in d, v their values.
 * A factor is 1/v where the knob does not exist in e. No design has the probability 0.
 */
public final class Neighbourhood {
  private static final double REDRAWN = 0.15;

  private final List<int[]> centres;
  private final int[] values;

  /**
   * A neighbourhood.
   *
   * @param centres the centres, one at least; not copied
   * @param values number of values of each knob
   */
  public Neighbourhood(List<int[]> centres, int[] values) {
    if (centres.isEmpty()) {
      throw new IllegalArgumentException("A neighbourhood must have a centre.");
    }
    this.centres = List.copyOf(centres);
    this.values = values.clone();
  }

  /** The centres; not to be changed. */
  public List<int[]> centres() {
    return centres;
  }

  /** Draws a design of a space. */
  public int[] draw(DesignSpace space, RandomGenerator random) {
    int[] design = centres.get(random.nextInt(centres.size())).clone();
    for (int k = 0; k < design.length; k++) {
      boolean isRedrawn = random.nextDouble() < REDRAWN;
      if (design[k] < 0 || isRedrawn) {
        design[k] = random.nextInt(values[k]);
      }
    }
    space.normalise(design);
    return design;
  }

  /** Probability (1) of a design. */
  public double probability(int[] design) {
    double sum = 0;
    for (int[] centre : centres) {
      double product = 1;
      for (int k = 0; k < design.length; k++) {
        if (design[k] >= 0) {
          double even = 1.0 / values[k];
          product *=
              centre[k] < 0 ? even : REDRAWN * even + (centre[k] == design[k] ? 1 - REDRAWN : 0);
        }
      }
      sum += product;
    }
    return sum / centres.size();
  }
}
