package dev.kirchhoff.dse.engine;

import dev.kirchhoff.dse.front.VolumeGain;
import java.util.Arrays;

/**
 * A single number for a design, larger is better, and an excess that counts as a violation. A pure
 * function of the scaled objectives (0 = best member of the frozen front, 1 = worst, per
 * objective).
 */
sealed interface Scalarisation {

  /**
   * The reference of volumes: a tenth beyond the worst members, so that the ends of the front
   * count.
   */
  double REFERENCE = 1.1;

  /** Goodness of scaled objectives. */
  double goodness(double[] scaled);

  /** By how much a bound on objectives is missed; 0 = met. */
  default double excess(double[] scaled) {
    return 0;
  }

  /**
   * Hypervolume improvement. A design that adds nothing is worth less the deeper it lies below the
   * front: −max over members of the least of its disadvantages, so that dominated designs have a
   * slope too.
   */
  record Improvement(VolumeGain gain, double[][] front) implements Scalarisation {

    /**
     * Beyond the reference a design that no member dominates is worth a little, whatever its
     * distance.
     */
    private static final double OUTSIDE = 1e-6;

    static Improvement over(double[][] front) {
      double[] reference = new double[front[0].length];
      Arrays.fill(reference, REFERENCE);
      return new Improvement(new VolumeGain(front, reference), front);
    }

    @Override
    public double goodness(double[] scaled) {
      double added = gain.of(scaled);
      if (added > 0) {
        return added;
      }
      double depth = Double.NEGATIVE_INFINITY;
      for (double[] member : front) {
        double least = Double.POSITIVE_INFINITY;
        for (int m = 0; m < scaled.length; m++) {
          least = Math.min(least, scaled[m] - member[m]);
        }
        depth = Math.max(depth, least);
      }
      return depth < 0 ? OUTSIDE : -depth;
    }
  }

  /** One objective, the others bounded by a member of the front. */
  record Bounded(int objective, double[] bounds) implements Scalarisation {
    @Override
    public double goodness(double[] scaled) {
      return -scaled[objective] - 0.01 * Arrays.stream(scaled).sum();
    }

    @Override
    public double excess(double[] scaled) {
      double sum = 0;
      for (int m = 0; m < scaled.length; m++) {
        sum += m == objective ? 0 : Math.max(0, scaled[m] - bounds[m]);
      }
      return sum;
    }
  }

  /**
   * Augmented Chebyshev distance to the best corner, which also reaches the concave parts of a
   * front (Steuer, Choo, Math. Programming 26 (1983) 326, DOI 10.1007/BF02591870). With all weight
   * on one objective it seeks an end of the front.
   */
  record Chebyshev(double[] weights) implements Scalarisation {
    @Override
    public double goodness(double[] scaled) {
      double worst = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int m = 0; m < scaled.length; m++) {
        worst = Math.max(worst, weights[m] * (scaled[m] + 0.05));
        sum += scaled[m];
      }
      return -worst - 0.02 * sum;
    }
  }

  /**
   * Weighted sum of violations, for designs that are not yet feasible: where lessening one miss
   * costs another, the plain sum has a local minimum of its own.
   *
   * @param weights weight of each constraint
   */
  record Feasibility(double[] weights) implements Scalarisation {
    @Override
    public double goodness(double[] scaled) {
      return 0;
    }
  }
}
