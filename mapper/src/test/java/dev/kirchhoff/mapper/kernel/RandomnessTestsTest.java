package dev.kirchhoff.mapper.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.random.RandomKey;
import org.junit.jupiter.api.Test;

/** Examples worked out in NIST SP 800-22 rev. 1a, and laws of p-values. */
class RandomnessTestsTest {

  private static boolean[] bits(String text) {
    boolean[] bits = new boolean[text.length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = text.charAt(i) == '1';
    }
    return bits;
  }

  @Test
  void examplesOfTheStandardAreMet() {
    assertEquals(0.527089, RandomnessTests.monobit(bits("1011010101")), 1e-6);
    assertEquals(0.801252, RandomnessTests.blockFrequency(bits("0110011010"), 3), 1e-6);
    assertEquals(0.147232, RandomnessTests.runs(bits("1001101011")), 1e-6);
    assertEquals(0.4116588, RandomnessTests.cumulativeSums(bits("1011010111")), 1e-6);
    assertEquals(0.808792, RandomnessTests.serial(bits("0011011101"), 3, false), 1e-6);
    assertEquals(0.670320, RandomnessTests.serial(bits("0011011101"), 3, true), 1e-6);
    assertEquals(0.261961, RandomnessTests.approximateEntropy(bits("0100110101"), 3), 1e-6);
  }

  /** Example 2.4.8: 4, 9, 3 and 0 of 16 blocks of 8 bits; χ² = 4.882605 there, p = 0.180598. */
  @Test
  void longestRunOfTheStandardIsMet() {
    String text =
        "11001100000101010110110001001100111000000000001001"
            + "00110101010001000100111101011010000000110101111100"
            + "1100111001101101100010110010";

    assertEquals(0.180598, RandomnessTests.longestRun(bits(text)), 2e-5);
  }

  /** 200 sequences of 20,000 good bits: a p-value below 1 % in 1 % of 1,600 cases, σ 0.25 %. */
  @Test
  void goodBitsFailAsOftenAsTheyShould() {
    int failed = 0;
    for (int s = 0; s < 200; s++) {
      RandomKey key = RandomKey.of(s);
      boolean[] drawn = new boolean[20_000];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = key.uniform(i) >= 0.5;
      }
      failed +=
          (int) RandomnessTests.pValues(drawn).values().stream().filter(p -> p < 0.01).count();
    }

    assertTrue(failed > 3 && failed < 32, failed + " of 1,600 failed");
  }

  @Test
  void functionsHaveTheirClosedForms() {
    assertEquals(Math.log(24), SpecialFunctions.logGamma(5), 1e-12);
    assertEquals(Math.log(Math.sqrt(Math.PI)), SpecialFunctions.logGamma(0.5), 1e-11);
    assertEquals(Math.exp(-3), SpecialFunctions.upperGamma(1, 3), 1e-12);
    assertEquals(2.5 * Math.exp(-1.5), SpecialFunctions.upperGamma(2, 1.5), 1e-12);
    assertEquals(0.975, SpecialFunctions.normal(1.959963985), 1e-9);
    assertEquals(0.5, SpecialFunctions.normal(0));
  }
}
