package dev.kirchhoff.arch.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Statistics in other units and of values together, by hand. */
class ValueStatisticsTest {
  private static final ValueStatistics HALF_NEGATIVE = new ValueStatistics(0.1, 0.2, 0.3, 0.45);

  @Test
  void anotherFullScaleMovesSizesAlone() {
    assertEquals(new ValueStatistics(0.1, 0.4, 0.6, 0.45), HALF_NEGATIVE.within(0.5));
    assertEquals(new ValueStatistics(0.1, 0.1, 0.15, 0.45), HALF_NEGATIVE.times(0.5));
    // What is beyond a quarter is clipped.
    assertEquals(new ValueStatistics(0.1, 0.8, 1, 0.45), HALF_NEGATIVE.within(0.25));
    assertTrue(HALF_NEGATIVE.within(0.5).signed());
  }

  /** Three parts of these and one of others without zeros: rms by squares. */
  @Test
  void mixturesAreMeansByNumber() {
    ValueStatistics mixed = HALF_NEGATIVE.mixedWith(new ValueStatistics(0, 0.6, 0.7, 0), 3, 1);
    assertEquals(0.075, mixed.zeroShare(), 1e-12);
    assertEquals(0.3, mixed.meanAbs(), 1e-12);
    assertEquals(Math.sqrt(0.75 * 0.09 + 0.25 * 0.49), mixed.rms(), 1e-12);
    assertEquals(0.3375, mixed.negativeShare(), 1e-12);
  }
}
