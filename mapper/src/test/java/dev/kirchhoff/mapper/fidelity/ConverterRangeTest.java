package dev.kirchhoff.mapper.fidelity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.chip.Readout.Range;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConverterRangeTest {
  private static final long SEED = 5;

  private static double lost(int bits, double step, double spread, double lostBits) {
    double half = step * Math.pow((1 << bits) - 1, 2) / 4;
    return Rounding.square(lostBits * step)
        + 2 * spread * GaussianTail.clippingOfSquare(half / spread);
  }

  @Test
  void rangesOfLevelsAreAsWideAsLosesLeastWithTheConvertersOwnNoise() {
    Random random = new Random(SEED);
    boolean narrowed = false;
    for (int i = 0; i < 500; i++) {
      int bits = 2 + random.nextInt(6);
      double spread = Math.pow(10, 3 * random.nextDouble() - 1.5);
      double lostBits = 0.02 + random.nextDouble();
      ConverterRange range = new ConverterRange(Range.CALIBRATED, bits);
      double start = Math.min(1, range.step(spread, 1e9));
      double chosen = range.quietStep(start, spread, lostBits);
      double least = Double.POSITIVE_INFINITY;
      for (double tried = start; tried > start / 4000; tried *= 0.75) {
        least = Math.min(least, lost(bits, tried, spread, lostBits));
      }
      String message = "seed " + SEED + " case " + i;
      assertTrue(chosen <= start, message);
      assertEquals(least, lost(bits, chosen, spread, lostBits), 1e-6 * spread, message);
      narrowed |= chosen < start;
    }
    assertTrue(narrowed);
    ConverterRange range = new ConverterRange(Range.CALIBRATED, 4);
    for (double none : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertTrue(range.quietStep(1, none, 0.5) <= 1, "spread " + none);
    }
  }
}
