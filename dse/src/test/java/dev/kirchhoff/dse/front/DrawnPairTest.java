package dev.kirchhoff.dse.front;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Two designs in draws, by hand. */
class DrawnPairTest {

  @Test
  void ratiosProbabilitiesAndIntervalsByHand() {
    // 41 draws: A / B of TOPS/W is 0.90, 0.91 .. 1.30, of area 2; A has 3 dB more in each.
    int draws = 41;
    double[][][] values = new double[2][draws][];
    boolean[][] met = new boolean[2][draws];
    for (int d = 0; d < draws; d++) {
      // In an order that is not theirs, and at costs that only the ratio does not see.
      double ratio = 0.9 + 0.01 * (d * 7 % draws);
      double common = 1 + d;
      values[0][d] = new double[] {ratio * common, 2 * common, 20};
      values[1][d] = new double[] {common, common, 17};
      met[0][d] = true;
      met[1][d] = d < 10;
    }
    DrawnPair pair =
        DrawnPair.of(
            new DrawnTable(
                List.of(DrawnTable.EFFICIENCY, DrawnTable.AREA, DrawnTable.SNR), values, met));
    DrawnPair.ByObjective efficiency = pair.objectives().get(0);
    // Places 1, 20 and 39 of 0 to 40.
    assertEquals(0.91, efficiency.low(), 1e-12);
    assertEquals(1.10, efficiency.median(), 1e-12);
    assertEquals(1.29, efficiency.high(), 1e-12);
    // 0.90 to 0.99 = 1 / 1.0101 are ten draws, 1.02 to 1.30 are 29; at 1.01 rounding decides.
    assertEquals(29.5 / 41, efficiency.aBetter(), 0.6 / 41);
    assertEquals(10.0 / 41, efficiency.bBetter());
    DrawnPair.ByObjective area = pair.objectives().get(1);
    assertEquals(2, area.low());
    assertEquals(2, area.high());
    assertEquals(0, area.aBetter());
    assertEquals(1, area.bBetter());
    // Decibels are compared by their difference.
    assertEquals(3, pair.objectives().get(2).median());
    assertEquals(0, pair.aDominates());
    assertEquals(0, pair.bDominates());
    assertEquals(1, pair.aFeasible());
    assertEquals(10.0 / 41, pair.bFeasible());
  }

  /** One per cent of a power is 0.0432 dB. Here A has 0.9 % less area, and 0.04 or 0.05 dB more. */
  @Test
  void differencesWithinOnePerCentCountAsNone() {
    double[][] a = {{5, 0.991, 17.04}, {5, 0.991, 17.05}};
    double[][] b = {{5, 1, 17}, {5, 1, 17}};
    DrawnPair pair =
        DrawnPair.of(
            new DrawnTable(
                List.of(DrawnTable.EFFICIENCY, DrawnTable.AREA, DrawnTable.SNR),
                new double[][][] {a, b},
                new boolean[][] {{true, true}, {true, true}}));
    assertEquals(0, pair.objectives().get(1).aBetter());
    assertEquals(0.5, pair.objectives().get(2).aBetter());
    // Only the second draw has a difference that counts.
    assertEquals(0.5, pair.aDominates());
    assertEquals(0, pair.bDominates());
    assertEquals(0.01, DrawnPair.within(DrawnTable.AREA.axis()), 1e-12);
    assertEquals(0.0432, DrawnPair.within(DrawnTable.SNR.axis()), 0.0001);
  }

  @Test
  void equalDesignsAreBetterNowhere() {
    double[][] one = {{5, 7}, {6, 8}};
    DrawnPair pair =
        DrawnPair.of(
            new DrawnTable(
                List.of(DrawnTable.EFFICIENCY, DrawnTable.AREA),
                new double[][][] {one, one},
                new boolean[][] {{true, true}, {true, true}}));
    assertEquals(0, pair.objectives().get(0).aBetter() + pair.objectives().get(0).bBetter());
    assertEquals(0, pair.aDominates() + pair.bDominates());
  }
}
