package dev.kirchhoff.mapper.column;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two and four codes against drawn sums. */
class CoarseQuantiserTest {
  private static final int DRAWS = 400_000;
  private static final long SEED = 3;

  @Test
  void drawnSumsLoseAsMuchAsTheClosedForm() {
    for (int bits = 1; bits <= CoarseQuantiser.MOST_BITS; bits++) {
      CoarseQuantiser codes = CoarseQuantiser.of(bits);
      for (double signal : new double[] {0.2, 0.4, 1, 3}) {
        for (double noise : new double[] {0, 0.3 * signal}) {
          Random random = new Random(SEED);
          double square = 0;
          double product = 0;
          double error = 0;
          for (int i = 0; i < DRAWS; i++) {
            double sum = Math.sqrt(signal) * random.nextGaussian();
            double code = code(sum + Math.sqrt(noise) * random.nextGaussian(), bits);
            square += code * code / DRAWS;
            product += code * sum / DRAWS;
            error += (code - sum) * (code - sum) / DRAWS;
          }
          String where = bits + " bits, " + signal + ", " + noise + ", seed " + SEED;
          assertEquals(square, codes.square(signal + noise), 0.01, where);
          assertEquals(product / signal, codes.gain(signal + noise), 0.01, where);
          assertEquals(error, codes.error(signal, signal + noise), 0.02, where);
        }
      }
    }
  }

  private static double code(double sum, int bits) {
    double size = bits == 1 || Math.abs(sum) < 1 ? 0.5 : 1.5;
    return Math.copySign(size, sum);
  }
}
