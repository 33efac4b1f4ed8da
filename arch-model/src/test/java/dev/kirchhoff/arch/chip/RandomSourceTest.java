package dev.kirchhoff.arch.chip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The bias of the low bit of a counter. */
class RandomSourceTest {

  private static RandomSource.Counter counter(double periods) {
    return new RandomSource.Counter(1, 100, periods / 100, 10, 1, ComponentModel.standard());
  }

  @Test
  void theBoundIsThatOfAGaussianDelay() {
    // (2 / pi) exp(-(pi s)^2 / 2).
    assertEquals(0.1854, counter(0.5).biasBound(), 1e-4);
    assertEquals(0.0567, counter(0.7).biasBound(), 1e-4);
    assertEquals(0.00458, counter(1).biasBound(), 1e-5);
    assertEquals(0.5, counter(0).biasBound());
    assertEquals(0.7, counter(0.7).periods(), 1e-12);
  }

  @Test
  void noMeanDelayBiasesABitBeyondTheBound() {
    for (double periods : new double[] {0.5, 0.7, 1}) {
      double largest = 0;
      for (int i = 0; i < 20; i++) {
        largest = Math.max(largest, Math.abs(odd(100 + 0.1 * i, periods) - 0.5));
      }
      double bound = counter(periods).biasBound();
      assertTrue(largest <= bound * (1 + 1e-3), largest + " above " + bound);
      // A mean delay that ends in the middle of a cycle meets the bound but for harmonics.
      assertEquals(bound, largest, 0.01 * bound);
    }
  }

  /** Probability that the whole cycles of a Gaussian delay are odd, by summing its density. */
  private static double odd(double mean, double sigma) {
    int steps = 100_000;
    double step = 20 * sigma / steps;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      double off = (i + 0.5) * step - 10 * sigma;
      if (Math.floorMod((long) Math.floor(mean + off), 2L) == 1) {
        sum += Math.exp(-off * off / (2 * sigma * sigma)) * step;
      }
    }
    return sum / (sigma * Math.sqrt(2 * Math.PI));
  }

  @Test
  void sourcesAreThereOrNot() {
    assertFalse(RandomSource.NONE.exists());
    assertTrue(RandomSource.Digital.standard().exists());
    assertThrows(
        IllegalArgumentException.class,
        () -> new RandomSource.DeviceNoise(0, ComponentModel.standard()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new RandomSource.Counter(1, 0, 0.3, 0, 1, ComponentModel.standard()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoopAmplifier(1, 0.1, 1e-3, ComponentModel.standard()));
  }
}
