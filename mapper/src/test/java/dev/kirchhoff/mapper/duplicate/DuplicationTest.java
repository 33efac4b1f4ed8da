package dev.kirchhoff.mapper.duplicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DuplicationTest {
  private static final long SEED = 42L;

  private static Stages random(Random random, boolean shared) {
    return random(random, shared, 1);
  }

  private static Stages random(Random random, boolean shared, int granule) {
    List<Stage> stages = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int l = 0; l < count; l++) {
      double vectors = 1 + random.nextInt(30);
      double interval = 1 + random.nextInt(5) + (random.nextBoolean() ? random.nextDouble() : 0);
      double limit = shared && random.nextBoolean() ? vectors * interval * random.nextDouble() : 0;
      stages.add(new Stage(vectors, interval, limit, 1 + random.nextInt(6)));
    }
    return Stages.of(stages, 4, granule);
  }

  private static double best(
      Stages stages, int stage, double left, double slowest, double total, boolean sum) {
    if (left < 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (stage == stages.count()) {
      return sum ? total : slowest;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int d = 1; d <= stages.vectors(stage); d++) {
      double time = stages.time_ns(stage, d);
      best =
          Math.min(
              best,
              best(
                  stages,
                  stage + 1,
                  left - stages.price(stage, d),
                  Math.max(slowest, time),
                  total + time,
                  sum));
    }
    return best;
  }

  private static double one(Stages stages) {
    return stages.crossbars(Copies.oneEach(stages.count()));
  }

  private static double slowest(Stages stages, Copies copies) {
    double slowest = 0;
    for (int l = 0; l < stages.count(); l++) {
      slowest = Math.max(slowest, stages.time_ns(l, copies.of(l)));
    }
    return slowest;
  }

  private static double total(Stages stages, Copies copies) {
    double total = 0;
    for (int l = 0; l < stages.count(); l++) {
      total += stages.time_ns(l, copies.of(l));
    }
    return total;
  }

  @Test
  void threeToOneByHand() {
    // 30 and 10 vectors of 1 ns, one crossbar each: four crossbars give 3 and 1 copies, 10 ns.
    Stages stages = Stages.of(List.of(new Stage(30, 1, 0, 1), new Stage(10, 1, 0, 1)), 4, 1);
    Copies copies = Duplication.slowest(stages, 4);
    assertEquals(Copies.ofStages(3, 1), copies);
    assertEquals(10, slowest(stages, copies));
  }

  @Test
  void theSlowestStageIsAsFastAsBruteForceMakesIt() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      Stages stages = random(random, true);
      double budget = one(stages) + random.nextInt(30);
      double expected = best(stages, 0, budget, 0, 0, false);
      Copies copies = Duplication.slowest(stages, budget);
      String message = "seed " + SEED + " case " + i;
      assertTrue(stages.crossbars(copies) <= budget, message);
      assertEquals(expected, slowest(stages, copies), 1e-9 * expected, message);
    }
  }

  @Test
  void noStageHasACopyThatTheSlowestDoesNotNeed() {
    Random random = new Random(SEED);
    for (int i = 0; i < 500; i++) {
      Stages stages = random(random, true);
      Copies copies = Duplication.slowest(stages, one(stages) + random.nextInt(60));
      double slowest = slowest(stages, copies);
      for (int l = 0; l < stages.count(); l++) {
        if (copies.of(l) > 1) {
          assertTrue(
              stages.time_ns(l, copies.of(l) - 1) > slowest * (1 + 1e-12),
              "seed " + SEED + " case " + i);
        }
      }
    }
  }

  @Test
  void theTotalIsAsSmallAsBruteForceMakesIt() {
    Random random = new Random(SEED);
    Duplication duplication = new Duplication();
    for (int i = 0; i < 4_000; i++) {
      Stages stages = random(random, i % 2 == 0);
      double budget = one(stages) + random.nextInt(30);
      double expected = best(stages, 0, budget, 0, 0, true);
      Copies copies = duplication.total(stages, budget);
      String message = "seed " + SEED + " case " + i;
      assertTrue(stages.crossbars(copies) <= budget, message);
      assertEquals(expected, total(stages, copies), 1e-9 * expected, message);
    }
  }

  @Test
  void wholeGranulesAreSpentAsBruteForceSpendsThem() {
    Random random = new Random(SEED);
    Duplication duplication = new Duplication();
    for (int i = 0; i < 2_000; i++) {
      int granule = 2 + random.nextInt(7);
      long seed = random.nextLong();
      Stages stages = random(new Random(seed), i % 2 == 0, granule);
      double budget = one(stages) + random.nextInt(40);
      String message = "seed " + SEED + " case " + i;
      double total = best(stages, 0, budget, 0, 0, true);
      double slowest = best(stages, 0, budget, 0, 0, false);
      Copies oneByOne = duplication.total(stages, budget);
      check(stages, oneByOne, granule, budget, message);
      assertEquals(total, total(stages, oneByOne), 1e-9 * total, message);
      Copies pipelined = Duplication.slowest(stages, budget);
      check(stages, pipelined, granule, budget, message);
      assertEquals(slowest, slowest(stages, pipelined), 1e-9 * slowest, message);
    }
  }

  private static void check(
      Stages stages, Copies copies, int granule, double budget, String message) {
    assertTrue(stages.crossbars(copies) <= budget, message);
    for (int l = 0; l < stages.count(); l++) {
      double taken = stages.price(l, copies.of(l));
      assertEquals(0, taken % granule, message);
      assertTrue(taken >= stages.crossbars(l) * copies.of(l), message);
    }
  }

  /** Dynamic programming over every number of crossbars, for stages too many for brute force. */
  private static double bestOfMany(Stages stages, int budget) {
    double[] best = new double[budget + 1];
    for (int l = 0; l < stages.count(); l++) {
      double[] next = new double[budget + 1];
      Arrays.fill(next, Double.POSITIVE_INFINITY);
      for (int d = 1; d <= stages.vectors(l); d++) {
        int price = (int) stages.price(l, d);
        double time = stages.time_ns(l, d);
        for (int b = price; b <= budget; b++) {
          next[b] = Math.min(next[b], best[b - price] + time);
        }
      }
      best = next;
    }
    return best[budget];
  }

  @Test
  void theTotalOfManyStagesIsThatOfDynamicProgramming() {
    Random random = new Random(SEED);
    Duplication duplication = new Duplication();
    for (int i = 0; i < 150; i++) {
      List<Stage> all = new ArrayList<>();
      int count = 5 + random.nextInt(20);
      for (int l = 0; l < count; l++) {
        int vectors = 1 + random.nextInt(400);
        double interval = 1 + random.nextInt(4) + (i % 2) * random.nextDouble();
        double shared =
            random.nextBoolean() ? vectors * interval * random.nextDouble() * 4 : interval;
        all.add(new Stage(vectors, interval, shared, 1 + random.nextInt(40)));
      }
      Stages stages = Stages.of(all, 16, i % 3 == 0 ? 8 : 1);
      int budget = (int) (one(stages) * (1 + 3 * random.nextDouble()));
      double expected = bestOfMany(stages, budget);
      Copies copies = duplication.total(stages, budget);
      String message = "seed " + SEED + " case " + i;
      assertTrue(stages.crossbars(copies) <= budget, message);
      assertEquals(expected, total(stages, copies), 1e-11 * expected, message);
    }
  }

  @Test
  void moreCrossbarsNeverMakeItSlower() {
    Random random = new Random(SEED);
    Duplication duplication = new Duplication();
    for (int i = 0; i < 300; i++) {
      long one = random.nextLong();
      double before = Double.POSITIVE_INFINITY;
      double beforeTotal = Double.POSITIVE_INFINITY;
      for (int extra = 0; extra < 40; extra += 3) {
        Stages stages = random(new Random(one), true);
        double slowest = slowest(stages, Duplication.slowest(stages, one(stages) + extra));
        assertTrue(slowest <= before * (1 + 1e-12), "seed " + SEED + " case " + i);
        before = slowest;
        double total = total(stages, duplication.total(stages, one(stages) + extra));
        assertTrue(total <= beforeTotal * (1 + 1e-12), "seed " + SEED + " case " + i);
        beforeTotal = total;
      }
    }
  }

  @Test
  void hullsAreConvexAndBelowEveryPoint() {
    for (int n : new int[] {1, 2, 3, 7, 49, 196, 784, 12_544}) {
      Curve curve = Curve.ofVectors(n);
      assertEquals(1, curve.copies(curve.corner(0)));
      assertEquals(n, curve.copies(curve.corner(curve.corners() - 1)));
      int v = 0;
      for (int d = 1; d <= n; d++) {
        if (v + 2 < curve.corners() && d > curve.copies(curve.corner(v + 1))) {
          assertTrue(curve.slope(v + 1) < curve.slope(v), "n " + n + " d " + d);
          v++;
        }
        double from = curve.time(curve.corner(v));
        assertTrue(
            Math.ceil((double) n / d)
                >= from - curve.slope(v) * (d - curve.copies(curve.corner(v))) - 1e-9,
            "n " + n + " d " + d);
      }
    }
  }
}
