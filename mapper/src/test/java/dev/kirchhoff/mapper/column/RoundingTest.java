package dev.kirchhoff.mapper.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundingTest {
  private static final long SEED = 5;
  private static final int DRAWS = 400_000;

  @Test
  void drawsOfSumsAndNoiseAgree() {
    Random random = new Random(SEED);
    for (double s : new double[] {0, 0.01, 0.05, 0.2, 0.5, 2}) {
      for (double n : new double[] {0.001, 0.02, 0.1, 0.3, 1}) {
        double error = 0;
        for (int i = 0; i < DRAWS; i++) {
          double sum = Math.sqrt(s) * random.nextGaussian();
          double code = Math.rint(sum + Math.sqrt(n) * random.nextGaussian());
          error += (code - sum) * (code - sum) / DRAWS;
        }
        assertEquals(error, Rounding.error(s, s + n), 0.004 + 0.01 * error, s + ", " + n);
      }
    }
  }

  @Test
  void noiseOnLevelsIsRoundedAway() {
    // sigma 0.2: 2 Q(2.5) = 0.0124 of 0.04; sigma 0.1: 2 Q(5); above a half it is all there.
    assertEquals(2 * GaussianTail.above(2.5), Rounding.square(0.04), 1e-5);
    assertEquals(2 * GaussianTail.above(5), Rounding.square(0.01), 1e-6);
    assertEquals(4 + 1 / 12.0, Rounding.square(4), 0);
    assertEquals(0, Rounding.square(0), 0);
    double gain = gain(0.4);
    assertEquals(Rounding.square(0.4) + 0.3 * (1 - 2 * gain), Rounding.error(0.3, 0.4), 1e-4);
    assertTrue(gain > 0.9 && gain < 1, "gain " + gain);
    assertEquals(gain, Rounding.gain(0.4), 1e-4);
    assertEquals(gain(0.05), Rounding.gain(0.05), 1e-3);
    assertEquals(1, Rounding.gain(3), 0);
  }

  /** E[C S]/s by numbers: an integral over the normal density. */
  private static double gain(double v) {
    double r = Math.sqrt(v);
    double sum = 0;
    for (double z = -8; z < 8; z += 1e-4) {
      sum += GaussianTail.density(z) * Math.rint(r * z) * r * z * 1e-4;
    }
    return sum / v;
  }

  @Test
  void moreNoiseNeverMeansLessError() {
    for (double s = 0; s < 1; s += 0.013) {
      double before = 0;
      for (double n = 0; n < 1; n += 0.007) {
        double error = Rounding.error(s, s + n);
        assertTrue(error >= before - 2e-4, s + ", " + n + ": " + error + " after " + before);
        before = error;
      }
    }
  }
}
