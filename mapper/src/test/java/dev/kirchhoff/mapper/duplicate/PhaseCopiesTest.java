package dev.kirchhoff.mapper.duplicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PhaseCopiesTest {
  private static final long SEED = 20261128L;

  private static Stages stages(double perTile, double... figures) {
    Stages stages = new Stages();
    stages.clear(perTile);
    for (int i = 0; i < figures.length; i += 3) {
      stages.add(figures[i], figures[i + 1], 0, figures[i + 2]);
    }
    return stages;
  }

  @Test
  void aPhaseSpendsWhatTheChipHasLeftWhereWritingIsWorthIt() {
    // A chip of 2 tiles of 4 crossbars. One phase: 100 vectors of 1 ns on 2 crossbars. With four
    // copies it takes 25 + 20 ns with 4 turns of writing of 5 ns each instead of 100 + 5.
    Stages stages = stages(4, 100, 1, 2);
    PhaseCopies copies = new PhaseCopies();
    copies.clear(new PhaseCopies.Chip(2, 4, 1, 5));
    copies.add(0, 1, stages, 0);
    copies.spend(10, 1);
    assertEquals(4, copies.copies(0));
    // At 20 ns a turn 50 + 40 ns with two copies are less than 34 + 60 and 25 + 80.
    copies.clear(new PhaseCopies.Chip(2, 4, 1, 20));
    copies.add(0, 1, stages, 0);
    copies.spend(10, 1);
    assertEquals(2, copies.copies(0));
    // A batch of ten pays for it.
    copies.spend(10, 10);
    assertEquals(4, copies.copies(0));
    // Half a copy's crossbars more are none.
    copies.spend(0.5, 10);
    assertEquals(1, copies.copies(0));
  }

  @Test
  void whatNoPhaseNeedsHoldsCopiesOfWhatStays() {
    // A chip of 1 tile of 6 crossbars: a layer of 1 stays, phases of 2 and of 3.
    Stages stages = stages(6, 100, 1, 1, 1, 1, 2, 1, 1, 3);
    PhaseCopies copies = new PhaseCopies();
    copies.clear(new PhaseCopies.Chip(1, 6, 1, 10));
    copies.add(PhaseCopies.STAYS, 1, stages, 0);
    copies.add(0, 1, stages, 1);
    copies.add(1, 1, stages, 2);
    copies.spend(4, 1);
    assertEquals(3, copies.copies(0));
    assertEquals(1, copies.copies(1));
    assertEquals(1, copies.copies(2));
  }

  @Test
  void aPhaseIsAsFastAsAnyChoiceOfCopies() {
    Random random = new Random(SEED);
    PhaseCopies copies = new PhaseCopies();
    for (int i = 0; i < 500; i++) {
      double tiles = 1 + random.nextInt(4);
      double perTile = 2 + random.nextInt(8);
      double turn_ns = 20 * random.nextDouble();
      int batch = 1 + random.nextInt(4);
      double extra = 4 * random.nextDouble();
      Stages stages = new Stages();
      stages.clear(perTile);
      int count = 1 + random.nextInt(3);
      double one = 0;
      for (int l = 0; l < count; l++) {
        double crossbars = 1 + random.nextInt(4);
        one += crossbars;
        double interval = 1 + random.nextInt(4);
        double vectors = 1 + random.nextInt(20);
        stages.add(vectors, interval, vectors * interval * random.nextInt(2) / 3, crossbars);
      }
      copies.clear(new PhaseCopies.Chip(tiles, perTile, 1, turn_ns));
      for (int l = 0; l < count; l++) {
        copies.add(0, 1, stages, l);
      }
      copies.spend(extra, batch);
      double found = 0;
      double taken = 0;
      for (int l = 0; l < count; l++) {
        found += stages.time_ns(l, copies.copies(l));
        taken += stages.crossbars(l) * copies.copies(l);
      }
      found += Math.ceil(taken / tiles) * turn_ns / batch;
      double budget = Math.min(tiles * perTile, Math.floor(one * (1 + extra) + 1e-9));
      String message = "seed " + SEED + " case " + i;
      assertTrue(one > budget || taken <= budget, message);
      double best = best(stages, 0, Math.max(one, budget), 0, 0, tiles, turn_ns / batch);
      assertEquals(best, found, 1e-9 * best, message);
    }
  }

  private static double best(
      Stages stages, int l, double left, double taken, double sum, double tiles, double turn_ns) {
    if (left < 0) {
      return Double.POSITIVE_INFINITY;
    }
    if (l == stages.count()) {
      return sum + Math.ceil(taken / tiles) * turn_ns;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int d = 1; d <= stages.vectors(l); d++) {
      double price = stages.crossbars(l) * d;
      best =
          Math.min(
              best,
              best(
                  stages,
                  l + 1,
                  left - price,
                  taken + price,
                  sum + stages.time_ns(l, d),
                  tiles,
                  turn_ns));
    }
    return best;
  }
}
