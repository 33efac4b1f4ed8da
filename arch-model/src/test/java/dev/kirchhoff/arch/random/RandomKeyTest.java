package dev.kirchhoff.arch.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomKeyTest {
  private static final int DRAWS = 1_000_000;

  @Test
  void theInverseIsThatOfTheCumulativeDistribution() {
    // Quantiles of tables: 97.5 %, 99.865 % (3 sigma), one in a million, 2^-32.
    assertEquals(1.959963984540054, InverseNormal.of(0.975), 1e-14);
    assertEquals(3, InverseNormal.of(0.9986501019683699), 1e-12);
    assertEquals(-4.753424308822899, InverseNormal.of(1e-6), 1e-13);
    assertEquals(-6.230260137989042, InverseNormal.of(0x1p-32), 1e-12);
    assertEquals(0, InverseNormal.of(0.5));
    assertThrows(IllegalArgumentException.class, () -> InverseNormal.of(0));
    assertThrows(IllegalArgumentException.class, () -> InverseNormal.of(1));
  }

  @Test
  void consecutiveBitsAreThoseOfSplitMix() {
    // java.util.SplittableRandom(key) is SplitMix64 with the same step.
    RandomKey key = RandomKey.of(7).child(3);
    java.util.SplittableRandom reference = new java.util.SplittableRandom(key.value());
    for (int i = 0; i < 1000; i++) {
      assertEquals(reference.nextLong(), key.bits(i));
    }
  }

  @Test
  void drawsFollowTheInverseWithinTwentyMillionths() {
    for (long m = 0; m < 0x7fffffffL; m += 1 + m / 97) {
      double exact = m == 0x7fffffffL ? 0 : -InverseNormal.of((m + 1) * 0x1p-32);
      assertEquals(exact, NormalTable.of((int) m), 2.2e-5, "m = " + m);
      assertEquals(-exact, NormalTable.of((int) m | 0x80000000), 2.2e-5, "m = " + m);
    }
  }

  @Test
  void momentsAreThoseOfTheNormalDistribution() {
    RandomKey key = RandomKey.of(42);
    double[] sums = new double[5];
    for (int i = 0; i < DRAWS; i++) {
      double z = key.gaussian(i);
      double power = 1;
      for (int k = 1; k <= 4; k++) {
        power *= z;
        sums[k] += power / DRAWS;
      }
    }
    // Four standard errors: 1, sqrt 2, sqrt 15, sqrt 96 over the root of the draws.
    double root = Math.sqrt(DRAWS);
    assertEquals(0, sums[1], 4 / root);
    assertEquals(1, sums[2], 4 * Math.sqrt(2) / root);
    assertEquals(0, sums[3], 4 * Math.sqrt(15) / root);
    assertEquals(3, sums[4], 4 * Math.sqrt(96) / root);
  }

  @Test
  void blocksAreTheSameAsSingleDraws() {
    RandomKey key = RandomKey.of(1).child(2).child(3);
    float[] block = new float[1003];
    key.gaussians(500, block, 2, 1001);
    for (int i = 0; i < 1001; i++) {
      assertEquals(key.gaussian(500 + i), block[2 + i]);
    }
    assertThrows(IllegalArgumentException.class, () -> key.gaussians(1, block, 0, 2));
  }

  @Test
  void childrenAreDifferentAndUncorrelated() {
    Set<Long> seen = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      for (int layer = 0; layer < 20; layer++) {
        for (int array = 0; array < 20; array++) {
          assertTrue(
              seen.add(RandomKey.of(seed).child(layer).child(array).value()), "seed " + seed);
        }
      }
    }
    double product = 0;
    RandomKey one = RandomKey.of(5).child(0);
    RandomKey other = RandomKey.of(5).child(1);
    for (int i = 0; i < DRAWS; i++) {
      product += one.gaussian(i) * other.gaussian(i) / DRAWS;
    }
    assertEquals(0, product, 4 / Math.sqrt(DRAWS));
  }

  @Test
  void uniformsFillTheUnitInterval() {
    RandomKey key = RandomKey.of(9);
    int[] bins = new int[10];
    for (int i = 0; i < 100_000; i++) {
      bins[(int) (10 * key.uniform(i))]++;
    }
    for (int bin : bins) {
      assertEquals(10_000, bin, 4 * Math.sqrt(9_000));
    }
  }
}
