package dev.kirchhoff.mapper.noise;

import dev.kirchhoff.mapper.column.CellVariation;

/**
 * Time after which stored weights must be written again: the age at which drift and retention bring
 * the noise-to-signal ratio of a network to its limit, NSR_other + Σ_l χ_l σ_l²(t) = limit
 * (docs/models.md, eq. 43), at most the device's retention.
 *
 * <p>By bisection over the ages of {@link CellVariation} (1 s to 10¹⁰ s, ten per decade), linear in
 * log age between them. Neglected: refresh of single cells, loss of levels other than by variance.
 */
public final class RefreshInterval {

  private static final double[] AGES_S = new double[CellVariation.AGES];

  static {
    for (int age = 0; age < AGES_S.length; age++) {
      AGES_S[age] = CellVariation.age_s(age);
    }
  }

  private RefreshInterval() {}

  /**
   * Refresh interval; 0 if a fresh network misses the limit, at most 10¹⁰ s.
   *
   * @param otherNoise noise-to-signal ratio of everything but the cells
   * @param sensitivity χ_l by level, of the network
   * @param variation variation of the cells
   * @param limit largest noise-to-signal ratio allowed
   * @param retention_s retention of the device
   */
  public static double time_s(
      double otherNoise,
      double[] sensitivity,
      CellVariation variation,
      double limit,
      double retention_s) {
    double allowed = limit - otherNoise;
    if (!(cells(sensitivity, variation, 0) <= allowed)) {
      return 0;
    }
    int good = 0;
    int bad = lastAge(retention_s);
    if (cells(sensitivity, variation, bad) <= allowed) {
      return Math.min(retention_s, AGES_S[bad]);
    }
    while (bad - good > 1) {
      int middle = (good + bad) >>> 1;
      if (cells(sensitivity, variation, middle) <= allowed) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    double low = cells(sensitivity, variation, good);
    double high = cells(sensitivity, variation, bad);
    return Math.min(retention_s, CellVariation.age_s(good + (allowed - low) / (high - low)));
  }

  /** The first age of the table that is not before the retention ends, at most the last. */
  private static int lastAge(double retention_s) {
    int low = 0;
    int high = AGES_S.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (AGES_S[middle] < retention_s) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double cells(double[] sensitivity, CellVariation variation, int age) {
    double sum = 0;
    for (int level = 0; level < variation.levels(); level++) {
      sum += sensitivity[level] * variation.tabulated_uS2(level, age);
    }
    return sum;
  }
}
