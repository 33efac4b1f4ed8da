package dev.kirchhoff.arch.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.result.EstimateError.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EstimateErrorTest {
  private static final long SEED = 20261125;

  private static EstimateError error(List<Pair> pairs) {
    return EstimateError.of(Metric.AGREEMENT, pairs);
  }

  /**
   * By hand: differences 0.01, 0.02, -0.03; ranks 1, 3, 2 and 1, 2, 3, so 1 - 6 * 2 / (3 * 8) =
   * 0.5.
   */
  @Test
  void threePairsByHand() {
    EstimateError error =
        error(List.of(new Pair(0.03, 0.02), new Pair(0.08, 0.06), new Pair(0.04, 0.07)));
    assertEquals(Metric.AGREEMENT, error.metric());
    assertEquals(3, error.pairs());
    assertEquals(3, error.different());
    assertEquals(0, error.bias(), 1e-12);
    assertEquals(0.02, error.absolute(), 1e-12);
    assertEquals(0.5, error.rankCorrelation().getAsDouble(), 1e-12);
  }

  /** By hand: ranks 1.5, 1.5, 3 and 1, 2, 3: 1.5 / sqrt(1.5 * 2). */
  @Test
  void equalValuesShareTheirRank() {
    EstimateError error = error(List.of(new Pair(5, 1), new Pair(5, 2), new Pair(9, 3)));
    assertEquals(1.5 / Math.sqrt(3), error.rankCorrelation().getAsDouble(), 1e-12);
  }

  @Test
  void tooLittleToCompareHasNoCorrelation() {
    assertThrows(IllegalArgumentException.class, () -> error(List.of()));
    List<Pair> two = List.of(new Pair(1, 1), new Pair(2, 2), new Pair(2, 2), new Pair(1, 1));
    assertEquals(2, error(two).different());
    assertTrue(error(two).rankCorrelation().isEmpty());
    List<Pair> flat = List.of(new Pair(1, 1), new Pair(1, 2), new Pair(1, 3));
    assertTrue(error(flat).rankCorrelation().isEmpty());
  }

  @Test
  void orderOfThePairsAndMonotoneScalesDoNotMatterToTheCorrelation() {
    Random random = new Random(SEED);
    for (int trial = 0; trial < 200; trial++) {
      List<Pair> pairs = new ArrayList<>();
      int count = 3 + random.nextInt(20);
      for (int i = 0; i < count; i++) {
        pairs.add(new Pair(random.nextInt(6) / 10.0, random.nextDouble()));
      }
      EstimateError error = error(pairs);
      List<Pair> shuffled = new ArrayList<>();
      pairs.forEach(p -> shuffled.add(new Pair(Math.exp(p.estimate()), 3 * p.measured() - 1)));
      Collections.shuffle(shuffled, random);
      double other = error(shuffled).rankCorrelation().getAsDouble();
      assertEquals(
          error.rankCorrelation().getAsDouble(), other, 1e-9, "seed " + SEED + " trial " + trial);
      assertTrue(Math.abs(error.bias()) <= error.absolute() + 1e-15);
    }
  }
}
