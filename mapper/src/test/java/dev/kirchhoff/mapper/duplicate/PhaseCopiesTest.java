package dev.kirchhoff.mapper.duplicate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PhaseCopiesTest {
  private static final long SEED = 20261128L;

  private final Duplication duplication = new Duplication();

  private static PhaseCopies.Loaded loaded(
      int phase, double vectors, double interval_ns, double crossbars) {
    Stage stage = new Stage(vectors, interval_ns, 0, crossbars);
    return new PhaseCopies.Loaded(OptionalInt.of(phase), 1, stage, true);
  }

  private int copies(double crossbar_ns, double extra, int batch) {
    PhaseCopies.Chip chip = new PhaseCopies.Chip(2, 4, 1, crossbar_ns);
    return PhaseCopies.of(duplication, chip, List.of(loaded(0, 100, 1, 2)), extra, batch).of(0);
  }

  @Test
  void aPhaseUsesFreeCrossbarsForCopiesThatSaveMoreThanTheirWriting() {
    // A chip of 2 tiles of 4 crossbars. One phase: 100 vectors of 1 ns on 2 crossbars. With four
    // copies it takes 25 + 20 ns with 4 turns of writing of 5 ns each instead of 100 + 5.
    assertEquals(4, copies(5, 10, 1));
    // At 20 ns a turn 50 + 40 ns with two copies are less than 34 + 60 and 25 + 80.
    assertEquals(2, copies(20, 10, 1));
    // A batch of ten pays for it.
    assertEquals(4, copies(20, 10, 10));
    // Half a copy's crossbars more are none.
    assertEquals(1, copies(20, 0.5, 10));
  }

  @Test
  void crossbarsThatNoPhaseNeedsHoldCopiesOfResidentLayers() {
    // A chip of 1 tile of 6 crossbars: a layer of 1 stays, phases of 2 and of 3.
    Stage stays = new Stage(100, 1, 0, 1);
    List<PhaseCopies.Loaded> layers =
        List.of(
            new PhaseCopies.Loaded(OptionalInt.empty(), 1, stays, true),
            loaded(0, 1, 1, 2),
            loaded(1, 1, 1, 3));
    Copies copies = PhaseCopies.of(duplication, new PhaseCopies.Chip(1, 6, 1, 10), layers, 4, 1);
    assertEquals(Copies.ofStages(3, 1, 1), copies);
  }

  @Test
  void aPhaseIsAsFastAsAnyChoiceOfCopies() {
    Random random = new Random(SEED);
    for (int i = 0; i < 500; i++) {
      double tiles = 1 + random.nextInt(4);
      double perTile = 2 + random.nextInt(8);
      double turn_ns = 20 * random.nextDouble();
      int batch = 1 + random.nextInt(4);
      double extra = 4 * random.nextDouble();
      List<Stage> all = new ArrayList<>();
      List<PhaseCopies.Loaded> layers = new ArrayList<>();
      int count = 1 + random.nextInt(3);
      double one = 0;
      for (int l = 0; l < count; l++) {
        double crossbars = 1 + random.nextInt(4);
        one += crossbars;
        double interval = 1 + random.nextInt(4);
        double vectors = 1 + random.nextInt(20);
        double shared = vectors * interval * random.nextInt(2) / 3;
        all.add(new Stage(vectors, interval, shared, crossbars));
        layers.add(new PhaseCopies.Loaded(OptionalInt.of(0), 1, all.get(l), true));
      }
      Stages stages = Stages.of(all, perTile, 1);
      PhaseCopies.Chip chip = new PhaseCopies.Chip(tiles, perTile, 1, turn_ns);
      Copies copies = PhaseCopies.of(duplication, chip, layers, extra, batch);
      double found = 0;
      double taken = 0;
      for (int l = 0; l < count; l++) {
        found += stages.time_ns(l, copies.of(l));
        taken += stages.crossbars(l) * copies.of(l);
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
