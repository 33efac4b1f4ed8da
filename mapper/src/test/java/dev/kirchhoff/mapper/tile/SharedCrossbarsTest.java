package dev.kirchhoff.mapper.tile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedCrossbarsTest {
  private static final double EVER = Double.POSITIVE_INFINITY;

  @Test
  void fourQuartersAreOneCrossbar() {
    SharedCrossbars shared = new SharedCrossbars();
    shared.clear(128, 64);
    shared.add(0, 64, 32, 3);
    shared.add(1, 64, 32, 1);
    shared.pack(EVER, false);
    assertEquals(1, shared.crossbars());
    // One block of each layer at most: the three of layer 0 apart, that of layer 1 beside one.
    shared.pack(EVER, true);
    assertEquals(3, shared.crossbars());
  }

  @Test
  void busyTimesAddUpToTheLimitAtMost() {
    SharedCrossbars shared = new SharedCrossbars();
    shared.clear(128, 128);
    shared.add(0, 32, 128, 8);
    shared.setBusy_ns(0, 3);
    // Two of 3 ns fit into 7 ns, although four would fit into the crossbar.
    shared.pack(7, false);
    assertEquals(4, shared.crossbars());
    assertEquals(6, shared.sum_ns(0));
    shared.pack(EVER, false);
    assertEquals(2, shared.crossbars());
  }

  @Test
  void aBlockFillsTheRectangleThatItFitsBest() {
    // A wide one leaves 28 rows, a high one leaves 28 columns; 28 x 100 fits only the first.
    SharedCrossbars shared = new SharedCrossbars();
    shared.clear(128, 128);
    shared.add(0, 100, 128, 1);
    shared.add(1, 128, 100, 1);
    shared.add(2, 28, 100, 1);
    shared.add(3, 100, 28, 1);
    shared.pack(EVER, false);
    assertEquals(2, shared.crossbars());
  }

  @Test
  void nothingOverlapsNothingIsLostAndItIsRepeatable() {
    long seed = 5L;
    Random random = new Random(seed);
    SharedCrossbars shared = new SharedCrossbars();
    SharedCrossbars again = new SharedCrossbars();
    for (int i = 0; i < 500; i++) {
      String message = "seed " + seed + " case " + i;
      int rows = 8 + random.nextInt(60);
      int columns = 8 + random.nextInt(60);
      double limit = random.nextBoolean() ? EVER : 10 + 30 * random.nextDouble();
      boolean once = random.nextBoolean();
      shared.clear(rows, columns);
      again.clear(rows, columns);
      int kinds = 1 + random.nextInt(20);
      long cells = 0;
      long blocks = 0;
      for (int k = 0; k < kinds; k++) {
        int height = 1 + random.nextInt(rows);
        int width = 1 + random.nextInt(columns);
        int number = 1 + random.nextInt(9);
        double busy = 10 * random.nextDouble();
        for (SharedCrossbars each : new SharedCrossbars[] {shared, again}) {
          each.add(k / 2, height, width, number);
          each.setBusy_ns(k, busy);
        }
        cells += (long) number * height * width;
        blocks += number;
      }
      shared.pack(limit, once);
      again.pack(EVER, false);
      again.pack(limit, once);
      check(shared, rows, columns, limit, once, message);
      assertTrue(shared.crossbars() <= blocks, message);
      assertTrue(shared.crossbars() * rows * columns >= cells, message);
      assertEquals(shared.classes(), again.classes(), message);
      for (int b = 0; b < shared.classes(); b++) {
        assertEquals(shared.count(b), again.count(b), message);
        assertEquals(shared.sum_ns(b), again.sum_ns(b), message);
      }
    }
  }

  private static void check(
      SharedCrossbars shared, int rows, int columns, double limit, boolean once, String message) {
    int[] found = new int[shared.kinds()];
    for (int b = 0; b < shared.classes(); b++) {
      boolean[][] used = new boolean[rows][columns];
      boolean[] layers = new boolean[shared.kinds()];
      double busy = 0;
      for (int i = 0; i < shared.blocks(b); i++) {
        int k = shared.kind(b, i);
        found[k] += shared.count(b);
        busy += shared.busy_ns(k);
        assertTrue(!once || !layers[shared.layer(k)], message);
        layers[shared.layer(k)] = true;
        for (int r = 0; r < shared.height(k); r++) {
          for (int c = 0; c < shared.width(k); c++) {
            assertTrue(!used[shared.row(b, i) + r][shared.column(b, i) + c], message);
            used[shared.row(b, i) + r][shared.column(b, i) + c] = true;
          }
        }
      }
      assertEquals(busy, shared.sum_ns(b), 1e-9, message);
      assertTrue(busy <= limit || shared.blocks(b) == 1, message);
    }
    for (int k = 0; k < found.length; k++) {
      assertEquals(shared.number(k), found[k], message);
    }
  }
}
