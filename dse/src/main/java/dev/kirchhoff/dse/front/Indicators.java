package dev.kirchhoff.dse.front;

/**
 * Distance of a front from a reference front; both in the same scaled coordinates, all minimised, 0
 * = as good.
 *
 * <p>Indicators disagree: report more than one.
 */
public final class Indicators {
  private Indicators() {}

  /**
   * Additive epsilon: the least amount by which every point of the front must improve so that each
   * reference point is weakly dominated: max over reference points of min over front points of the
   * largest excess (Zitzler et al., IEEE Trans. Evol. Comput. 7 (2003) 117, DOI
   * 10.1109/TEVC.2003.810758). Infinite for an empty front.
   */
  public static double additiveEpsilon(double[][] front, double[][] reference) {
    double worst = Double.NEGATIVE_INFINITY;
    for (double[] target : reference) {
      double best = Double.POSITIVE_INFINITY;
      for (double[] point : front) {
        double excess = Double.NEGATIVE_INFINITY;
        for (int m = 0; m < target.length; m++) {
          excess = Math.max(excess, point[m] - target[m]);
        }
        best = Math.min(best, excess);
      }
      worst = Math.max(worst, best);
    }
    return worst;
  }

  /**
   * Inverted generational distance plus: mean over reference points of the distance to the nearest
   * front point, only worse coordinates counted (Ishibuchi et al., EMO 2015, DOI
   * 10.1007/978-3-319-15892-1_8). Infinite for an empty front.
   */
  public static double invertedGenerationalDistancePlus(double[][] front, double[][] reference) {
    double sum = 0;
    for (double[] target : reference) {
      double best = Double.POSITIVE_INFINITY;
      for (double[] point : front) {
        double square = 0;
        for (int m = 0; m < target.length; m++) {
          double worse = Math.max(0, point[m] - target[m]);
          square += worse * worse;
        }
        best = Math.min(best, square);
      }
      sum += Math.sqrt(best);
    }
    return sum / reference.length;
  }
}
