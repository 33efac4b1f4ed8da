package dev.kirchhoff.arch.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
  @Test
  void orderAloneCounts() {
    assertEquals(
        1,
        RankCorrelation.of(new double[] {1, 2, 9}, new double[] {-5, 0, 1e6}).getAsDouble(),
        1e-12);
    assertEquals(
        -1,
        RankCorrelation.of(new double[] {1, 2, 9}, new double[] {3, 2, 1}).getAsDouble(),
        1e-12);
    // 1 - 6 Σ d² / (n (n² - 1)) with d = 0, 1, -1, 0: 1 - 12/60.
    double[] x = {1, 2, 3, 4};
    assertEquals(0.8, RankCorrelation.of(x, new double[] {1, 3, 2, 4}).getAsDouble(), 1e-12);
  }

  @Test
  void equalValuesShareTheirRanks() {
    // Ranks 1.5, 1.5, 3 and 1, 2, 3: covariance 1.5, variances 1.5 and 2.
    double[] x = {5, 5, 7};
    assertEquals(
        1.5 / Math.sqrt(3), RankCorrelation.of(x, new double[] {1, 2, 3}).getAsDouble(), 1e-12);
    assertTrue(RankCorrelation.of(new double[] {1, 1}, new double[] {1, 2}).isEmpty());
  }

  @Test
  void valuesMustBePairs() {
    assertThrows(
        IllegalArgumentException.class,
        () -> RankCorrelation.of(new double[] {1}, new double[] {1, 2}));
  }
}
