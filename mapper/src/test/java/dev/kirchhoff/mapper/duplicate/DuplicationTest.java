package dev.kirchhoff.mapper.duplicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DuplicationTest {
  private static final long SEED = 42L;

  private static Stages random(Random random, boolean shared) {
    Stages stages = new Stages();
    stages.clear(4);
    int count = 1 + random.nextInt(4);
    for (int l = 0; l < count; l++) {
      double vectors = 1 + random.nextInt(30);
      double interval = 1 + random.nextInt(5) + (random.nextBoolean() ? random.nextDouble() : 0);
      double limit = shared && random.nextBoolean() ? vectors * interval * random.nextDouble() : 0;
      stages.add(vectors, interval, limit, 1 + random.nextInt(6));
    }
    return stages;
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
                  left - d * stages.crossbars(stage),
                  Math.max(slowest, time),
                  total + time,
                  sum));
    }
    return best;
  }

  private static double slowest(Stages stages) {
    double slowest = 0;
    for (int l = 0; l < stages.count(); l++) {
      slowest = Math.max(slowest, stages.time_ns(l));
    }
    return slowest;
  }

  private static double total(Stages stages) {
    double total = 0;
    for (int l = 0; l < stages.count(); l++) {
      total += stages.time_ns(l);
    }
    return total;
  }

  @Test
  void threeToOneByHand() {
    // 30 and 10 vectors of 1 ns, one crossbar each: four crossbars give 3 and 1 copies, 10 ns.
    Stages stages = new Stages();
    stages.clear(4);
    stages.add(30, 1, 0, 1);
    stages.add(10, 1, 0, 1);
    new Duplication().slowest(stages, 4);
    assertEquals(3, stages.copies(0));
    assertEquals(1, stages.copies(1));
    assertEquals(10, slowest(stages));
  }

  @Test
  void theSlowestStageIsAsFastAsBruteForceMakesIt() {
    Random random = new Random(SEED);
    Duplication duplication = new Duplication();
    for (int i = 0; i < 2_000; i++) {
      Stages stages = random(random, true);
      double budget = stages.crossbars() + random.nextInt(30);
      double expected = best(stages, 0, budget, 0, 0, false);
      duplication.slowest(stages, budget);
      String message = "seed " + SEED + " case " + i;
      assertTrue(stages.crossbars() <= budget, message);
      assertEquals(expected, slowest(stages), 1e-9 * expected, message);
    }
  }

  @Test
  void noStageHasACopyThatTheSlowestDoesNotNeed() {
    Random random = new Random(SEED);
    Duplication duplication = new Duplication();
    for (int i = 0; i < 500; i++) {
      Stages stages = random(random, true);
      duplication.slowest(stages, stages.crossbars() + random.nextInt(60));
      double slowest = slowest(stages);
      for (int l = 0; l < stages.count(); l++) {
        if (stages.copies(l) > 1) {
          assertTrue(
              stages.time_ns(l, stages.copies(l) - 1) > slowest * (1 + 1e-12),
              "seed " + SEED + " case " + i);
        }
      }
    }
  }

  @Test
  void theTotalIsTheSmallestForTheCrossbarsSpent() {
    Random random = new Random(SEED);
    Duplication duplication = new Duplication();
    for (int i = 0; i < 2_000; i++) {
      Stages stages = random(random, false);
      double budget = stages.crossbars() + random.nextInt(30);
      duplication.total(stages, budget);
      double spent = stages.crossbars();
      String message = "seed " + SEED + " case " + i;
      assertTrue(spent <= budget, message);
      double expected = best(stages, 0, spent, 0, 0, true);
      assertEquals(expected, total(stages), 1e-9 * expected, message);
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
        duplication.slowest(stages, stages.crossbars() + extra);
        assertTrue(slowest(stages) <= before * (1 + 1e-12), "seed " + SEED + " case " + i);
        before = slowest(stages);
        Stages sums = random(new Random(one), true);
        duplication.total(sums, sums.crossbars() + extra);
        assertTrue(total(sums) <= beforeTotal * (1 + 1e-12), "seed " + SEED + " case " + i);
        beforeTotal = total(sums);
      }
    }
  }

  @Test
  void hullsAreConvexAndBelowEveryPoint() {
    Duplication duplication = new Duplication();
    for (int n : new int[] {1, 2, 3, 7, 49, 196, 784, 12_544}) {
      int[] hull = duplication.hull(n);
      assertEquals(1, hull[0]);
      assertEquals(n, hull[hull.length - 1]);
      int v = 0;
      for (int d = 1; d <= n; d++) {
        if (v + 2 < hull.length && d > hull[v + 1]) {
          v++;
        }
        double from = Math.ceil((double) n / hull[v]);
        double to = v + 1 < hull.length ? Math.ceil((double) n / hull[v + 1]) : from;
        double width = v + 1 < hull.length ? hull[v + 1] - hull[v] : 1;
        assertTrue(
            Math.ceil((double) n / d) >= from + (to - from) * (d - hull[v]) / width - 1e-9,
            "n " + n + " d " + d);
      }
    }
  }
}
