package dev.kirchhoff.dse.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SweepRowsTest {
  private static final double[] BORDERS = {
    0, -0.0, Double.NaN, Double.MIN_VALUE, Double.MAX_VALUE, 1 / 3.0, -1e-300
  };

  private static int[][] designs(int count) {
    int[][] designs = new int[count][];
    Arrays.setAll(designs, row -> new int[] {row});
    return designs;
  }

  private static SweepRows rows(int count, int objectives, int constraints, int recorded) {
    SplittableRandom random = new SplittableRandom(count);
    SweepRows rows = new SweepRows(5, designs(count), objectives, constraints, recorded);
    for (int row = 0; row < count; row++) {
      for (int c = 0; c < objectives; c++) {
        rows.values(row)[c] = BORDERS[random.nextInt(BORDERS.length)];
      }
      // The first constraint is always met: its column is one byte.
      for (int c = 1; c < constraints; c++) {
        rows.violations(row)[c] = random.nextInt(4) == 0 ? random.nextDouble() : 0;
        rows.relative(row)[c] = rows.violations(row)[c] / 3;
      }
      for (int c = 0; c < recorded; c++) {
        rows.recorded(row)[c] = random.nextInt(3) == 0 ? Float.NaN : random.nextInt() * 1e-3f;
      }
      rows.totals()[row] = random.nextInt();
    }
    return rows;
  }

  @Test
  void everyBitComesBack() {
    for (int[] shape : new int[][] {{1, 1, 1, 0}, {300, 3, 12, 40}, {7, 0, 0, 0}, {64, 2, 0, 5}}) {
      SweepRows rows = rows(shape[0], shape[1], shape[2], shape[3]);
      SweepRows back = SweepRows.of(rows.toBytes(), 5, designs(shape[0]));
      assertEquals(shape[0], back.count());
      for (int row = 0; row < shape[0]; row++) {
        assertArrayEquals(bits(rows.values(row)), bits(back.values(row)));
        assertArrayEquals(bits(rows.violations(row)), bits(back.violations(row)));
        assertArrayEquals(bits(rows.relative(row)), bits(back.relative(row)));
        assertArrayEquals(rows.recorded(row), back.recorded(row));
      }
      assertArrayEquals(rows.totals(), back.totals());
    }
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  @Test
  void columnsOfZerosTakeAByte() {
    int count = 1_000;
    int without = new SweepRows(0, designs(count), 0, 0, 0).toBytes().length;
    assertEquals(without + 2 * 30, new SweepRows(0, designs(count), 0, 30, 0).toBytes().length);
  }

  @Test
  void bytesThatAreNoRowsAreRefused() {
    byte[] good = rows(9, 2, 3, 4).toBytes();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThrows(
          IllegalArgumentException.class,
          () -> SweepRows.of(cut, 5, designs(9)),
          length + " bytes");
    }
    byte[] other = good.clone();
    other[0] = 9;
    assertThrows(IllegalArgumentException.class, () -> SweepRows.of(other, 5, designs(9)));
    String message =
        assertThrows(IllegalArgumentException.class, () -> SweepRows.of(good, 5, designs(8)))
            .getMessage();
    assertTrue(message.contains("has 9 rows and must have 8"), message);
    byte[] huge = good.clone();
    huge[1] = 0x7f;
    assertThrows(IllegalArgumentException.class, () -> SweepRows.of(huge, 5, designs(9)));
  }
}
