package dev.kirchhoff.dse.work;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PricedRowsTest {
  private static final double[] BORDERS = {
    0, -0.0, Double.NaN, Double.MIN_VALUE, Double.MAX_VALUE, 1 / 3.0, -1e-300
  };

  private static PricedRows rows(int count, int objectives, int constraints, int recorded) {
    SplittableRandom random = new SplittableRandom(count);
    PricedRows rows = new PricedRows(count, objectives, constraints, recorded);
    for (int row = 0; row < count; row++) {
      for (int c = 0; c < objectives; c++) {
        rows.objectives(row)[c] = BORDERS[random.nextInt(BORDERS.length)];
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
      PricedRows rows = rows(shape[0], shape[1], shape[2], shape[3]);
      PricedRows back = PricedRows.of(rows.toBytes());
      assertEquals(shape[0], back.count());
      for (int row = 0; row < shape[0]; row++) {
        assertArrayEquals(bits(rows.objectives(row)), bits(back.objectives(row)));
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
    int without = new PricedRows(count, 0, 0, 0).toBytes().length;
    assertEquals(without + 2 * 30, new PricedRows(count, 0, 30, 0).toBytes().length);
  }

  @Test
  void bytesThatAreNoRowsAreRefused() {
    byte[] good = rows(9, 2, 3, 4).toBytes();
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThrows(IllegalArgumentException.class, () -> PricedRows.of(cut), length + " bytes");
    }
    byte[] other = good.clone();
    other[0] = 9;
    assertThrows(IllegalArgumentException.class, () -> PricedRows.of(other));
    byte[] huge = good.clone();
    huge[1] = 0x7f;
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> PricedRows.of(huge))
            .getMessage()
            .contains("rows is none"));
  }
}
