package dev.kirchhoff.dse.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Shares on the front, by hand and against a comparison of each with each. */
class OnFrontShareTest {
  private static final long SEED = 20261127;

  @Test
  void sharesByHand() {
    // Draw 0: none beats another. Draw 1: the first beats the second. Draw 2: the first misses a
    // limit, so it beats nobody. Draw 3: equal, the first counts.
    DrawnTable table =
        new DrawnTable(
            List.of(DrawnTable.EFFICIENCY, DrawnTable.AREA),
            new double[][][] {
              {{10, 100}, {12, 80}, {12, 80}, {7, 70}}, {{8, 90}, {8, 90}, {8, 90}, {7, 70}}
            },
            new boolean[][] {{true, true, false, true}, {true, true, true, true}});
    assertEquals(
        List.of(new OnFrontShare(0.75, 0.75), new OnFrontShare(0.5, 1)), OnFrontShare.of(table));
  }

  @Test
  void sharesAreThoseOfComparingEachWithEach() {
    Random random = new Random(SEED);
    for (int objectives = 2; objectives <= 3; objectives++) {
      int designs = 30;
      int draws = 50;
      double[][][] values = new double[designs][draws][objectives];
      boolean[][] met = new boolean[designs][draws];
      for (int i = 0; i < designs; i++) {
        for (int d = 0; d < draws; d++) {
          met[i][d] = random.nextInt(4) > 0;
          for (int m = 0; m < objectives; m++) {
            // Few values, so that some are equal.
            values[i][d][m] = 1 + random.nextInt(12);
          }
        }
      }
      DrawnTable table =
          new DrawnTable(
              List.of(DrawnTable.EFFICIENCY, DrawnTable.AREA, DrawnTable.SNR)
                  .subList(0, objectives),
              values,
              met);
      List<OnFrontShare> shares = OnFrontShare.of(table);
      for (int i = 0; i < designs; i++) {
        int on = 0;
        int feasible = 0;
        for (int d = 0; d < draws; d++) {
          feasible += met[i][d] ? 1 : 0;
          on += met[i][d] && !isBeaten(table, i, d) ? 1 : 0;
        }
        String message = "seed " + SEED + " design " + i;
        assertEquals((double) on / draws, shares.get(i).onFront(), message);
        assertEquals((double) feasible / draws, shares.get(i).feasible(), message);
        assertTrue(shares.get(i).onFront() <= shares.get(i).feasible(), message);
      }
    }
  }

  private static boolean isBeaten(DrawnTable table, int i, int d) {
    for (int j = 0; j < table.designs(); j++) {
      boolean noWorse = true;
      boolean better = false;
      for (int m = 0; m < table.objectives().size(); m++) {
        double mine = table.objectives().get(m).minimised(table.values()[i][d][m]);
        double other = table.objectives().get(m).minimised(table.values()[j][d][m]);
        noWorse &= other <= mine;
        better |= other < mine;
      }
      if (table.met()[j][d] && noWorse && (better || j < i)) {
        return true;
      }
    }
    return false;
  }
}
