package dev.kirchhoff.mapper.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChipCutTest {
  private static final long SEED = 20261125L;

  private static List<ChipCut.Demand> demands(double[] crossbars, double[] alive_bits) {
    List<ChipCut.Demand> demands = new ArrayList<>();
    for (int l = 0; l < crossbars.length; l++) {
      demands.add(new ChipCut.Demand(crossbars[l], alive_bits[l]));
    }
    return demands;
  }

  @Test
  void layersAreCutWhereLeastIsSent() {
    // Two chips of 10 hold 4 | 4 4 or 4 4 | 4; the second sends less.
    ChipCut cut = ChipCut.onFewest(demands(new double[] {4, 4, 4}, new double[] {0, 9, 3}), 10);
    assertEquals(2, cut.chips());
    assertEquals(0, cut.chipOf(0));
    assertEquals(0, cut.chipOf(1));
    assertEquals(1, cut.chipOf(2));
  }

  @Test
  void aLargeLayerHasChipsOfItsOwnAndDigitalOnesStandBesideIt() {
    ChipCut cut =
        ChipCut.onFewest(demands(new double[] {4, 25, 0, 4}, new double[] {0, 9, 9, 9}), 10);
    assertEquals(5, cut.chips());
    assertEquals(0, cut.chipOf(0));
    assertEquals(1, cut.chipOf(1));
    assertEquals(3, cut.chipOf(2));
    assertEquals(4, cut.chipOf(3));
    assertEquals(0, cut.missing());
  }

  @Test
  void whatChipsOfAGivenNumberLackIsAnAmount() {
    ChipCut cut = ChipCut.onAtMost(demands(new double[] {8, 8, 8}, new double[3]), 10, 2);
    assertEquals(2, cut.chips());
    assertEquals(8, cut.missing());
  }

  /** Layers that fill a chip to its last crossbar take no other one. */
  @Test
  void aChipIsFullWithItsLastCrossbar() {
    assertEquals(1, ChipCut.onFewest(demands(new double[] {4, 6}, new double[2]), 10).chips());
    assertEquals(2, ChipCut.onFewest(demands(new double[] {4, 7}, new double[2]), 10).chips());
    ChipCut two = ChipCut.onAtMost(demands(new double[] {10, 4, 6}, new double[3]), 10, 2);
    assertEquals(0, two.missing());
    assertEquals(1, two.chipOf(1));
    assertEquals(1, two.chipOf(2));
    // Twice a chip is two chips, and leaves nothing on the second.
    assertEquals(2, ChipCut.onFewest(demands(new double[] {20}, new double[1]), 10).chips());
    assertEquals(3, ChipCut.onFewest(demands(new double[] {20, 1}, new double[2]), 10).chips());
    assertEquals(
        1, ChipCut.onAtMost(demands(new double[] {20, 1}, new double[2]), 10, 2).missing());
  }

  /** Of cuts that send as much, and of layers without crossbars, none takes a chip more. */
  @Test
  void digitalLayersTakeNoChip() {
    ChipCut cut = ChipCut.onAtMost(demands(new double[] {0, 10, 0, 0}, new double[4]), 10, 1);
    assertEquals(0, cut.missing());
    assertEquals(1, ChipCut.onFewest(demands(new double[] {0, 0}, new double[2]), 10).chips());
  }

  @Test
  void noCutOnAsManyChipsSendsLess() {
    for (int i = 0; i < 2_000; i++) {
      Random random = new Random(SEED + i);
      int n = 1 + random.nextInt(9);
      double perChip = 4 + random.nextInt(10);
      double[] crossbars = new double[n];
      double[] traffic = new double[n];
      for (int l = 0; l < n; l++) {
        crossbars[l] = random.nextInt((int) perChip + 1);
        traffic[l] = random.nextInt(20);
      }
      int more = random.nextInt(3);
      List<ChipCut.Demand> demands = demands(crossbars, traffic);
      int fewest = ChipCut.onFewest(demands, perChip).chips();
      ChipCut cut = ChipCut.onAtMost(demands, perChip, Math.max(1, fewest + more));
      double least = Double.POSITIVE_INFINITY;
      int needed = n;
      for (int cuts = 0; cuts < 1 << (n - 1); cuts++) {
        double size = crossbars[0];
        double sent = 0;
        int chips = 1;
        boolean fits = true;
        for (int l = 1; l < n; l++) {
          if ((cuts >> (l - 1) & 1) == 1) {
            chips++;
            sent += traffic[l];
            size = 0;
          }
          size += crossbars[l];
          fits &= size <= perChip;
        }
        if (fits) {
          needed = Math.min(needed, chips);
          least = chips <= cut.chips() ? Math.min(least, sent) : least;
        }
      }
      String message = "seed " + SEED + " case " + i;
      assertEquals(needed, fewest, message);
      double ours = 0;
      double[] used = new double[cut.chips()];
      for (int l = 0; l < n; l++) {
        used[cut.chipOf(l)] += crossbars[l];
        if (l > 0) {
          assertTrue(cut.chipOf(l) >= cut.chipOf(l - 1), message);
          ours += cut.chipOf(l) > cut.chipOf(l - 1) ? traffic[l] : 0;
        }
      }
      for (double chip : used) {
        assertTrue(chip <= perChip, message);
      }
      assertEquals(least, ours, message);
    }
  }
}
