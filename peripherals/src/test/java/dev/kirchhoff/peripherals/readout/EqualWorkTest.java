package dev.kirchhoff.peripherals.readout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Test that equal work costs about the same by any readout: a column of a few bits, front end and
 * cells included. From 6 bits on 2^B comparisons lose against B.
 */
class EqualWorkTest {
  private static final List<Bench.Column> COLUMNS = Bench.columns();

  /**
   * Columns of 4 bits whose dearest readout takes more than six times the cheapest. Both conduct
   * 2.56 mA at full scale on a slow process: an integrate-and-fire neuron keeps 0.7 or 1.4 mA of
   * cells on for 16 steps of 16 FO4, 9.1 ns, and takes 6.3 times what a ramp does.
   */
  private static final List<Bench.Column> TOO_FAR =
      List.of(
          new Bench.Column(65, 0.85 * 1.1, 128, 100, 0.2),
          new Bench.Column(65, 0.85 * 1.1, 256, 100, 0.1));

  private static double[] sorted_fJ(Bench.Column column, int bits) {
    return Arrays.stream(Bench.Kind.values())
        .mapToDouble(kind -> column.work_fJ(kind, bits))
        .sorted()
        .toArray();
  }

  @Test
  void atThreeAndFourBitsTheDearestTakesAtMostSixTimesTheCheapest() {
    List<Bench.Column> beyond = new ArrayList<>();
    for (int bits = 3; bits <= 4; bits++) {
      for (Bench.Column column : COLUMNS) {
        double[] sorted_fJ = sorted_fJ(column, bits);
        if (sorted_fJ[sorted_fJ.length - 1] > 6 * sorted_fJ[0]) {
          beyond.add(column);
        }
      }
    }
    assertEquals(TOO_FAR, beyond);
  }

  @Test
  void atThreeAndFourBitsThreeKindsAreWithinAFactorOfTwo() {
    for (int bits = 3; bits <= 4; bits++) {
      for (Bench.Column column : COLUMNS) {
        double[] sorted_fJ = sorted_fJ(column, bits);
        assertTrue(sorted_fJ[2] <= 2 * sorted_fJ[0], bits + " bits, " + column);
      }
    }
  }

  @Test
  void fromSixBitsOnFlashAndRampGrowHalfAsMuchAgainAsASarWithEachBit() {
    for (int bits = 6; bits < 8; bits++) {
      assertTrue(growth(Bench.Kind.FLASH, bits) >= 1.5, "flash of " + bits);
      assertTrue(growth(Bench.Kind.RAMP, bits) >= 1.5, "ramp of " + bits);
    }
  }

  /** Growth with one more bit over that of a SAR, geometric mean over columns. */
  private static double growth(Bench.Kind kind, int bits) {
    double sum = 0;
    for (Bench.Column column : COLUMNS) {
      double own = column.work_fJ(kind, bits + 1) / column.work_fJ(kind, bits);
      double sar = column.work_fJ(Bench.Kind.SAR, bits + 1) / column.work_fJ(Bench.Kind.SAR, bits);
      sum += Math.log(own / sar);
    }
    return Math.exp(sum / COLUMNS.size());
  }
}
