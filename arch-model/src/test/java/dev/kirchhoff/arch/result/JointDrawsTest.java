package dev.kirchhoff.arch.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.calibration.Quantity;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Factors of joint draws: their percentiles, what goes together and what does not. */
class JointDrawsTest {
  private static final JointDraws MANY = new JointDraws(7, 200_000);
  private static final Spread WIDE = new Spread(0.25, 8, "two papers");

  private static ErrorSource source(String family, String model, Quantity quantity) {
    return new ErrorSource(family, model, quantity, WIDE);
  }

  @Test
  void theFigureIsTheMedianAndTheEndsAreTheTenthAndNinetiethPercentile() {
    double[] factors = MANY.factors(source("sar", "ours", Quantity.ENERGY));
    Arrays.sort(factors);
    assertEquals(0.25, factors[20_000], 0.005);
    assertEquals(1, factors[100_000], 0.02);
    assertEquals(8, factors[180_000], 0.15);
  }

  @Test
  void theLogarithmIsNormalOnEitherSide() {
    // A factor of 64 is twice the distance of 8, so Φ(2 z90) = 0.9948 of the draws lie below it.
    double[] factors = MANY.factors(source("sar", "ours", Quantity.ENERGY));
    double above = Arrays.stream(factors).filter(f -> f > 64).count() / 200_000.0;
    assertEquals(0.00518, above, 0.0006);
  }

  @Test
  void modelsOfOneFamilyShareEightTenthsOfTheirVariance() {
    double[] ours = normal(source("sar", "ours", Quantity.ENERGY));
    double[] theirs = normal(source("sar", "theirs", Quantity.ENERGY));
    double[] flash = normal(source("flash", "theirs too", Quantity.ENERGY));
    double[] area = normal(source("sar", "ours", Quantity.AREA));
    assertEquals(0.8, correlation(ours, theirs), 0.01);
    assertEquals(0, correlation(ours, flash), 0.01);
    assertEquals(0, correlation(ours, area), 0.01);
  }

  /** The normal variable behind factors, in units of z90. */
  private static double[] normal(ErrorSource source) {
    return Arrays.stream(MANY.factors(source))
        .map(f -> f < 1 ? Math.log(f) / Math.log(4) : Math.log(f) / Math.log(8))
        .toArray();
  }

  private static double correlation(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void factorsDependOnSeedAndNameAlone() {
    ErrorSource source = source("sar", "ours", Quantity.AREA);
    double[] hundred = new JointDraws(3, 100).factors(source);
    double[] thousand = new JointDraws(3, 1_000).factors(source);
    assertArrayEquals(hundred, Arrays.copyOf(thousand, 100));
    assertFalse(Arrays.equals(hundred, new JointDraws(4, 100).factors(source)));
    assertEquals(JointDraws.DEFAULT_COUNT, JointDraws.of(3).count());
  }

  @Test
  void theVarianceOfTheLogarithmIsThatOfTheDraws() {
    ErrorSource source = source("sar", "ours", Quantity.ENERGY);
    double[] logs = Arrays.stream(MANY.factors(source)).map(Math::log).toArray();
    double mean = Arrays.stream(logs).average().orElseThrow();
    double variance = Arrays.stream(logs).map(l -> (l - mean) * (l - mean)).average().orElseThrow();
    assertEquals(variance, JointDraws.logVariance(source), 0.01 * variance);
    assertEquals(0, JointDraws.logVariance(ErrorSource.NONE));
  }

  @Test
  void exactFiguresStay() {
    assertTrue(Arrays.stream(MANY.factors(ErrorSource.NONE)).allMatch(f -> f == 1));
    assertTrue(ErrorSource.NONE.isNone());
    assertThrows(IllegalArgumentException.class, () -> new JointDraws(1, 0));
  }
}
