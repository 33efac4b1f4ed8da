package dev.kirchhoff.mapper.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kirchhoff.arch.workload.MatrixShape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reads of driven rows against all patterns of driven rows, one by one. */
class RowReadsTest {
  private static final long SEED = 20261127;

  @Test
  void threeRowsByHand() {
    // Of three rows, half driven, two at once: none 1/8, one or two 6/8, three 1/8 in two reads.
    RowReads reads = RowReads.of(3, 1, 2, 0.5);
    assertEquals(6 / 8.0 + 2 / 8.0, reads.mean(), 1e-15);
    assertEquals(1.5, reads.sumOfPowers(1), 1e-15);
    // Squares: 3 patterns of one row, 3 of two in one read, one of two and one.
    assertEquals((3 + 3 * 4 + 5) / 8.0, reads.sumOfPowers(2), 1e-15);
  }

  /** Two rows an input, of which the last has one: none, two or three rows, two at once. */
  @Test
  void anInputWhoseRowsAreCutDrivesThoseThatAreLeft() {
    RowReads reads = RowReads.of(3, 2, 2, 0.5);
    assertEquals(0.5 * 1 + 0.25 * 2, reads.mean(), 1e-15);
    assertEquals(0.5 * 2 + 0.25 * 3, reads.sumOfPowers(1), 1e-15);
    assertEquals(0.5 * 4 + 0.25 * (4 + 1), reads.sumOfPowers(2), 1e-15);
  }

  @Test
  void expectationsAreThoseOfAllPatterns() {
    Random random = new Random(SEED);
    for (int i = 0; i < 200; i++) {
      int perInput = 1 + random.nextInt(2);
      int inputs = 1 + random.nextInt(12);
      int rows = inputs * perInput;
      int active = 1 + random.nextInt(rows);
      double share = random.nextInt(5) == 0 ? random.nextInt(2) : random.nextDouble();
      double mean = 0;
      double[] powers = new double[5];
      for (int pattern = 0; pattern < 1 << inputs; pattern++) {
        double probability = 1;
        int driven = 0;
        for (int input = 0; input < inputs; input++) {
          boolean on = (pattern >> input & 1) != 0;
          probability *= on ? share : 1 - share;
          driven += on ? perInput : 0;
        }
        for (int left = driven; left > 0; left -= active) {
          mean += probability;
          for (int k = 1; k <= 4; k++) {
            powers[k] += probability * Math.pow(Math.min(active, left), k);
          }
        }
      }
      RowReads reads = RowReads.of(rows, perInput, active, share);
      String which = rows + " rows, " + active + " at once, share " + share + ", seed " + SEED;
      assertEquals(mean, reads.mean(), 1e-12 * rows, which);
      for (int k = 1; k <= 4; k++) {
        assertEquals(powers[k], reads.sumOfPowers(k), 1e-12 * Math.pow(rows, k), which);
      }
    }
  }

  @Test
  void theMostOfSeveralCrossbarsIsThatOfAllPairs() {
    RowReads first = RowReads.of(5, 1, 2, 0.3);
    RowReads second = RowReads.of(3, 1, 2, 0.3);
    // Three of the first kind and one of the second, each with 0..3 and 0..2 reads.
    double[] p = {
      pattern(5, 0, 0), pattern(5, 1, 2), pattern(5, 3, 4), pattern(5, 5, 5),
    };
    double[] q = {pattern(3, 0, 0), pattern(3, 1, 2), pattern(3, 3, 3)};
    double expected = 0;
    for (int a = 0; a < p.length; a++) {
      for (int b = 0; b < p.length; b++) {
        for (int c = 0; c < p.length; c++) {
          for (int d = 0; d < q.length; d++) {
            expected += p[a] * p[b] * p[c] * q[d] * Math.max(Math.max(a, b), Math.max(c, d));
          }
        }
      }
    }
    assertEquals(expected, first.most(3, second, 1), 1e-12);
    assertEquals(first.mean(), first.most(1, first, 0), 1e-12);
    assertEquals(2 * first.mean(), first.times(2).mean(), 1e-12);
    assertEquals(first.mean() + second.mean(), first.plus(second).mean(), 1e-12);
  }

  /** Probability that a number of rows from one to another of n is driven, p = 0.3. */
  private static double pattern(int n, int from, int to) {
    double sum = 0;
    for (int pattern = 0; pattern < 1 << n; pattern++) {
      int on = Integer.bitCount(pattern);
      sum += on >= from && on <= to ? Math.pow(0.3, on) * Math.pow(0.7, n - on) : 0;
    }
    return sum;
  }

  @Test
  void largeArraysNeitherUnderflowNorOverflow() {
    for (double share : new double[] {1e-9, 0.001, 0.5, 0.999, 1 - 1e-9}) {
      RowReads one = RowReads.of(8192, 1, 1, share);
      assertEquals(8192 * share, one.mean(), 1e-9 * 8192 * share);
      assertEquals(8192 * share, one.sumOfPowers(1), 1e-9 * 8192 * share);
      double most = one.most(1_000, one, 1_000);
      assertTrue(most >= one.mean() && most <= 8192, share + ": " + most);
    }
  }

  @Test
  void skippingNeverReadsMoreAndWithAllRowsDrivenAsMuchAsWithout() {
    Random random = new Random(SEED);
    for (int i = 0; i < 400; i++) {
      int groups = random.nextInt(3) == 0 ? 1 << random.nextInt(6) : 1;
      int size = 1 + random.nextInt(2);
      MatrixShape shape =
          new MatrixShape(
              1 + random.nextInt(groups > 1 ? 8 : 300),
              1 + random.nextInt(40),
              size,
              size,
              4,
              4,
              1,
              groups);
      int rowsPerWeight = 1 + random.nextInt(2);
      int rows = 2 * (4 + random.nextInt(60));
      Tiling.CrossbarSize side = new Tiling.CrossbarSize(rows, 64, 1 + random.nextInt(rows));
      Tiling tiling =
          random.nextBoolean()
              ? Tiling.of(shape, rowsPerWeight, 4, side, random.nextBoolean())
              : Tiling.byKernelPosition(shape, rowsPerWeight, 4, side);
      String which = tiling + ", " + side + ", seed " + SEED;
      CopyReads all = CopyReads.ofAllRows(tiling);
      CopyReads driven =
          CopyReads.ofDrivenRows(tiling, rowsPerWeight, side, List.of(1.0, 1.0, 1.0));
      assertEquals(all.perColumn(), driven.perColumn(), 1e-9 * all.perColumn(), which);
      assertEquals(all.perCopy(), driven.perCopy(), 1e-9 * all.perCopy(), which);
      assertEquals(all.longest(), driven.longest(), 1e-9 * all.longest(), which);
      CopyReads before = driven;
      for (double share : new double[] {0.9, 0.5, 0.1, 0}) {
        CopyReads fewer = CopyReads.ofDrivenRows(tiling, rowsPerWeight, side, List.of(share));
        assertTrue(fewer.perColumn() <= before.perColumn() * (1 + 1e-9), which);
        assertTrue(fewer.perCopy() <= before.perCopy() * (1 + 1e-9), which);
        assertTrue(fewer.longest() <= before.longest() * (1 + 1e-9), which);
        before = fewer;
      }
      assertEquals(0, before.perCopy(), which);
    }
  }

  @Test
  void groupsOfOneCrossbarShareAReadWhereTheyFit() {
    // Depthwise 3 x 3, 14 groups in 128 rows, 32 rows at once: three groups a read, five reads of
    // 27 rows and, the last, of 18.
    MatrixShape shape = new MatrixShape(1, 1, 3, 3, 8, 8, 1, 28);
    Tiling.CrossbarSize side = new Tiling.CrossbarSize(128, 128, 32);
    Tiling tiling = Tiling.of(shape, 1, 4, side, true);
    assertEquals(14, tiling.groupsPerCrossbar());
    CopyReads reads = CopyReads.ofDrivenRows(tiling, 1, side, List.of(0.1));
    double full = 1 - Math.pow(0.9, 27);
    double last = 1 - Math.pow(0.9, 18);
    assertEquals(2 * (4 * full + last), reads.perCopy(), 1e-9);
    assertEquals((12 * full + 2 * last) / 14, reads.perColumn(), 1e-9);
  }

  @Test
  void aGroupThatIsLeftOverTakesAReadOfItsOwn() {
    // 13 groups of 9 rows in 117, 36 rows at once: three reads of four groups and one of one.
    MatrixShape shape = new MatrixShape(1, 1, 3, 3, 8, 8, 1, 26);
    Tiling.CrossbarSize side = new Tiling.CrossbarSize(117, 117, 36);
    Tiling tiling = Tiling.of(shape, 1, 4, side, true);
    assertEquals(13, tiling.groupsPerCrossbar());
    CopyReads reads = CopyReads.ofDrivenRows(tiling, 1, side, List.of(0.1));
    double four = 1 - Math.pow(0.9, 36);
    double one = 1 - Math.pow(0.9, 9);
    assertEquals(2 * (3 * four + one), reads.perCopy(), 1e-9);
    assertEquals((12 * four + one) / 13, reads.perColumn(), 1e-9);
  }

  /**
   * Nine rows, half driven, one at once, on crossbars of eight: the eight take longest but once.
   */
  @Test
  void aDigitTakesAsLongAsTheFullerOfTheRowBlocksOfACopy() {
    MatrixShape shape = new MatrixShape(1, 1, 3, 3, 8, 8, 1, 1);
    Tiling.CrossbarSize side = new Tiling.CrossbarSize(8, 8, 1);
    CopyReads reads =
        CopyReads.ofDrivenRows(Tiling.of(shape, 1, 1, side, false), 1, side, List.of(0.5));
    assertEquals(4 + 0.5, reads.perCopy(), 1e-12);
    // Where none of the eight is driven, in one of 256 cases, the ninth is in half of them.
    assertEquals(4 + 0.5 / 256, reads.longest(), 1e-12);
  }
}
